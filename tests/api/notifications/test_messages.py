"""The letters say what may be said, in words, and nothing of the person."""

from dataclasses import fields, replace

import pytest

from api.domain.assignment import AssignedBecause
from api.domain.events import News, Notice, Recipient
from api.notifications.messages import TO_NOBODY_BECAUSE, TO_YOU_BECAUSE, compose

LINK = "https://doorway.example/staff/referrals/TH-7K3M-9QX"
NOTICE = Notice(
    reference="TH-7K3M-9QX",
    kind="referral",
    practice="হার্লি গ্রোভ",
    urgent=False,
    because="practice_prescriber",
    link=LINK,
)
AMINA = Recipient(3, "Amina", "amina@nhs.example")


def test_the_prescriber_hears_of_a_new_referral() -> None:
    letter = compose(NOTICE, AMINA)
    assert letter.subject == "New referral TH-7K3M-9QX"
    assert "হার্লি গ্রোভ" in letter.text
    assert f"\n{LINK}\n" in letter.text
    assert "It is not marked urgent." in letter.text
    assert (letter.to, letter.to_name) == ("amina@nhs.example", "Amina")


def test_urgency_is_said_without_its_reason() -> None:
    letter = compose(replace(NOTICE, urgent=True), AMINA)
    assert "Please read it today: it is marked urgent." in letter.text
    assert "not marked" not in letter.text


def test_a_request_to_be_called_is_told_as_one() -> None:
    letter = compose(replace(NOTICE, kind="callback", practice=""), AMINA)
    assert letter.subject == "Please call back: TH-7K3M-9QX"
    assert "GP practice" not in letter.text


@pytest.mark.parametrize("kind", ["referral", "callback"])
def test_the_coordinators_hear_that_nobody_has_it(kind: str) -> None:
    letter = compose(replace(NOTICE, kind=kind, because="nobody_free"), AMINA)
    assert letter.subject.startswith("Nobody has this ")
    assert "Nobody at the practice or in its network is free." in letter.text


def test_a_cover_hears_why_it_comes_to_them() -> None:
    assert "covering for a colleague" in compose(replace(NOTICE, because="named_cover"), AMINA).text


@pytest.mark.parametrize("because", ["practice_prescriber", "nobody_free"])
@pytest.mark.parametrize(
    ("news", "subject"),
    [
        (News.CORRECTED, "New contact details: TH-7K3M-9QX"),
        (News.WITHDRAWN, "Withdrawn: TH-7K3M-9QX"),
        (News.NOT_TOLD, "The prescriber could not be told: TH-7K3M-9QX"),
        (News.ERASURE_ASKED, "Please decide on an erasure: TH-7K3M-9QX"),
    ],
)
def test_staff_hear_when_the_person_changes_something(
    news: News, subject: str, because: str
) -> None:
    letter = compose(replace(NOTICE, news=news, because=because), AMINA)
    assert letter.subject == subject
    assert f"\n{LINK}\n" in letter.text


def test_there_are_words_for_every_reason_of_an_assignment() -> None:
    assert TO_YOU_BECAUSE.keys() | TO_NOBODY_BECAUSE.keys() == set(AssignedBecause)
    assert not TO_YOU_BECAUSE.keys() & TO_NOBODY_BECAUSE.keys()


def test_a_notice_has_no_room_for_personal_data() -> None:
    names = {one.name for one in fields(Notice)}
    told = {"reference", "kind", "practice", "urgent", "because", "link", "news", "mark"}
    assert names == told


def test_the_html_part_says_the_same_and_escapes() -> None:
    letter = compose(replace(NOTICE, practice="<script>x</script>"), AMINA)
    assert "<script>" not in letter.html
    assert "&lt;script&gt;" in letter.html
    assert f'<a href="{LINK}">' in letter.html


def test_a_repeat_is_recognised_and_others_are_not_taken_for_it() -> None:
    again, other = compose(NOTICE, AMINA), compose(NOTICE, replace(AMINA, staff_id=4))
    assert compose(NOTICE, AMINA).key == again.key != other.key
    assert compose(replace(NOTICE, because="named_cover"), AMINA).key != again.key


def test_a_second_change_of_number_is_no_repeat_of_the_first() -> None:
    changed = replace(NOTICE, news=News.CORRECTED)
    assert compose(changed, AMINA).key != compose(changed, AMINA).key


def test_the_same_notice_at_another_time_is_no_repeat() -> None:
    again = replace(NOTICE, mark="2")
    assert compose(again, AMINA).key == compose(again, AMINA).key != compose(NOTICE, AMINA).key


@pytest.mark.parametrize(
    ("news", "subject", "words"),
    [
        (News.STANDS_STILL, "Still waiting: TH-7K3M-9QX", "for two working days."),
        (
            News.STANDS_STILL_LONGER,
            "Waiting for four working days: TH-7K3M-9QX",
            "for four working days.",
        ),
    ],
)
def test_what_stands_still_is_told_with_what_to_do(news: News, subject: str, words: str) -> None:
    letter = compose(replace(NOTICE, news=news, urgent=True), AMINA)
    assert letter.subject == subject
    assert f"nothing has happened with TH-7K3M-9QX {words}" in letter.text
    assert "হার্লি গ্রোভ" in letter.text
    assert "hand it over" in letter.text
    assert f"\n{LINK}\n" in letter.text
    assert "It is marked urgent." in letter.text


def test_what_was_handed_on_says_so() -> None:
    handed = compose(replace(NOTICE, because="handed_over"), AMINA).text
    assert "a colleague has handed it over to you" in handed
    back = compose(replace(NOTICE, because="handed_back"), AMINA)
    assert back.subject == "Nobody has this referral yet: TH-7K3M-9QX"
    assert "needs somebody to take it on" in back.text
