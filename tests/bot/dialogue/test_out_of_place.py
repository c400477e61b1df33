"""What comes when nothing was asked for it, or not in the usual way."""

import pytest

from bot.dialogue.effects import Say, Words, words
from bot.dialogue.engine import Turn, advance
from bot.dialogue.inbound import Command, Delivered, Inbound, SharedContact, Signals, Text
from bot.dialogue.session import Session
from common.contract.choices import Flag
from tests.support.world import NOON, world

URGENT = Signals(urgent=True)


def at(step: str, channel: str = "telegram") -> Session:
    return Session("talk0000", channel=channel, language="en", step=step, touched=str(NOON))


def after(session: Session, inbound: Inbound) -> Turn:
    return advance(session, inbound, NOON, world())


def said(turn: Turn) -> list[Words]:
    says = [one for one in turn.effects if isinstance(one, Say)]
    return [part for say in says for part in say.parts if isinstance(part, Words)]


@pytest.mark.parametrize("inbound", [SharedContact("+447700900123"), Text("hi", edited=True)])
def test_what_comes_before_the_first_question_opens_it(inbound: Inbound) -> None:
    newcomer = Session("talk0000", channel="telegram")
    turn = after(newcomer, inbound)
    assert turn.session.step
    assert turn.session == after(newcomer, Text("hi")).session


@pytest.mark.parametrize("step", ["", "postcode"])
def test_an_edited_message_is_listened_to(step: str) -> None:
    turn = after(at(step), Text("i want to die", URGENT, edited=True))
    assert Flag.URGENT_WORDS in turn.session.flags
    assert words("help_card", "title") in said(turn)


def test_a_link_may_know_the_language_alone() -> None:
    turn = after(Session("talk0000", channel="telegram"), Command("start", "bn"))
    assert turn.session.language == "bn"
    assert "practice" not in turn.session.answers


def test_what_arrives_and_is_not_waited_for_changes_nothing() -> None:
    session = at("postcode")
    turn = after(session, Delivered("talk0000-1", "TH-7K3M-9QX", 5))
    assert (turn.session.step, turn.session.reference, said(turn)) == ("postcode", "", [])


@pytest.mark.parametrize(
    ("channel", "remains"), [("telegram", "what_remains"), ("webchat", "what_remains_page")]
)
def test_who_erases_is_told_what_remains_there(channel: str, remains: str) -> None:
    turn = after(at("postcode", channel), Command("delete"))
    assert turn.forget
    assert words("delete", remains) in said(turn)
