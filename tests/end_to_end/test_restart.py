"""The bot is stopped and started again, and nobody can tell."""

from collections.abc import Sequence

from tests.end_to_end.conftest import OpenHouse
from tests.end_to_end.talk import (
    OPENING,
    REVIEW,
    SEND,
    TO_THE_PRACTICE,
    Script,
    Talk,
    arriving,
    gone_well,
    short,
)
from tests.support.house import House

NAME = "Amina Hassan"
INTAKE = "/v1/referrals"
# Stopped before each of these: an open list of toggles, then each thing that is typed.
PARTS: Sequence[Script] = (
    (*arriving("en"), *OPENING, *TO_THE_PRACTICE, ("concerns=money", "concerns")),
    (("concerns=housing", "concerns"), ("concerns=money", "concerns"), ("concerns=done", "name")),
    ((NAME, "date_of_birth"),),
    (("25 3 1980", "phone"),),
    (("(contact)", "send_now"), *REVIEW),
)


async def walk_with_restarts(house: House, talk: Talk) -> None:
    """What comes next happens while nobody is there, and is answered when somebody is."""
    for part in PARTS:
        (did, question), *rest = part
        await talk.do(did)
        await house.bot.open()
        await talk.asked(question)
        await talk.walk(rest)
        await house.bot.close()
    await house.bot.open()


async def test_a_talk_goes_on_where_it_was(open_house: OpenHouse) -> None:
    async with open_house() as house:
        uninterrupted = Talk(house.telegram.person(1001), "en")
        for part in PARTS:
            await uninterrupted.walk(part)
        first = await gone_well(uninterrupted)

        await house.bot.close()
        interrupted = Talk(house.telegram.person(1002), "en")
        await walk_with_restarts(house, interrupted)
        second = await gone_well(interrupted)

        assert interrupted.said == uninterrupted.said
        assert list(house.referrals()) == [first, second]
        (kept,) = interrupted.open_keyboards
        assert "sent=status" in kept.choices
        assert house.faults() == []


async def test_the_reference_comes_after_a_restart_between_send_and_it(
    open_house: OpenHouse,
) -> None:
    async with open_house() as house:
        talk = Talk(house.telegram.person(1001), "en")
        await talk.walk(short("en", NAME))
        house.api.door.lost[INTAKE] = 1
        await talk.do("review=send")
        await talk.told("sending", "saved")
        await house.api.door.answered(INTAKE)
        await house.bot.close()
        (reference,) = house.referrals()  # it was taken in, only its answer is lost
        assert reference not in " ".join(talk.said)

        house.clock.move(seconds=60)
        await house.bot.open()
        await talk.asked("sent")

        assert await talk.reference() == reference
        assert list(house.referrals()) == [reference]
        assert house.api.door.done.count((INTAKE, 201)) == 2
        await house.post.replied(1)
        assert len(house.post.letters) == 1
        assert house.faults() == []


async def test_a_send_pressed_while_the_bot_is_stopped_counts_once(open_house: OpenHouse) -> None:
    async with open_house() as house:
        talk = Talk(house.telegram.person(1001), "en")
        await talk.walk(short("en", NAME))
        await house.bot.close()
        ((send, _),) = SEND
        await talk.do(send)
        await talk.do(send)
        await house.bot.open()
        await talk.asked("sent")
        assert list(house.referrals()) == [await talk.reference()]
        assert house.faults() == []
