"""Erasing and retention in both kinds of store: whole, once, and only for who may."""

from dataclasses import replace

import pytest

from api.domain.errors import NotFoundError
from api.domain.keep import Keep
from api.domain.staff import Role, StaffAsker
from api.services import erasing, keeping
from tests.support.intake_api import ALBION, AMINA, Api, submission
from tests.support.staff_browser import sql

KOFI = StaffAsker(4, Role.COORDINATOR)
MINE = {"X-Conversation-Id": "conversation-1"}


def referred(api: Api) -> str:
    """Somebody sends all they can, twice, and withdraws the first; its reference."""
    first = str(api.send(submission()).json()["reference"])
    other = submission(conversation_id="conversation-2")
    api.send(other, key="key-00000002").raise_for_status()
    steps = {"corrections": {"phone": "07700 900999"}, "about-you": {"gender": "2"}}
    for step, told in {**steps, "feedback": {"easy": 5}, "erasure": {}, "withdrawal": {}}.items():
        at = f"/v1/referrals/{first}/{step}"
        assert api.client.post(at, json=told, headers=MINE).status_code == 204
    return first


def test_all_goes_at_once_and_once(api: Api) -> None:
    reference = referred(api)

    async def erase(*, typed: str) -> list[str]:
        return await erasing.erase(api.desk, KOFI, reference, typed=typed)

    with pytest.raises(erasing.NotConfirmedError):
        api.run(lambda: erase(typed="TH-0000-000"))
    assert api.run(lambda: erase(typed=reference)) == [reference]
    with pytest.raises(erasing.ErasedBeforeError):
        api.run(lambda: erase(typed=reference))
    for table in ("correction", "about_you", "feedback", "erasure_request", "duplicate_link"):
        assert sql(api, f"SELECT count(*) FROM {table}") == [(0,)], table
    assert sql(api, "SELECT count(*) FROM referral") == [(1,)]
    assert sql(api, "SELECT month, network, count FROM erased_count") == [("2026-11", "North", 1)]


def test_what_has_ended_goes_after_its_time(api: Api) -> None:
    referred(api)
    desk = replace(api.desk, keep=Keep(closed_years=1))
    assert api.run(keeping.retention, desk).referrals == 0
    api.clock.move(days=366)
    assert api.run(keeping.retention, desk).referrals == 1
    assert sql(api, "SELECT status FROM referral") == [("assigned",)]


@pytest.mark.any_store
def test_a_prescriber_erases_and_takes_nothing(api: Api) -> None:
    reference = referred(api)
    amina = StaffAsker(AMINA, Role.PRESCRIBER, frozenset({ALBION}))

    async def erase() -> list[str]:
        return await erasing.erase(api.desk, amina, reference, typed=reference)

    for asked in (
        erase,
        lambda: erasing.all_held(api.desk, amina, reference),
        lambda: erasing.requests(api.desk, amina),
        lambda: erasing.see_correction(api.desk, amina, 1),
        lambda: keeping.erased(api.desk, amina),
    ):
        with pytest.raises(NotFoundError):
            api.run(asked)
