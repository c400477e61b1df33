"""Thirty people at once: each is answered in order, and nobody gets another's words."""

import asyncio
import json
import re

from tests.end_to_end.conftest import OpenHouse
from tests.end_to_end.talk import (
    CONCERN,
    OPENING,
    PRACTICE,
    REVIEW,
    Script,
    Talk,
    gone_well,
)
from tests.support.house import House

PEOPLE = range(30)
FIRST_UPDATE = 1000
UP_TO_THE_FACTS: Script = (*OPENING, ("E1 4DG", "concerns"), *CONCERN)


def name_of(number: int) -> str:
    """Somebody's own name: no other's stands in it."""
    return f"Zara {chr(ord('A') + number // 6)}{chr(ord('a') + number % 6)}rim"


def phone_of(number: int) -> str:
    return f"07700 9001{number:02}"


def language_of(number: int) -> str:
    return ("en", "bn")[number % 2]


async def refer(talk: Talk, number: int) -> str:
    """A whole referral; what is typed comes at once, without waiting for the questions."""
    link = f"/start {talk.language}-{PRACTICE}"
    await talk.walk([(link, "welcome"), *UP_TO_THE_FACTS])
    for typed in (name_of(number), f"{number % 28 + 1} 3 1980", phone_of(number)):
        await talk.do(typed)
    for question in ("date_of_birth", "phone", "send_now"):
        await talk.asked(question)
    await talk.walk(REVIEW)
    return await gone_well(talk)


async def test_thirty_people_are_not_mixed_up(open_house: OpenHouse) -> None:
    async with open_house(webhook=True) as house:
        lose_every_third_confirmation(house)
        talks = [
            Talk(house.telegram.person(1001 + number), language_of(number)) for number in PEOPLE
        ]
        references = await asyncio.gather(*map(refer, talks, PEOPLE))

        kept = house.referrals()
        assert len(set(references)) == len(PEOPLE)
        assert sorted(kept) == sorted(references)
        for number, (talk, reference) in enumerate(zip(talks, references, strict=True)):
            told = json.loads(kept[reference])
            assert told["name"] == name_of(number)
            assert told["contact"]["phone"] == f"+44{phone_of(number)[1:].replace(' ', '')}"
            assert told["date_of_birth"] == f"1980-03-{number % 28 + 1:02}"
            assert told["language"] == language_of(number)
            check_talk(talk, number, references)
        for first in (0, 1):
            said = [without_facts(talks[at], at) for at in PEOPLE[first::2]]
            assert said == said[:1] * len(said)  # all were asked the same, in the same order
        assert house.faults() == []

        await everything_again(house, talks)
        assert sorted(house.referrals()) == sorted(references)
        assert house.faults() == []


def lose_every_third_confirmation(house: House) -> None:
    """Telegram does not hear that an update was taken, and brings it once more."""
    for place in range(300):
        house.telegram.fail("webhook", "lost", after=0 if not place else 2)


def check_talk(talk: Talk, number: int, references: list[str]) -> None:
    """One's own name and number are said back, nobody else's ever."""
    said = " ".join(one.text for one in talk.person.history if one.from_bot)
    assert name_of(number) in said
    assert phone_of(number) in said
    others = [one for one in PEOPLE if one != number]
    foreign = [*map(name_of, others), *map(phone_of, others)]
    foreign += [one for at, one in enumerate(references) if at != number]
    assert [one for one in foreign if one in said] == []
    assert len(talk.open_keyboards) == 1


def without_facts(talk: Talk, number: int) -> list[str]:
    """What was said to somebody, without their own name and without numbers."""
    return [re.sub(r"\d+", "#", one.replace(name_of(number), "NAME")) for one in talk.said]


async def everything_again(house: House, talks: list[Talk]) -> None:
    """All that was ever sent is delivered once more; only what is new is answered."""
    telegram = house.telegram
    before = [len(talk.person.history) for talk in talks]
    newest = await telegram.updates.push("poll", {"id": "1"})
    calls = len(telegram.calls)
    for number in range(FIRST_UPDATE, newest):
        await telegram.updates.repeat(number)
    await telegram.updates.confirmed()
    for talk in talks:
        await talk.do("/status")
    await asyncio.gather(*(talk.asked("sent") for talk in talks))
    grown = [len(talk.person.history) - was for talk, was in zip(talks, before, strict=True)]
    assert grown == [3] * len(talks)  # their own command, "one moment", and its one answer
    made = {one.method for one in telegram.calls[calls:]}
    assert made == {"sendMessage", "editMessageReplyMarkup"}
