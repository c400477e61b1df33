"""The trouble that does not wait for a call: kills, a database cut off, updates brought again."""

import asyncio
from collections.abc import Awaitable, Callable

from tests.chaos.ground import Ground
from tests.chaos.pause import rest
from tests.chaos.processes import Process

LONGEST_DOWN = 3.0
"""Seconds that a killed process stays away, at most."""
REPEATS_EVERY = 3.0
"""Seconds, on average, after which Telegram brings some update for a second time."""
ALL_AT_ONCE = 0.2
"""How often all processes of a side are killed together."""


async def storm(ground: Ground) -> None:
    """Make trouble for as long as the plan says; all processes are up when it is over."""
    plan = ground.plan
    async with asyncio.TaskGroup() as troubles:
        for side in (ground.bots, ground.apis):
            troubles.create_task(_times(ground, plan.kills, _killing(ground, side)))
        troubles.create_task(_times(ground, plan.cuts, lambda: ground.store.cut(ground.weather)))
        repeats = round(plan.talking / REPEATS_EVERY)
        troubles.create_task(_times(ground, repeats, lambda: _repeat(ground)))
    await asyncio.gather(*(one.ready() for one in ground.processes()))


async def _times(ground: Ground, times: int, trouble: Callable[[], Awaitable[None]]) -> None:
    """So often, at random moments that are spread over the whole time."""
    if not times:
        return
    slice_ = ground.plan.talking / times
    loop = asyncio.get_running_loop()
    began = loop.time()
    for number in range(times):
        moment = began + (number + ground.weather.random.random()) * slice_
        await rest(max(0.0, moment - loop.time()))
        await trouble()


def _killing(ground: Ground, side: list[Process]) -> Callable[[], Awaitable[None]]:
    draw = ground.weather.random

    async def kill() -> None:
        # Only when all are dead it is certain whose leases are nobody's.
        together = draw.random() < ALL_AT_ONCE or ground.plan.hurried
        whom = side if together else [draw.choice(side)]
        await asyncio.gather(*(one.kill() for one in whom))
        if ground.plan.hurried:
            await ground.forget_leases(side[0].side)
        for one in whom:
            await rest(draw.uniform(0, LONGEST_DOWN / len(whom)))
            one.rise()

    return kill


async def _repeat(ground: Ground) -> None:
    """Telegram brings an update that it has brought before."""
    updates = ground.telegram.updates
    if updates.webhook is None or not (taken := updates.taken):
        return  # who polls has said from which number on
    await updates.repeat(ground.weather.random.choice(taken)["update_id"])
    ground.weather.note("Telegram: an old update brought again")
