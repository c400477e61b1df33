"""Deciding about two referrals, and handing over before leave, on both kinds of store."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from api.domain.duplicate import Verdict
from api.domain.errors import OvertakenError
from api.services import joining, leave
from api.services.joining import Pair
from tests.support.caseload import AT_ALBION, COORDINATOR, case, referred, seen
from tests.support.intake_api import AMINA, CHIDI, Api


@pytest.fixture
def pair(api: Api) -> Pair:
    """Two referrals of the same name, birth and home, of which the later is urgent."""
    first = referred(api, 1)
    second = referred(api, 2, contact={"phone": "07700 900456"}, flags=["urgent_words"])
    return Pair(first, seen(api, second), None)


def test_of_two_who_decide_at_the_same_moment_one_is_told(api: Api, pair: Pair) -> None:
    line = Barrier(2)

    def decide(verdict: Verdict) -> str:
        line.wait()
        try:
            api.run(joining.decide, api.desk, COORDINATOR, pair, verdict, "same voice")
        except OvertakenError:
            return "told"
        return "done"

    with ThreadPoolExecutor(2) as pool:
        came = list(pool.map(decide, (Verdict.JOINED, Verdict.APART)))
    assert sorted(came) == ["done", "told"]
    found = case(api, pair.first)
    assert [(one.note, one.author) for one in found.work.decisions] == [("same voice", "staff:4")]


def test_joined_and_parted_again(api: Api, pair: Pair) -> None:
    api.run(joining.decide, api.desk, COORDINATOR, pair, Verdict.JOINED, "")
    first, second = case(api, pair.first), case(api, pair.second.reference)
    assert (first.referral.is_urgent, second.referral.status) == (True, "closed")
    again = Pair(pair.first, seen(api, pair.second.reference), Verdict.JOINED)
    api.run(joining.decide, api.desk, COORDINATOR, again, Verdict.UNDONE, "")
    assert case(api, pair.second.reference).referral.status == "assigned"


def test_all_that_is_open_goes_to_the_cover(api: Api, pair: Pair) -> None:
    assert api.run(leave.hand_all_to_cover, api.desk, AT_ALBION, AMINA) == 2
    found = [case(api, one) for one in (pair.first, pair.second.reference)]
    assert [one.referral.assigned_to for one in found] == [CHIDI, CHIDI]
    assert api.run(leave.hand_all_to_cover, api.desk, AT_ALBION, AMINA) == 0
