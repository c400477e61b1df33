"""What is refused is refused politely: the field is named, its value is never repeated."""

from typing import Any

import pytest

from tests.support.intake_api import Api, submission

pytestmark = pytest.mark.any_store

MARK = "zzmarkzz"
PROBLEM = "application/problem+json"
DOORS = (
    ("POST", "/v1/referrals"),
    ("GET", "/v1/referrals/TH-7K3M-9QX"),
    ("POST", "/v1/referrals/TH-7K3M-9QX/about-you"),
    ("POST", "/v1/referrals/TH-7K3M-9QX/feedback"),
    ("POST", "/v1/referrals/TH-7K3M-9QX/corrections"),
    ("POST", "/v1/referrals/TH-7K3M-9QX/withdrawal"),
    ("POST", "/v1/referrals/TH-7K3M-9QX/erasure"),
    ("POST", "/v1/callbacks"),
    ("POST", "/v1/practices/search"),
    ("POST", "/v1/eligibility"),
    ("GET", "/v1/directory"),
)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": None}, "name"),
        ({"name": MARK * 100}, "name"),
        ({"home": MARK}, "home"),
        ({"contact": {"phone": MARK}}, "contact.phone"),
        ({"date_of_birth": MARK}, "date_of_birth"),
        ({"date_of_birth": "2026-11-24"}, "date_of_birth"),
        ({"date_of_birth": "1890-01-01"}, "date_of_birth"),
        ({"concerns": [MARK]}, "concerns.0"),
        ({"channel": MARK}, "channel"),
        ({"language": MARK[:8]}, "language"),
        ({"interpreter": 1}, "interpreter"),
        ({"conversation_id": f"{MARK}!"}, "conversation_id"),
        ({"practice": MARK}, "practice"),
        ({"version": 2}, "version"),
        ({"surname": MARK}, "surname"),
        ({f"{MARK}, and he": 1}, "?"),
    ],
)
def test_a_wrong_field_is_named(api: Api, changes: dict[str, Any], field: str) -> None:
    answer = api.send(submission(**changes))
    assert answer.status_code == 422
    assert answer.headers["content-type"] == PROBLEM
    assert field in [one["field"] for one in answer.json()["errors"]]
    assert MARK not in answer.text


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"[]",
        b'"zzmarkzz"',
        b'{"name": "zzmarkzz"',
        b"{" * 5_000,
        b'{"name": "\\ud800"}',
        b"1" * 5_000,
        b"\xff\xfe",
    ],
    ids=["nothing", "null", "list", "string", "cut", "deep", "surrogate", "number", "bytes"],
)
def test_what_is_no_referral_at_all(api: Api, body: bytes) -> None:
    headers = {"Idempotency-Key": "key-00000001", "Content-Type": "application/json"}
    answer = api.client.post("/v1/referrals", content=body, headers=headers)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == PROBLEM
    assert MARK not in answer.text


def test_a_body_that_is_no_json_is_named_as_a_whole(api: Api) -> None:
    headers = {"Idempotency-Key": "key-00000001", "Content-Type": "application/json"}
    answer = api.client.post("/v1/referrals", content=b'{"name": "zzmark', headers=headers)
    assert [one["field"] for one in answer.json()["errors"]] == ["body"]


def test_a_field_may_be_called_query(api: Api) -> None:
    answer = api.client.post("/v1/practices/search", json={"query": MARK * 100})
    assert [one["field"] for one in answer.json()["errors"]] == ["query"]
    assert MARK not in answer.text


def test_a_form_is_no_referral(api: Api) -> None:
    headers = {"Idempotency-Key": "key-00000001"}
    answer = api.client.post("/v1/referrals", data={"name": MARK}, headers=headers)
    assert (answer.status_code, MARK in answer.text) == (422, False)


@pytest.mark.parametrize("key", [None, "short", "with space in", "k" * 201])
def test_the_key_is_needed(api: Api, key: str | None) -> None:
    headers = {"Idempotency-Key": key} if key is not None else {}
    answer = api.client.post("/v1/referrals", json=submission(), headers=headers)
    assert answer.status_code == 422
    assert [one["field"] for one in answer.json()["errors"]] == ["Idempotency-Key"]


@pytest.mark.parametrize("token", ["", "Bearer", "Bearer wrong", "Bearer é", "Basic dTpw"])
def test_without_a_token_nothing_is_said(api: Api, token: str) -> None:
    for method, path in DOORS:
        answer = api.client.request(
            method, path, json=submission(), headers={b"Authorization": token.encode()}
        )
        assert answer.status_code == 401, path
        assert answer.headers["www-authenticate"] == "Bearer"
        assert answer.headers["content-type"] == PROBLEM
        assert answer.json()["type"] == "urn:doorway:problem:not-signed-in"


def test_too_large(api: Api) -> None:
    answer = api.send(submission(own_words=[MARK * 1_000] * 700))
    assert (answer.status_code, answer.headers["content-type"]) == (413, PROBLEM)


@pytest.mark.parametrize(
    ("method", "path", "status"), [("GET", "/v1/nothing", 404), ("PUT", "/v1/referrals", 405)]
)
def test_no_such_thing(api: Api, method: str, path: str, status: int) -> None:
    answer = api.client.request(method, path)
    assert (answer.status_code, answer.headers["content-type"]) == (status, PROBLEM)
