"""Whoever works on a referral hears when its person changes something; nobody else does."""

from typing import Any

import pytest
from sqlalchemy import text

from api.domain.events import News
from tests.support.intake_api import AMINA, KOFI, Api, submission

MINE = {"X-Conversation-Id": "conversation-1"}
BODIES: dict[str, dict[str, Any]] = {
    "corrections": {"phone": "07700 900999"},
    "withdrawal": {},
    "erasure": {},
}


def change(api: Api, step: str, *, assigned: bool) -> None:
    sent = api.send(submission() if assigned else submission(practice=None))
    api.next_notice()
    at = f"/v1/referrals/{sent.json()['reference']}/{step}"
    for _ in range(2):
        answer = api.client.post(at, json=BODIES[step], headers=MINE)
        assert answer.status_code == 204


def letters(api: Api) -> int:
    """How many letters were ever asked for, one by one."""
    asked = "SELECT count(*) FROM job WHERE kind IN ('notify_prescriber', 'notify_coordinator')"
    return int(api.write(lambda c: c.execute(text(asked)).scalar_one()))


@pytest.mark.parametrize(
    ("step", "assigned", "news", "told"),
    [
        ("corrections", True, News.CORRECTED, AMINA),
        ("corrections", False, News.CORRECTED, KOFI),
        ("withdrawal", True, News.WITHDRAWN, AMINA),
        ("withdrawal", False, News.WITHDRAWN, KOFI),
        ("erasure", True, News.ERASURE_ASKED, KOFI),
        ("erasure", False, News.ERASURE_ASKED, KOFI),
    ],
)
def test_who_hears_of_it_and_only_once(
    api: Api, step: str, news: News, told: int, *, assigned: bool
) -> None:
    change(api, step, assigned=assigned)
    notice, to = api.next_notice()
    assert (notice.news, to.staff_id) == (news, told)
    assert letters(api) == 2


@pytest.mark.parametrize(
    ("step", "body"), [("about-you", {"gender": "2"}), ("feedback", {"easy": 5})]
)
def test_nobody_needs_to_hear_of_the_rest(api: Api, step: str, body: dict[str, Any]) -> None:
    reference = api.send(submission()).json()["reference"]
    api.next_notice()
    api.client.post(f"/v1/referrals/{reference}/{step}", json=body, headers=MINE)
    assert letters(api) == 1
