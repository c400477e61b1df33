"""What a conversation may do with what it has sent, and that Charlie finds nothing."""

from typing import Any

import pytest
from httpx2 import Response
from sqlalchemy import text

from tests.support.intake_api import Api, submission

MINE = {"X-Conversation-Id": "conversation-1"}
CHARLIE = {"X-Conversation-Id": "charlie-the-outsider"}
STEPS: list[tuple[str, dict[str, Any]]] = [
    ("about-you", {"gender": "2", "ethnic_category": "K"}),
    ("feedback", {"easy": 5, "understood": 4}),
    ("corrections", {"phone": "07700 900999"}),
    ("withdrawal", {}),
    ("erasure", {}),
]


def sent(api: Api) -> str:
    return str(api.send(submission()).json()["reference"])


def step(
    api: Api, reference: str, name: str, body: object, headers: dict[str, str] = MINE
) -> Response:
    return api.client.post(f"/v1/referrals/{reference}/{name}", json=body, headers=headers)


def test_where_it_stands(api: Api) -> None:
    reference = sent(api)
    answer = api.client.get(f"/v1/referrals/{reference}", headers=MINE)
    assert answer.json() == {
        "reference": reference,
        "status": "assigned",
        "contact_within_working_days": 5,
    }


def test_a_reference_may_be_written_as_it_is_spoken(api: Api) -> None:
    spoken = sent(api).replace("-", "").lower()
    assert api.client.get(f"/v1/referrals/{spoken}", headers=MINE).status_code == 200


@pytest.mark.parametrize("reference", ["TH-0000-000", "TH-7K3M-9QX", "nonsense", "১২৩"])
def test_what_is_not_there(api: Api, reference: str) -> None:
    assert api.client.get(f"/v1/referrals/{reference}", headers=MINE).status_code == 404


def test_an_outsider_cannot_tell_it_from_what_is_not_there(api: Api) -> None:
    theirs = api.client.get(f"/v1/referrals/{sent(api)}", headers=CHARLIE)
    nobodys = api.client.get("/v1/referrals/TH-0000-000", headers=CHARLIE)
    assert (theirs.status_code, theirs.content) == (404, nobodys.content)


@pytest.mark.parametrize(("name", "body"), STEPS)
def test_an_outsider_changes_nothing(api: Api, name: str, body: dict[str, Any]) -> None:
    reference = sent(api)
    assert step(api, reference, name, body, CHARLIE).status_code == 404
    audit = api.write(lambda c: c.execute(text("SELECT action FROM audit")).scalars().all())
    assert list(audit) == ["referral.received"]


@pytest.mark.parametrize(("name", "body"), STEPS)
def test_its_own_conversation_may_and_twice_is_no_harm(
    api: Api, name: str, body: dict[str, Any]
) -> None:
    reference = sent(api)
    for _ in range(2):
        answer = step(api, reference, name, body)
        assert (answer.status_code, answer.content) == (204, b"")


@pytest.mark.parametrize(
    ("name", "body", "field"),
    [
        ("about-you", {"gender": "7"}, "gender"),
        ("feedback", {"easy": 6}, "easy"),
        ("feedback", {"easy": False}, "easy"),
        ("corrections", {"phone": "none"}, "phone"),
        ("withdrawal", {"why": "because"}, "why"),
    ],
)
def test_a_wrong_field_is_named(api: Api, name: str, body: dict[str, Any], field: str) -> None:
    answer = step(api, sent(api), name, body)
    assert answer.status_code == 422
    assert [one["field"] for one in answer.json()["errors"]] == [field]


def test_whose_conversation_must_be_said(api: Api) -> None:
    answer = api.client.get(f"/v1/referrals/{sent(api)}")
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "X-Conversation-Id"


def test_withdrawn(api: Api) -> None:
    reference = sent(api)
    step(api, reference, "withdrawal", {})
    answer = api.client.get(f"/v1/referrals/{reference}", headers=MINE)
    assert answer.json()["status"] == "withdrawn"
    rows = "SELECT after, author FROM referral_status_change ORDER BY id"
    moves = api.write(lambda c: c.execute(text(rows)).all())
    assert tuple(moves[-1]) == ("withdrawn", "conversation")


def test_what_is_closed_cannot_be_withdrawn(api: Api) -> None:
    reference = sent(api)
    api.write(lambda c: c.execute(text("UPDATE referral SET status = 'closed'")))
    answer = step(api, reference, "withdrawal", {})
    assert answer.status_code == 409
    assert answer.json()["type"] == "urn:doorway:problem:move-refused"


def test_a_new_number_stands_beside_the_first_one(api: Api) -> None:
    reference = sent(api)
    before = api.write(lambda c: c.execute(text("SELECT sealed FROM referral")).scalar_one())
    for phone in ("07700 900998", "07700 900999", "+44 7700 900999"):
        step(api, reference, "corrections", {"phone": phone})
    after = api.write(lambda c: c.execute(text("SELECT sealed FROM referral")).scalar_one())
    kept = api.write(lambda c: c.execute(text("SELECT count(*) FROM correction")).scalar_one())
    assert (after, kept) == (before, 2)


def test_the_last_answers_count(api: Api) -> None:
    reference = sent(api)
    step(api, reference, "feedback", {"easy": 2})
    step(api, reference, "feedback", {"easy": 5, "understood": 5})
    rows = api.write(lambda c: c.execute(text("SELECT easy, understood FROM feedback")).all())
    assert [tuple(one) for one in rows] == [(5, 5)]
