"""Which helplines residents are shown, and what coordinators can never do to them."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from api.domain.helplines import (
    Details,
    Helpline,
    Shown,
    Want,
    blocked_by,
    faults_of_details,
    faults_of_number,
    is_confirmed,
    is_shown,
    wants,
)

TODAY = date(2026, 11, 29)
DAY = timedelta(days=1)
GOOD = Details("to talk", "24 hours", "Kofi", "rang them", TODAY - 10 * DAY, TODAY + 100 * DAY)
TALK = Helpline("talk", "Samaritans", "116 123", Shown.ALWAYS, GOOD)
SHOUT = Helpline("text", "Shout", "text SHOUT to 85258", Shown.ONCE_CONFIRMED, GOOD)


def told(line: Helpline, **changes: object) -> Helpline:
    return replace(line, details=replace(line.details, **changes))  # type: ignore[arg-type] # any field


@pytest.mark.parametrize(
    ("line", "shown", "want"),
    [
        (TALK, True, None),
        (told(TALK, confirmed_on=None, expires_on=None), True, Want.CONFIRMING),
        (told(TALK, expires_on=TODAY - DAY), True, Want.EXPIRED),
        (SHOUT, True, None),
        (told(SHOUT, expires_on=None), True, None),
        (told(SHOUT, expires_on=TODAY), True, Want.SOON),  # its last day
        (told(SHOUT, expires_on=TODAY - DAY), False, Want.EXPIRED),
        (told(SHOUT, confirmed_on=None, expires_on=None), False, Want.CONFIRMING),
        (replace(SHOUT, contact=""), False, Want.NUMBER),
    ],
)
def test_what_is_shown_and_what_wants_confirming(
    line: Helpline, *, shown: bool, want: Want | None
) -> None:
    assert is_shown(line, TODAY) is shown
    assert wants(line, TODAY) is want


def test_a_message_that_names_a_line_which_may_not_be_shown_is_held_back() -> None:
    uses = {("help", "all"): frozenset({"talk", "text"}), ("help", "talk"): frozenset({"talk"})}
    unconfirmed = told(SHOUT, confirmed_on=None)
    assert blocked_by("help", "all", [TALK, SHOUT], uses, TODAY) == ()
    assert blocked_by("help", "all", [TALK, unconfirmed], uses, TODAY) == (unconfirmed,)
    assert blocked_by("help", "talk", [TALK, unconfirmed], uses, TODAY) == ()
    assert blocked_by("name", "ask", [TALK, unconfirmed], uses, TODAY) == ()


@pytest.mark.parametrize(
    ("name", "contact", "fields"),
    [
        ("Samaritans", "116 123", set()),
        ("Samaritans", "020 4526 8323", set()),
        (" ", "116 123", {"name"}),
        ("x" * 201, "116 123", {"name"}),
        ("Samaritans", " ", {"contact"}),
        ("Samaritans", "+44 (0)800 073 0003", {"contact"}),
        ("Ring 0800 073 0003", "116 123", {"contact"}),
        ("Samaritans", "0808 200 0247", {"contact"}),
        ("Samaritans", "12", {"contact"}),
        ("Samaritans", "1" * 201, {"contact"}),
    ],
)
def test_what_number_may_be_entered(name: str, contact: str, fields: set[str]) -> None:
    assert faults_of_number(TALK, name, contact).keys() == fields
    assert "contact" in faults_of_number(replace(TALK, contact=""), "Samaritans", "")


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({}, set()),
        ({"situation": " "}, {"situation"}),
        ({"when": ""}, {"when"}),
        ({"confirmed_on": None, "expires_on": None}, {"confirmed_on"}),
        ({"confirmed_on": None}, {"confirmed_on"}),
        ({"confirmed_on": TODAY + DAY}, {"confirmed_on"}),
        ({"expires_on": None}, {"expires_on"}),
        ({"expires_on": TODAY - 10 * DAY}, {"expires_on"}),
        ({"owner": ""}, {"owner"}),
        ({"source": ""}, {"source"}),
        ({"source": "x" * 201}, {"source"}),
        ({"when": "or 08000730003"}, {"when"}),
    ],
)
def test_the_six_are_neither_emptied_nor_unconfirmed(
    changes: dict[str, object], fields: set[str]
) -> None:
    assert faults_of_details(TALK, told(TALK, **changes).details, TODAY).keys() == fields


def test_the_others_may_be_unconfirmed_and_left_without_hours() -> None:
    for changes in ({"confirmed_on": None, "expires_on": None}, {"when": "", "situation": ""}):
        assert faults_of_details(SHOUT, told(SHOUT, **changes).details, TODAY) == {}
    alone = told(SHOUT, confirmed_on=None).details
    assert faults_of_details(SHOUT, alone, TODAY).keys() == {"confirmed_on"}
    without = replace(SHOUT, contact="")
    assert faults_of_details(without, GOOD, TODAY).keys() == {"confirmed_on"}


def test_the_six_need_not_have_been_confirmed_here_yet() -> None:
    never = told(TALK, confirmed_on=None, expires_on=None)
    assert faults_of_details(never, never.details, TODAY) == {}


def test_what_is_always_shown_needs_no_confirming() -> None:
    assert is_confirmed(told(TALK, confirmed_on=None))
    assert is_confirmed(SHOUT)
    assert not is_confirmed(told(SHOUT, confirmed_on=None))
    assert not is_confirmed(replace(SHOUT, contact=""))
