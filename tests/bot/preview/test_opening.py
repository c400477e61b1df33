"""Every step and every part of the catalogues can be looked at at once."""

import csv

import pytest

from bot.dialogue.effects import Button, Effect, Say, Words
from bot.dialogue.flow import STEPS
from bot.dialogue.inbound import Delivered, StatusKnown
from bot.preview.opening import consequences, opened
from tests.support.world import LOCALES, NOON, world

with (LOCALES / "steps.csv").open(encoding="utf-8", newline="") as file:
    NAMES = [row["step"] for row in csv.DictReader(file)]
# Around the talk, in the app's menu, or on paper: the talk itself begins as it always does.
NOT_SAID = {"commands", "webchat", "poster"}


def said(effects: tuple[Effect, ...]) -> set[str]:
    """The steps whose words are shown by these, on buttons too."""
    found: set[str] = set()
    for effect in (one for one in effects if isinstance(one, Say)):
        for part in effect.parts:
            found |= {one.step for one in ((part,) if isinstance(part, Words) else part.items)}
        buttons: list[Button] = [one for row in effect.rows for one in row]
        found |= {one.label.step for one in buttons if isinstance(one.label, Words)}
    return found


@pytest.mark.parametrize("step", sorted({*NAMES, *STEPS}))
def test_each_can_be_looked_at_in_any_language(step: str) -> None:
    for language in ("en", "ar"):
        turn = opened(step, language, NOON, world())
        assert turn.session.language == language
        assert step in NOT_SAID or step in said(turn.effects) | {turn.session.step}
        assert step not in STEPS or turn.session.step == step


def test_what_there_is_not_begins_at_the_beginning() -> None:
    assert opened("nowhere", "bn", NOON, world()).session.step == "language"


def test_the_service_answers_and_is_never_asked() -> None:
    sending = opened("sending", "en", NOON, world())
    (arrived,) = consequences(sending)
    assert isinstance(arrived, Delivered)
    assert arrived.delivery == sending.session.awaiting
    assert not any(isinstance(one, StatusKnown) for one in consequences(sending))
