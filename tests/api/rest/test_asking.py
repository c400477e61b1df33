"""Asking without sending: practices, eligibility, the directory."""

from typing import Any

import pytest

from common.contract.directory import Directory
from tests.support.intake_api import ALBION, BOROUGH, CLOSED, PRACTICES, Api

pytestmark = pytest.mark.any_store


def test_a_practice_is_found_by_its_name(api: Api) -> None:
    answer = api.client.post("/v1/practices/search", json={"query": "albion"})
    best = answer.json()[0]
    assert (best["ods_code"], best["open"]) == (ALBION, True)
    assert 0 < best["score"] <= 1


def test_a_closed_practice_is_found_and_says_so(api: Api) -> None:
    best = api.client.post("/v1/practices/search", json={"query": "the old surgery"}).json()[0]
    assert (best["ods_code"], best["open"]) == (CLOSED, False)


def test_nothing_like_it(api: Api) -> None:
    assert api.client.post("/v1/practices/search", json={"query": "qqqq"}).json() == []


@pytest.mark.parametrize(
    ("question", "decision", "reasons"),
    [
        (
            {"postcode": "e14dg", "practice": ALBION},
            "eligible",
            ["lives_in_borough", "practice_in_borough"],
        ),
        ({"postcode": "no_fixed_address", "practice": ALBION}, "check", ["no_fixed_address"]),
        (
            {"postcode": "E1 4ZZ", "practice": ALBION},
            "ask_moved",
            ["lives_outside", "practice_in_borough"],
        ),
        (
            {"postcode": "E1 4ZZ", "practice": ALBION, "residence": "lives_there"},
            "not_eligible",
            ["lives_outside"],
        ),
        ({"postcode": "E1 4DG", "practice": "elsewhere"}, "not_eligible", ["practice_elsewhere"]),
    ],
)
def test_eligibility(api: Api, question: dict[str, Any], decision: str, reasons: list[str]) -> None:
    answer = api.client.post("/v1/eligibility", json=question)
    assert answer.json() == {"decision": decision, "reasons": reasons}


def test_an_unreadable_postcode_is_named_and_not_repeated(api: Api) -> None:
    answer = api.client.post(
        "/v1/eligibility", json={"postcode": "zzmarkzz", "practice": "unknown"}
    )
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "postcode"
    assert "zzmarkzz" not in answer.text


def test_the_directory_is_whole(api: Api) -> None:
    answer = api.client.get("/v1/directory")
    found = Directory.model_validate_json(answer.content)
    assert found.practices == PRACTICES
    assert found.borough == BOROUGH
    assert answer.headers["etag"] == f'"{found.version}"'


def test_an_unchanged_directory_is_not_sent_again(api: Api) -> None:
    etag = api.client.get("/v1/directory").headers["etag"]
    for condition in (etag, f"W/{etag}", f'"other", {etag}', "*"):
        answer = api.client.get("/v1/directory", headers={"If-None-Match": condition})
        assert (answer.status_code, answer.content) == (304, b"")
        assert answer.headers["etag"] == etag
    again = api.client.get("/v1/directory", headers={"If-None-Match": '"other"'})
    assert again.status_code == 200
