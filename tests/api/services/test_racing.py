"""Two apis on one database: whatever reaches both at the same moment happens once, or in turn."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from threading import Barrier
from typing import Any, TypeVar

import pytest
from httpx2 import Response
from sqlalchemy import text

from api.services import intake
from common.contract.referral import ReferralSubmission
from tests.api.conftest import Beginning
from tests.support.intake_api import AMINA, Api, submission

T = TypeVar("T")
AT_ONCE = 8
MINE = {"X-Conversation-Id": "conversation-1"}

Pair = tuple[Api, Api]


@pytest.fixture
def both(begin: Beginning) -> Iterator[Pair]:
    """Two apis, each with connections of its own, as two processes have them."""
    with ExitStack() as running:
        pair = running.enter_context(begin()), running.enter_context(begin())
        # What is built at the first request is not built by two threads at once; this comes last.
        for one in pair:
            one.client.get("/healthz").raise_for_status()
        yield pair


def race(both: Pair, act: Callable[[Api, int], T]) -> list[T]:
    """Let all begin at the same moment, half of them at either api."""
    line = Barrier(AT_ONCE)

    def run(number: int) -> T:
        line.wait()
        return act(both[number % 2], number)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(run, range(AT_ONCE)))


def rows(both: Pair, statement: str) -> Sequence[tuple[Any, ...]]:
    return [tuple(row) for row in both[0].write(lambda c: c.execute(text(statement)).all())]


def statuses(answers: Sequence[Response]) -> list[int]:
    return sorted(one.status_code for one in answers)


def somebody(number: int) -> dict[str, Any]:
    return submission(name=f"Somebody {number}", conversation_id=f"conversation-{number}")


def test_one_key_makes_one_referral(both: Pair) -> None:
    answers = race(both, lambda api, _: api.send(submission()))
    assert statuses(answers) == [201] * AT_ONCE
    assert len({one.text for one in answers}) == 1
    assert len(rows(both, "SELECT id FROM referral")) == 1
    told = "SELECT kind FROM job WHERE kind LIKE 'notify%'"
    assert rows(both, told) == [("notify_prescriber",)]


def test_one_key_with_many_bodies_takes_one_of_them(both: Pair) -> None:
    answers = race(both, lambda api, number: api.send(somebody(number)))
    assert statuses(answers) == [201] + [409] * (AT_ONCE - 1)
    assert len(rows(both, "SELECT id FROM referral")) == 1


def test_one_conversation_sends_a_person_once(both: Pair) -> None:
    answers = race(both, lambda api, number: api.send(submission(), f"key-0000000{number}"))
    assert statuses(answers) == [201] + [409] * (AT_ONCE - 1)
    assert len({one.json()["reference"] for one in answers}) == 1


def test_every_two_of_the_same_person_are_linked(both: Pair) -> None:
    def send(api: Api, number: int) -> Response:
        body = submission(conversation_id=f"conversation-{number}")
        return api.send(body, f"key-0000000{number}")

    assert statuses(race(both, send)) == [201] * AT_ONCE
    linked = rows(both, "SELECT first_id, second_id FROM duplicate_link")
    assert len(linked) == AT_ONCE * (AT_ONCE - 1) // 2


def test_nobody_is_given_more_than_they_can_carry(both: Pair) -> None:
    rows(both, "UPDATE staff_member SET capacity = 3 WHERE role = 'prescriber' RETURNING id")
    answers = race(both, lambda api, number: api.send(somebody(number), f"key-0000000{number}"))
    assert statuses(answers) == [201] * AT_ONCE
    carried = "SELECT count(*) FROM referral WHERE assigned_to = {} GROUP BY assigned_to"
    assert rows(both, carried.format(AMINA)) == [(3,)]
    assert rows(
        both,
        "SELECT max(n) FROM (SELECT count(*) AS n FROM referral"
        " WHERE assigned_to IS NOT NULL GROUP BY assigned_to) AS each_one",
    ) == [(3,)]


def test_a_call_is_asked_for_once(both: Pair) -> None:
    wish = {
        "conversation_id": "conversation-1",
        "channel": "telegram",
        "language": "so",
        "phone": "07700 900123",
    }
    key = {"Idempotency-Key": "key-00000001"}
    answers = race(both, lambda api, _: api.client.post("/v1/callbacks", json=wish, headers=key))
    assert (statuses(answers), len({one.text for one in answers})) == ([201] * AT_ONCE, 1)
    assert len(rows(both, "SELECT id FROM referral")) == 1


@pytest.mark.parametrize(
    ("step", "body", "left"),
    [
        ("withdrawal", {}, "SELECT id FROM referral_status_change WHERE after = 'withdrawn'"),
        ("corrections", {"phone": "07700 900999"}, "SELECT id FROM correction"),
        ("about-you", {"gender": "2"}, "SELECT referral_id FROM about_you"),
        ("feedback", {"easy": 5}, "SELECT referral_id FROM feedback"),
        ("erasure", {}, "SELECT referral_id FROM erasure_request"),
    ],
)
def test_what_comes_afterwards_comes_once(
    both: Pair, step: str, body: dict[str, Any], left: str
) -> None:
    reference = both[0].send(submission()).json()["reference"]
    at = f"/v1/referrals/{reference}/{step}"
    answers = race(both, lambda api, _: api.client.post(at, json=body, headers=MINE))
    assert statuses(answers) == [204] * AT_ONCE
    assert len(rows(both, left)) == 1


def test_two_numbers_are_kept_one_after_the_other(both: Pair) -> None:
    reference = both[0].send(submission()).json()["reference"]
    at = f"/v1/referrals/{reference}/corrections"

    def correct(api: Api, number: int) -> Response:
        phone = f"07700 90099{number}"
        return api.client.post(at, json={"phone": phone}, headers=MINE)

    assert statuses(race(both, correct)) == [204] * AT_ONCE
    assert len(rows(both, "SELECT id FROM correction")) == AT_ONCE


def test_a_reference_that_is_drawn_twice_is_given_once(both: Pair) -> None:
    def draw(api: Api, number: int) -> str:
        symbols = iter([*[31] * 6, *[number] * 6])  # the same for all, then one's own
        desk = replace(api.desk, random_below=lambda _: next(symbols))
        told = ReferralSubmission.model_validate_json(
            api.client.build_request("POST", "/", json=somebody(number)).content
        )
        return api.run(intake.submit, desk, told, f"key-0000000{number}").reference

    assert len(set(race(both, draw))) == AT_ONCE
    assert len(rows(both, "SELECT DISTINCT reference FROM referral")) == AT_ONCE
