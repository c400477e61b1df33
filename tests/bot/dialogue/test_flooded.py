"""Who sends more than is read at once is told so, and asked again what is still open."""

from datetime import timedelta

import pytest

from bot.dialogue.effects import Say, words
from bot.dialogue.engine import advance
from bot.dialogue.inbound import (
    Command,
    Flooded,
    Inbound,
    Press,
    SharedContact,
    Text,
    is_for_safety,
)
from bot.dialogue.session import Session
from tests.support.world import NOON, world

FLOODED = words("general", "flooded")


def at(step: str) -> Session:
    return Session("talk0000", channel="telegram", language="bn", step=step, touched=str(NOON))


def test_the_open_question_is_asked_again_below() -> None:
    turn = advance(at("postcode"), Flooded(), NOON, world())
    (said,) = [one for one in turn.effects if isinstance(one, Say)]
    assert said.question == turn.session.step == "postcode"
    assert said.parts[0] == FLOODED


def test_where_nothing_is_open_it_is_only_said() -> None:
    session = Session("talk0000", channel="telegram", calling=(("c1", "talk0000"),))
    turn = advance(session, Flooded(), NOON, world())
    assert turn.effects == (Say((FLOODED,)),)
    assert not turn.forget


def test_what_was_forgotten_stays_forgotten() -> None:
    turn = advance(Session("talk0000", channel="telegram"), Flooded(), NOON, world())
    assert (turn.effects, turn.forget) == ((), True)


def test_a_phone_that_may_be_watched_does_not_light_up_for_it_later() -> None:
    watched = Session("t", channel="telegram", step="postcode", quiet=True, touched=str(NOON))
    later = NOON + timedelta(hours=1)
    assert not [
        one for one in advance(watched, Flooded(), later, world()).effects if isinstance(one, Say)
    ]
    assert advance(watched, Flooded(), NOON, world()).effects


@pytest.mark.parametrize(
    ("inbound", "safety"),
    [
        (Command("urgent"), True),
        (Command("callme"), True),
        (Command("stop"), True),
        (Command("delete"), True),
        (Command("start"), False),
        (Press("do", "urgent"), True),
        (Press("do", "callme"), True),
        (Press("safe_now", "help_now"), True),
        (Press("safe_check", "help_now"), True),
        (Press("do", "skip"), False),
        (Press("concerns", "urgent"), False),
        (Text("urgent"), False),
        (SharedContact("+447700900123"), False),
    ],
    ids=str,
)
def test_what_is_taken_however_much_came_before(inbound: Inbound, *, safety: bool) -> None:
    assert is_for_safety(inbound) is safety
