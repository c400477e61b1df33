"""A conversation that comes too often waits; the one bot of two thousand residents never does."""

import itertools
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from api.rest.pacing import OF_A_CONVERSATION, WRONG_TOKENS
from tests.support.intake_api import Api, submission

pytestmark = pytest.mark.any_store  # nothing of it is about SQL

MOST = OF_A_CONVERSATION.a_minute
PROBLEM = "application/problem+json"
CALL = {"channel": "telegram", "language": "en", "phone": "07700 900123"}
FOLLOW_UPS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("about-you", {}),
    ("feedback", {"easy": 5}),
    ("corrections", {"phone": "07700 900124"}),
    ("withdrawal", {}),
    ("erasure", {}),
)


@pytest.fixture
def numbers() -> Iterator[int]:
    return itertools.count(1)


def elsewhere(api: Api, address: str) -> TestClient:
    """Somebody at another address, in the api's own loop."""
    client = TestClient(api.app, client=(address, 50_000))
    client.portal = api.client.portal
    return client


def test_a_referral_too_many_is_to_come_later(api: Api, numbers: Iterator[int]) -> None:
    """The same one again and again, as a sender in a loop would send it."""
    answers = [api.send(submission(), f"key-{next(numbers):08}") for _ in range(MOST)]
    assert 429 not in {one.status_code for one in answers}
    refused = api.send(submission(), "key-another-1")
    assert (refused.status_code, refused.headers["content-type"]) == (429, PROBLEM)
    assert 0 < int(refused.headers["retry-after"]) <= 60
    assert refused.json()["type"] == "urn:doorway:problem:too-many"
    assert api.send(submission(conversation_id="conversation-2"), "key-of-2-1").status_code == 201
    api.clock.move(minutes=1)
    assert api.send(submission(), "key-00000001").status_code == 201


def test_a_call_and_what_follows_count_alike(api: Api) -> None:
    reference = api.send(submission()).json()["reference"]
    for _ in range(MOST - 1):
        api.client.get(
            f"/v1/referrals/{reference}", headers={"X-Conversation-Id": "conversation-1"}
        )
    for name, body in FOLLOW_UPS:
        path = f"/v1/referrals/{reference}/{name}"
        answer = api.client.post(path, json=body, headers={"X-Conversation-Id": "conversation-1"})
        assert (name, answer.status_code) == (name, 429)
    asked = {"conversation_id": "conversation-1", **CALL}
    headers = {"Idempotency-Key": "key-call-0001"}
    assert api.client.post("/v1/callbacks", json=asked, headers=headers).status_code == 429


def test_many_residents_come_through_one_bot(api: Api, numbers: Iterator[int]) -> None:
    bot = elsewhere(api, "203.0.113.7")
    bot.headers.update(api.client.headers)
    question = {"postcode": "E1 4DG", "practice": "F84001"}
    for _ in range(300):
        one = next(numbers)
        asked = {"conversation_id": f"conversation-{one}", **CALL}
        headers = {"Idempotency-Key": f"key-{one:08}"}
        assert bot.post("/v1/callbacks", json=asked, headers=headers).status_code == 201
        assert bot.post("/v1/eligibility", json=question).status_code != 429


def test_guessing_tokens_is_slowed_by_address(api: Api) -> None:
    guesser, other = elsewhere(api, "203.0.113.7"), elsewhere(api, "203.0.113.8")
    wrong = {"Authorization": "Bearer wrong"}
    for _ in range(WRONG_TOKENS.a_minute):
        assert guesser.get("/v1/directory", headers=wrong).status_code == 401
    refused = guesser.get("/v1/directory", headers=wrong)
    assert (refused.status_code, refused.headers["content-type"]) == (429, PROBLEM)
    assert int(refused.headers["retry-after"]) > 0
    assert other.get("/v1/directory", headers=wrong).status_code == 401
    right = {"Authorization": str(api.client.headers["Authorization"])}
    assert guesser.get("/v1/directory", headers=right).status_code == 200, "a right one is let in"
    api.clock.move(minutes=1)
    assert guesser.get("/v1/directory", headers=wrong).status_code == 401


def test_nobody_counts_against_a_conversation_without_a_token(api: Api) -> None:
    stranger = TestClient(api.app)
    stranger.portal = api.client.portal
    for _ in range(MOST + 1):
        stranger.get("/v1/referrals/TH-1", headers={"X-Conversation-Id": "conversation-1"})
    assert api.send(submission()).status_code == 201


def test_every_door_says_that_this_may_happen(api: Api) -> None:
    described = api.client.get("/openapi.json").json()
    doors = {path: one for path, one in described["paths"].items() if path.startswith("/v1/")}
    for path, operations in doors.items():
        for operation in operations.values():
            assert "Retry-After" in operation["responses"]["429"]["headers"], path
