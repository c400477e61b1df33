"""The words of the messages in a chat."""

from dataclasses import replace

import pytest

from api.domain.assignment import AssignedBecause
from api.domain.events import News, Notice
from api.notifications import chat

HOME = "https://doorway.example/staff/"
NOTICE = Notice(
    reference="TH-7K3M-9QX",
    kind="referral",
    practice="Albion Road Surgery",
    urgent=False,
    because=AssignedBecause.PRACTICE_PRESCRIBER.value,
    link=f"{HOME}referrals/TH-7K3M-9QX",
)


@pytest.mark.parametrize(
    ("notice", "first"),
    [
        (NOTICE, "New referral TH-7K3M-9QX"),
        (replace(NOTICE, kind="callback"), "Please call back: TH-7K3M-9QX"),
        (
            replace(NOTICE, kind="callback", because="nobody_free"),
            "Nobody has this call back yet: TH-7K3M-9QX",
        ),
        (replace(NOTICE, news=News.CORRECTED), "They gave another number to ring: TH-7K3M-9QX"),
        (
            replace(NOTICE, news=News.WITHDRAWN),
            "Withdrawn. Please do not contact them any more: TH-7K3M-9QX",
        ),
    ],
)
def test_the_first_line_says_what_it_is_about(notice: Notice, first: str) -> None:
    message = chat.of_notice(notice, may_accept=False)
    assert message.text.splitlines()[:2] == [first, "GP practice: Albion Road Surgery"]
    assert [one.label for one in message.buttons] == ["Open"]


@pytest.mark.parametrize("news", News)
def test_every_piece_of_news_has_words(news: News) -> None:
    assert NOTICE.reference in chat.of_notice(replace(NOTICE, news=news), may_accept=False).text


def test_why_it_comes_to_somebody_else_is_said() -> None:
    notice = replace(NOTICE, because=AssignedBecause.NAMED_COVER.value, practice="", urgent=True)
    message = chat.of_notice(notice, may_accept=True)
    assert message.text.splitlines()[1:] == [
        "Marked urgent: please read it today.",
        "It comes to you because you are covering for a colleague.",
    ]
    assert [(one.label, one.data) for one in message.buttons] == [
        ("Accept", "accept:TH-7K3M-9QX"),
        ("Open", ""),
    ]


def test_of_many_that_were_held_the_urgent_come_first_and_the_rest_is_counted() -> None:
    many = [replace(NOTICE, reference=f"TH-{n:03}") for n in range(12)]
    lines = chat.of_held([*many, replace(NOTICE, urgent=True)], HOME).text.splitlines()
    assert lines[1] == "• New referral TH-7K3M-9QX, Albion Road Surgery (marked urgent)"
    assert (len(lines), lines[-1]) == (12, "… and 3 more")


def test_the_summary_says_nothing_when_nothing_waits() -> None:
    assert chat.of_digest((0, 0), (0, 0), coordinator=False, home=HOME) is None


def test_the_summary_of_a_coordinator() -> None:
    message = chat.of_digest((1, 0), (0, 0), coordinator=True, home=HOME)
    assert message is not None
    assert message.text == "Waiting for you today:\n• 1 referral that nobody has yet"
