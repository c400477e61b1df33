"""Leaving in a hurry, and what else is different where the talk is kept by us."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.dialogue.effects import (
    CloseQuestion,
    Deliver,
    DeliveryKind,
    Effect,
    Remember,
    Say,
    Tidy,
    Words,
)
from bot.dialogue.engine import Turn, advance
from bot.dialogue.inbound import Command, Delivered, Due, Inbound, Left, Press, Refused, Text, Tick
from bot.dialogue.session import Session
from common.contract.choices import Flag
from tests.support.finishing import answer, turns_to_finish
from tests.support.world import NOON, world

REFERENCE = "TH-7K3M-9QX"
EARLIER = (("talk0000", "TH-7777-771"),)
NEW = Session("talk0000", channel="webchat", language="en")


def at(step: str, session: Session = NEW) -> Session:
    """A talk that has come to this question, as a willing person would."""
    for _ in range(60):
        if session.step == step:
            return session
        session = advance(session, answer(session), NOON, world()).session
    raise AssertionError(f"{step} is never asked")


def after(session: Session, inbound: Inbound, **later: float) -> Turn:
    return advance(session, inbound, NOON + timedelta(**later), world())


def said(turn: Turn) -> list[str]:
    """What the messages begin with, by the names of their words."""
    says = [one for one in turn.effects if isinstance(one, Say)]
    return [one.id for say in says for one in say.parts[:1] if isinstance(one, Words)]


def place_of(turn: Turn, kind: type[Effect]) -> list[int]:
    return [place for place, one in enumerate(turn.effects) if isinstance(one, kind)]


AWAITING = at("sending")
SENT = after(AWAITING, Delivered(AWAITING.awaiting, REFERENCE, 5)).session
RUNG = replace(NEW, step="postcode", calling=(("talk0000-1", "talk0000_call"),), deliveries=1)


@pytest.mark.parametrize("step", ["language", "safe_now", "concerns", "phone", "review"])
def test_a_draft_is_forgotten_at_once(step: str) -> None:
    turn = after(at(step), Left())
    assert turn.forget
    assert not turn.session.answers
    assert [one for one in turn.effects if isinstance(one, Say | Deliver | Remember)] == []


def test_what_is_on_its_way_still_arrives_and_its_receipt_is_known() -> None:
    turn = after(AWAITING, Left())
    assert (turn.forget, turn.session.quiet) == (False, True)
    assert replace(turn.session, quiet=AWAITING.quiet) == AWAITING
    arrived = after(turn.session, Delivered(AWAITING.awaiting, REFERENCE, 5), hours=1)
    assert arrived.session.reference == REFERENCE
    assert not arrived.session.answers
    assert "sent" in arrived.session.step


def test_what_was_sent_stays_known_and_quiet() -> None:
    turn = after(SENT, Left())
    assert (turn.forget, turn.session.reference, turn.session.quiet) == (False, REFERENCE, True)
    assert turn.session.id == SENT.id


def test_a_refusal_after_leaving_keeps_the_answers_for_whoever_comes_back() -> None:
    gone = after(AWAITING, Left()).session
    turn = after(gone, Refused(AWAITING.awaiting), hours=1)
    assert (turn.session.step, turn.session.text("name")) == ("review", "Amina Hassan")
    marks = [one for one in turn.effects if isinstance(one, Remember)]
    assert {one.due for one in marks} == {Due.REMINDER, Due.EXPIRY}


def test_a_call_on_its_way_still_arrives() -> None:
    turn = after(RUNG, Left())
    assert (turn.forget, turn.session.calling, turn.session.step) == (False, RUNG.calling, "")
    assert turn.session.quiet
    arrived = after(turn.session, Delivered("talk0000-1", REFERENCE, 5))
    assert arrived.session.earlier == (("talk0000_call", REFERENCE),)
    assert not arrived.forget


def test_an_earlier_referral_stays_known_when_another_draft_is_left() -> None:
    second = at("name", replace(NEW, id="talk0000_2", earlier=EARLIER, step="who_for"))
    turn = after(second.flagged(Flag.URGENT_PRESSED), Left())
    assert (turn.forget, turn.session.earlier, turn.session.flags) == (False, EARLIER, ())
    assert (turn.session.step, dict(turn.session.answers)) == ("", {})
    assert turns_to_finish(turn.session) <= 80


@pytest.mark.parametrize("earlier", [(), EARLIER])
def test_leaving_before_or_after_all_is_no_trouble(earlier: tuple[tuple[str, str], ...]) -> None:
    nobody = replace(NEW, earlier=earlier)
    turn = after(nobody, Left())
    assert (turn.session, turn.effects, turn.forget) == (nobody, (), not earlier)


def test_whoever_comes_back_begins_anew() -> None:
    turn = after(after(AWAITING, Left()).session, Command("start"))
    assert turn.session.step == "sending"
    assert said(turn)
    left = after(RUNG, Left()).session
    assert after(left, Text("hello")).session.step == "language"


def test_our_copy_of_the_talk_goes_before_the_receipt_is_said() -> None:
    turn = after(AWAITING, Delivered(AWAITING.awaiting, REFERENCE, 5))
    assert place_of(turn, Tidy) == [0]
    assert place_of(turn, CloseQuestion) < place_of(turn, Say)[:1]
    assert said(turn)[0] == "reference"


def test_our_copy_of_the_talk_goes_when_a_draft_expires() -> None:
    expired = after(at("name"), Tick(Due.EXPIRY), days=8)
    assert expired.effects == (CloseQuestion(), Tidy())
    assert expired.forget
    in_time = after(at("name"), Tick(Due.EXPIRY), days=6)
    assert place_of(in_time, Tidy) == []


@pytest.mark.parametrize(("channel", "reminded"), [("telegram", True), ("webchat", False)])
def test_a_page_reminds_nobody(channel: str, reminded: bool) -> None:  # noqa: FBT001 a case
    turn = after(replace(at("name"), channel=channel), Tick(Due.REMINDER), days=2)
    assert bool(said(turn)) == reminded
    assert turn.session.reminded == reminded


@pytest.mark.parametrize(("channel", "shown"), [("telegram", False), ("webchat", True)])
def test_a_page_shows_the_receipt_though_all_is_quiet(channel: str, shown: bool) -> None:  # noqa: FBT001 a case
    watched = replace(AWAITING, channel=channel, quiet=True)
    turn = after(watched, Delivered(AWAITING.awaiting, REFERENCE, 5), hours=1)
    assert ("reference" in said(turn)) == shown
    assert turn.session.unseen == (() if shown else ("receipt",))
    again = after(turn.session, Press("sent", "status"), hours=2)
    assert ("reference" in said(again)) == (not shown), "it is told once"


def test_a_call_asked_for_is_delivered_once_though_somebody_leaves() -> None:
    asked = at("callme_safe", after(at("postcode"), Press("do", "callme")).session)
    turn = after(asked, Press("callme_safe", "yes"))
    deliver = [one for one in turn.effects if isinstance(one, Deliver)]
    assert [one.kind for one in deliver] == [DeliveryKind.CALLBACK]
    gone = after(turn.session, Left())
    assert [one for one in gone.effects if isinstance(one, Deliver)] == []
    assert dict(gone.session.calling).keys() == {deliver[0].id}
