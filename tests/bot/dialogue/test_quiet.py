"""Who is never pushed: a reminder could be seen by somebody who must not see it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.dialogue.effects import Say
from bot.dialogue.engine import advance
from bot.dialogue.inbound import Blocked, Command, Due, Press, Text, Tick
from bot.dialogue.session import Session
from common.contract.choices import Flag
from tests.support.world import NOON, world

SILENT = [
    ("safe_now", Press("safe_now", "help_now")),
    ("safe_now", Press("safe_now", "rather_not_say")),
    ("safe_check", Press("safe_check", "help_now")),
    ("safe_call", Press("safe_call", "careful")),
    ("safe_call", Press("safe_call", "no")),
    ("callme_safe", Press("callme_safe", "careful")),
    ("concerns", Press("concerns", "safety_home")),
    ("date_of_birth", Text("1 1 2012")),
    ("postcode", Press("do", "urgent")),
    ("postcode", Command("stop")),
    ("postcode", Blocked()),
]


def _at(step: str) -> Session:
    answers = {"phone": "+447700900123", "callme_phone": "+447700900123", "send_now": "more"}
    touched = NOON.isoformat()
    return Session("talk0000", language="en", step=step, answers=answers, touched=touched)


def _reminded(session: Session) -> bool:
    turn = advance(session, Tick(Due.REMINDER), NOON + timedelta(days=2), world())
    return any(isinstance(effect, Say) for effect in turn.effects)


@pytest.mark.parametrize(("step", "inbound"), SILENT, ids=str)
def test_nobody_who_may_be_watched_is_reminded(
    step: str, inbound: Press | Text | Command | Blocked
) -> None:
    turn = advance(_at(step), inbound, NOON, world())
    assert not _reminded(turn.session)


@pytest.mark.parametrize("flag", Flag)
def test_any_flag_means_silence(flag: Flag) -> None:
    assert not _reminded(_at("postcode").flagged(flag))


def test_others_are_reminded_once() -> None:
    assert _reminded(_at("postcode"))
    assert not _reminded(replace(_at("postcode"), reminded=True))
    assert not _reminded(replace(_at("sent"), reference="TH-7K3M-9QX"))
