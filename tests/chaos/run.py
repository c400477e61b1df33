"""One run from beginning to end: people talk, trouble comes and goes, and all is looked up."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from common.runtime.clock import system_clock
from tests.chaos.ground import Ground, prepared
from tests.chaos.pause import rest
from tests.chaos.plan import Plan
from tests.chaos.report import Result
from tests.chaos.resident import Resident, residents
from tests.chaos.stores import SIDES
from tests.chaos.storm import storm
from tests.chaos.tally import Fate, fates, forgotten
from tests.chaos.telegram_resident import FIRST_CHAT, OnTelegram
from tests.chaos.web_resident import OnThePage

LOOK_EVERY = 0.5
AT_LEAST = 0.1
"""Seconds that even the quickest take to read."""


class Talker(Protocol):
    """A resident on some channel."""

    resident: Resident

    async def begin(self) -> None:
        """Say the first word."""
        ...

    async def step(self) -> bool:
        """Do the next thing; False at the end."""
        ...

    async def ask(self) -> bool:
        """Ask where the referral stands; whether that is answered."""
        ...

    def story(self) -> str:
        """What there is to be read at the end."""
        ...


async def run(plan: Plan, folder: Path) -> Result:
    """Go through with it; what the processes have said lies in this folder."""
    loop = asyncio.get_running_loop()
    async with prepared(plan, folder) as ground:
        began = loop.time()
        people = [_talker(ground, one) for one in residents(plan.residents)]
        ground.weather.calm.clear()
        talks = [asyncio.create_task(_talk(ground, one)) for one in people]
        try:
            await storm(ground)
            # Calls fail on, for those who could not talk while nobody was there.
            await asyncio.wait(talks, timeout=plan.talking)
            ground.weather.calm.set()
            calmed = loop.time()
            await _come_right(ground, people, talks)
        finally:
            await _leave(people, talks)
        _note_confirmed(ground, people)
        found = fates(ground, [one.resident for one in people])
        _write_down(folder, people, found)
        return Result(
            plan,
            system_clock(),
            found,
            _troubles(ground),
            lasted=loop.time() - began,
            settled=loop.time() - calmed,
            forgotten=forgotten(ground),
            given_up=_jobs(ground, "dead_at IS NOT NULL"),
        )


def _talker(ground: Ground, resident: Resident) -> OnTelegram | OnThePage:
    impatience = ground.plan.impatience
    if resident.channel == "telegram":
        return OnTelegram(resident, ground.telegram, impatience)
    return OnThePage(resident, ground.front_url, impatience)


async def _talk(ground: Ground, person: Talker) -> None:
    draw, plan = ground.weather.random, ground.plan
    await rest(draw.uniform(0, plan.begins_within))
    await person.begin()
    while await person.step():
        calm = ground.weather.calm.is_set()
        await rest(AT_LEAST if calm else AT_LEAST + draw.expovariate(1 / plan.thinks))


async def _come_right(
    ground: Ground, people: Sequence[Talker], talks: Sequence["asyncio.Task[None]"]
) -> None:
    """Wait until everybody has come to the end and is answered, but not for ever."""
    try:
        async with asyncio.timeout(ground.plan.settling):
            await asyncio.gather(*(one.ready() for one in ground.processes()))
            await asyncio.gather(*talks)
            await asyncio.gather(*(person.ask() for person in people))
            await _all_done(ground)
    except TimeoutError:
        return  # the tally says who has not


async def _all_done(ground: Ground) -> None:
    """Nothing left to bring, to turn, to deliver or to tell."""
    while ground.telegram.updates.pending or _jobs(ground, _DUE_SOON):
        if ground.plan.hurried:
            await ground.hurry()
        await rest(LOOK_EVERY)


def _jobs(ground: Ground, which: str) -> int:
    found = (ground.store.rows(side, f"SELECT count(*) FROM job WHERE {which}") for side in SIDES)
    return sum(count for ((count,),) in found)


# Reminders of tomorrow may wait.
_DUE_SOON = "done_at IS NULL AND dead_at IS NULL AND kind <> 'tick'"


async def _leave(people: Sequence[object], talks: Sequence["asyncio.Task[None]"]) -> None:
    for talk in talks:
        talk.cancel()
    await asyncio.gather(*talks, return_exceptions=True)
    await asyncio.gather(*(one.close() for one in people if isinstance(one, OnThePage)))


def _note_confirmed(ground: Ground, people: Sequence[Talker]) -> None:
    """Telegram knows which presses of Send it could hand over."""
    pressed = {
        one["callback_query"]["from"]["id"]
        for one in ground.telegram.updates.taken
        if one.get("callback_query", {}).get("data") == "review=send"
    }
    for person in people:
        if FIRST_CHAT + person.resident.number in pressed:
            person.resident.confirmed = True


def _write_down(folder: Path, people: Sequence[Talker], found: Sequence[Fate]) -> None:
    """Keep the talks of those for whom something went wrong."""
    wrong = {one.resident.number for one in found if one.wrong}
    for person in people:
        if person.resident.number in wrong:
            file = folder / f"resident-{person.resident.number}.txt"
            file.write_text(person.story(), encoding="utf-8")


def _troubles(ground: Ground) -> Counter[str]:
    counted = ground.weather.counted.copy()
    for side in SIDES:
        processes = [one for one in ground.processes() if one.side == side]
        counted[f"{side} killed"] = sum(one.killed for one in processes)
        counted[f"{side} ended by itself and started again"] = sum(one.ended for one in processes)
    return counted
