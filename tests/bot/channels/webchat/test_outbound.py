"""What the dialogue wants done is done on the page, and whoever looks at it hears of it."""

import asyncio

import pytest

from bot.channels.webchat.bells import Bells, within
from bot.channels.webchat.outbound import WebSender
from bot.ports import Outgoing, SendError
from tests.support.sides import PATIENCE
from tests.support.talks import ALICE, BOB, TalkPlace, asks, mine, shown, tells


async def sent(place: TalkPlace, *outgoing: Outgoing) -> list[str]:
    sender = WebSender(place.talks, Bells())
    for one in outgoing:
        await sender.send(ALICE, one, place.store)
    return shown(await place.talks.read(ALICE))


async def test_a_turn_shows_what_was_answered_then_what_is_asked(place: TalkPlace) -> None:
    await place.talks.say(ALICE, asks("first"))
    await place.talks.receive(*mine("u1", "Yes"))
    answered = Outgoing("answer", callback="u1")
    assert await sent(place, answered, Outgoing("close"), asks("second")) == [
        "first",
        "Yes",
        "second",
    ]
    talk = await place.talks.read(ALICE)
    assert [one.is_open for one in talk.lines] == [False, False, True]


async def test_a_notice_becomes_a_line(place: TalkPlace) -> None:
    await sent(place, Outgoing("answer", label="That button is old.", callback="u0"))
    (line,) = (await place.talks.read(ALICE)).lines
    assert line.said is not None
    assert (line.said.label, line.is_open) == ("That button is old.", False)


async def test_a_toggle_is_drawn_in_its_place(place: TalkPlace) -> None:
    redrawn = Outgoing("redraw", html="on", rows=asks("").rows, question="welcome")
    assert await sent(place, asks("off"), tells("below"), redrawn) == ["on", "below"]


async def test_erasing_leaves_nothing_and_tidying_what_is_open(place: TalkPlace) -> None:
    assert await sent(place, tells("told"), asks("open"), Outgoing("tidy")) == ["open"]
    assert await sent(place, Outgoing("erase")) == []


async def test_a_page_has_no_keyboard_of_the_platform(place: TalkPlace) -> None:
    nothing = (Outgoing("ask_contact", html="share"), Outgoing("commands", language="bn"))
    assert await sent(place, *nothing) == []
    assert await sent(place, Outgoing("drop_contact", html="Thank you.")) == ["Thank you."]


async def test_what_is_nothing_for_a_page_is_said_to_be(place: TalkPlace) -> None:
    with pytest.raises(SendError) as refused:
        await sent(place, Outgoing("remember"))
    assert refused.value.permanent


async def test_whoever_waits_hears_of_their_own_talk_only() -> None:
    bells = Bells()
    with bells.listening(ALICE), bells.listening(ALICE), bells.listening(BOB):
        waiting = [asyncio.ensure_future(within(bells.heard(ALICE), PATIENCE)) for _ in range(2)]
        other = bells.heard(BOB)
        await asyncio.sleep(0)
        bells.ring(ALICE)
        assert await asyncio.gather(*waiting) == [True, True]
        assert not await within(other, 0)
        assert not await within(bells.heard(ALICE), 0), "the next bell has not rung yet"


async def test_a_bell_is_kept_only_while_somebody_listens() -> None:
    bells = Bells()
    with bells.listening(ALICE):
        with bells.listening(ALICE):
            pass
        bells.ring(ALICE)
        assert not bells.heard(ALICE).is_set()
    bells.ring(ALICE)
    with pytest.raises(KeyError):
        bells.heard(ALICE)


async def test_sending_rings(place: TalkPlace) -> None:
    bells = Bells()
    with bells.listening(ALICE):
        before = bells.heard(ALICE)
        await WebSender(place.talks, bells).send(ALICE, tells("told"), place.store)
        assert before.is_set()
