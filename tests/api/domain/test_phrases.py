"""What makes the listener deafer waits for a second person; what makes it hear more does not."""

from datetime import UTC, datetime

import pytest

from api.domain.phrases import (
    IN_FORCE,
    WAITING,
    KeptPhrase,
    Standing,
    faults_of,
    when_added,
    when_answered,
    when_removed,
)
from common.listening.phrases import CHECK, HARMLESS, TIERS, URGENT

NOW = datetime(2026, 11, 29, tzinfo=UTC)
LANGUAGES = frozenset({"en", "bn"})


def phrase(tier: str, standing: Standing = Standing.IN_FORCE) -> KeptPhrase:
    return KeptPhrase(1, "en", tier, "want to die", standing, None, NOW)


def test_hearing_more_needs_nobody_else() -> None:
    assert {when_added(tier) for tier in (URGENT, CHECK)} == {Standing.IN_FORCE}
    assert when_removed(phrase(HARMLESS)) is Standing.GONE


def test_hearing_less_waits_for_a_second_person() -> None:
    assert when_added(HARMLESS) is Standing.PROPOSED
    assert {when_removed(phrase(tier)) for tier in (URGENT, CHECK)} == {Standing.LEAVING}
    assert Standing.LEAVING in IN_FORCE
    assert Standing.PROPOSED not in IN_FORCE
    assert {Standing.LEAVING, Standing.PROPOSED} == WAITING


def test_the_second_person_decides() -> None:
    leaving, proposed = phrase(URGENT, Standing.LEAVING), phrase(HARMLESS, Standing.PROPOSED)
    assert when_answered(leaving, agreed=True) is Standing.GONE
    assert when_answered(leaving, agreed=False) is Standing.IN_FORCE
    assert when_answered(proposed, agreed=True) is Standing.IN_FORCE
    assert when_answered(proposed, agreed=False) is Standing.GONE


@pytest.mark.parametrize(
    ("language", "tier", "text", "fields"),
    [
        ("en", URGENT, "want to die", set()),
        ("xx", URGENT, "want to die", {"language"}),
        ("en", "loud", "want to die", {"tier"}),
        ("en", URGENT, "", {"text"}),
        ("en", URGENT, "!!! aaa", {"text"}),
        ("bn", CHECK, "x" * 201, {"text"}),
    ],
)
def test_what_may_be_listened_for(language: str, tier: str, text: str, fields: set[str]) -> None:
    assert faults_of(language, tier, text, LANGUAGES).keys() == fields
    assert len(TIERS) == 3
