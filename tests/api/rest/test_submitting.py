"""Bringing a referral: it is taken once, assigned with a reason, and somebody is told."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import text

from tests.support.intake_api import (
    ALBION,
    AMINA,
    BRENDAN,
    CHIDI,
    CHRISP,
    CLOSED,
    KOFI,
    Api,
    submission,
)


def assigned(api: Api) -> list[tuple[Any, ...]]:
    rows = "SELECT status, assigned_to, assigned_because FROM referral ORDER BY id"
    return [tuple(row) for row in api.write(lambda c: c.execute(text(rows)).all())]


def test_a_referral_is_taken_and_its_prescriber_told(api: Api) -> None:
    answer = api.send(submission())
    assert answer.status_code == 201
    reference = answer.json()["reference"]
    assert answer.json() == {
        "reference": reference,
        "status": "assigned",
        "contact_within_working_days": 5,
    }
    notice, to = api.next_notice()
    assert (to.staff_id, to.email) == (AMINA, "amina@example.org")
    assert (notice.reference, notice.practice, notice.urgent) == (
        reference,
        "Albion Road Surgery",
        False,
    )
    assert notice.link == f"http://127.0.0.1:8000/staff/referrals/{reference}"
    assert assigned(api) == [("assigned", AMINA, "practice_prescriber")]


def test_the_cover_is_told_when_the_prescriber_is_away(api: Api) -> None:
    api.away(AMINA)
    api.send(submission())
    assert api.next_notice()[1].staff_id == CHIDI
    assert assigned(api) == [("assigned", CHIDI, "named_cover")]


def test_the_network_is_next(api: Api) -> None:
    api.away(AMINA, CHIDI)
    api.send(submission())
    assert api.next_notice()[1].staff_id == BRENDAN
    assert assigned(api) == [("assigned", BRENDAN, "same_pcn")]


def test_the_coordinators_hear_of_what_nobody_can_take(api: Api) -> None:
    api.away(AMINA, BRENDAN, CHIDI)
    assert api.send(submission()).json()["status"] == "received"
    notice, to = api.next_notice()
    assert (to.staff_id, notice.because) == (KOFI, "nobody_free")
    assert assigned(api) == [("received", None, "nobody_free")]


@pytest.mark.any_store
@pytest.mark.parametrize(
    ("changes", "because"),
    [
        ({"practice": None, "practice_code": "unknown"}, "no_practice"),
        ({"practice": None, "practice_code": "elsewhere"}, "no_practice"),
        ({"practice": CLOSED}, "practice_not_open"),
        ({"practice": "Y99999"}, "practice_not_open"),
    ],
    ids=["not known", "elsewhere", "closed", "not one of ours"],
)
def test_nothing_is_routed_by_guess(api: Api, changes: dict[str, Any], because: str) -> None:
    assert api.send(submission(**changes)).status_code == 201
    notice, to = api.next_notice()
    assert (to.staff_id, notice.because) == (KOFI, because)


def test_a_full_prescriber_is_passed_by(api: Api) -> None:
    api.write(lambda c: c.execute(text("UPDATE staff_member SET capacity = 1 WHERE id = 1")))
    api.send(submission())
    api.send(submission(name="Somebody Else", conversation_id="conversation-2"), "key-00000002")
    assert [row[1:] for row in assigned(api)] == [
        (AMINA, "practice_prescriber"),
        (CHIDI, "named_cover"),
    ]


def test_the_same_key_and_body_get_the_same_answer(api: Api) -> None:
    first, again = api.send(submission()), api.send(submission())
    assert (again.status_code, again.json()) == (201, first.json())
    assert len(assigned(api)) == 1


def test_the_same_key_with_another_body_is_refused(api: Api) -> None:
    api.send(submission())
    answer = api.send(submission(name="Another Name"))
    assert answer.status_code == 409
    assert answer.json()["type"] == "urn:doorway:problem:key-reused"
    assert "Another" not in answer.text


def test_ten_who_race_with_one_key_make_one_referral(api: Api) -> None:
    with ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(lambda _: api.send(submission()), range(10)))
    assert {one.status_code for one in answers} == {201}
    assert len({one.json()["reference"] for one in answers}) == 1
    assert len(assigned(api)) == 1
    api.next_notice()
    assert api.told.empty()


def test_only_the_same_conversation_hears_that_it_sent_this_before(api: Api) -> None:
    first = api.send(submission()).json()["reference"]
    again = api.send(submission(own_words=["one more thing"]), "key-00000002")
    assert again.status_code == 409
    assert again.json()["type"] == "urn:doorway:problem:already-sent"
    assert again.json()["reference"] == first


def test_the_same_conversation_may_refer_somebody_else(api: Api) -> None:
    api.send(submission())
    child = submission(name="Her Child", date_of_birth="2015-01-01", who_for="child")
    assert api.send(child, "key-00000002").status_code == 201


def test_a_withdrawn_referral_may_be_sent_anew(api: Api) -> None:
    reference = api.send(submission()).json()["reference"]
    headers = {"X-Conversation-Id": "conversation-1"}
    api.client.post(f"/v1/referrals/{reference}/withdrawal", json={}, headers=headers)
    assert api.send(submission(), "key-00000002").status_code == 201


def test_a_possible_duplicate_looks_like_any_other_from_outside(api: Api) -> None:
    first = api.send(submission())
    second = api.send(submission(conversation_id="conversation-2"), "key-00000002")
    assert second.status_code == 201
    assert second.json().keys() == first.json().keys()
    assert second.json()["reference"] != first.json()["reference"]
    assert second.json()["status"] == first.json()["status"]
    linked = api.write(lambda c: c.execute(text("SELECT shared FROM duplicate_link")).all())
    assert [row.shared for row in linked] == ["phone postcode"]


@pytest.mark.any_store
@pytest.mark.parametrize(
    ("changes", "decision", "reasons"),
    [
        ({}, "eligible", "lives_in_borough practice_in_borough"),
        ({"home": "M1 1AE"}, "check", "lives_outside practice_in_borough"),
        ({"home": "M1 1AE", "residence": "lives_there"}, "check", "lives_outside"),
        ({"home": None, "home_code": "no_fixed_address"}, "check", "no_fixed_address"),
        (
            {"practice": None, "practice_code": "not_registered"},
            "check",
            "not_registered",
        ),
        ({"home": None, "practice": None}, "check", "postcode_unknown practice_unknown"),
    ],
    ids=["both", "has not said", "lives outside", "no address", "not registered", "neither"],
)
def test_whoever_sends_is_never_turned_away(
    api: Api, changes: dict[str, Any], decision: str, reasons: str
) -> None:
    assert api.send(submission(**changes)).status_code == 201
    row = api.write(lambda c: c.execute(text("SELECT decision, reasons FROM referral")).one())
    assert (row.decision, row.reasons) == (decision, reasons)


@pytest.mark.any_store
@pytest.mark.parametrize(
    ("changes", "flags"),
    [
        ({"safe_now": "help_now"}, "help_now"),
        ({"safe_now": "rather_not_say"}, "rather_not_say"),
        ({"safe_now": "safe", "flags": ["urgent_words"]}, "urgent_words"),
        ({"concerns": ["safety_home"]}, "safety_home"),
        ({"date_of_birth": "2010-01-01"}, "under_18"),
        ({"date_of_birth": "2010-01-01", "who_for": "child"}, ""),
    ],
)
def test_flags_follow_from_the_answers_too(api: Api, changes: dict[str, Any], flags: str) -> None:
    api.send(submission(**changes))
    assert api.write(lambda c: c.execute(text("SELECT flags FROM referral")).scalar_one()) == flags
    assert api.next_notice()[0].urgent is bool(flags)


def test_every_move_has_its_author(api: Api) -> None:
    api.send(submission(practice=CHRISP))
    rows = "SELECT before, after, author FROM referral_status_change ORDER BY id"
    moves = api.write(lambda c: c.execute(text(rows)).all())
    assert [tuple(one) for one in moves] == [
        ("", "received", "conversation"),
        ("received", "assigned", "system:intake"),
    ]
    audit = api.write(lambda c: c.execute(text("SELECT actor, action FROM audit")).all())
    assert [tuple(one) for one in audit] == [("conversation", "referral.received")]


def test_a_practice_of_the_borough_is_stored_by_its_code(api: Api) -> None:
    api.send(submission())
    stored = api.write(lambda c: c.execute(text("SELECT practice FROM referral")).scalar_one())
    assert stored == ALBION


def test_however_much_somebody_has_said_it_arrives(api: Api) -> None:
    told = ["কথা " * 2_000 for _ in range(60)]  # a megabyte and a half
    assert api.send(submission(own_words=told)).status_code == 201
