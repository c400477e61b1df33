"""Two referrals that may be of the same person: looked at by a person, joined or kept apart."""

from dataclasses import dataclass

import pytest
from httpx2 import Response

from tests.api.staff.conftest import Visitor
from tests.support.caseload import case, referred, withdrawn
from tests.support.intake_api import BROMLEY, Api
from tests.support.staff_browser import Browser, sql

pytestmark = pytest.mark.any_store

PHONE, OTHER_PHONE = {"phone": "07700 900123"}, {"phone": "07700 900456"}


@dataclass
class Pair:
    """Somebody who looks at two referrals of the same name, birth and home."""

    api: Api
    browser: Browser
    first: str
    second: str

    @property
    def address(self) -> str:
        return f"/staff/referrals/{self.second}/duplicates/{self.first}"

    def page(self) -> str:
        answer = self.browser.get(self.address)
        assert answer.status_code == 200, answer.text
        return answer.text

    def fields(self) -> dict[str, str]:
        found = case(self.api, self.second)
        decided = next(one.verdict for one in found.work.matches)
        return {
            "token": self.browser.token(self.address),
            "version": str(found.work.version),
            "status": found.referral.status.value,
            "decided": decided.value if decided else "",
        }

    def decides(self, verdict: str, note: str = "", **fields: str) -> Response:
        return self.browser.post(
            self.address, {**self.fields(), "verdict": verdict, "note": note, **fields}
        )


@pytest.fixture
def pair(signed_in: Visitor, api: Api) -> Pair:
    first = referred(api, 1, contact=PHONE)
    second = referred(api, 2, contact=OTHER_PHONE, flags=["urgent_words"])
    return Pair(api, signed_in("amina"), first, second)


def seen_from_outside(api: Api, reference: str, number: int) -> str:
    headers = {"X-Conversation-Id": f"conversation-{number}"}
    answer = api.client.get(f"/v1/referrals/{reference}", headers=headers)
    return str(answer.json()["status"])


def test_both_stand_beside_each_other(pair: Pair) -> None:
    page = pair.page()
    assert "Nobody has decided yet" in page
    for words in ("Rahima Khatun", "07700 900123", "07700 900456", "3 April 1980", "Differs"):
        assert words in page
    assert page.index("07700 900123") < page.index("07700 900456")
    assert "The later one is marked urgent" in page
    from_the_first = pair.browser.get(f"/staff/referrals/{pair.first}/duplicates/{pair.second}")
    assert from_the_first.text.index("07700 900123") < from_the_first.text.index("07700 900456")
    assert f"{pair.address}" in pair.browser.get(f"/staff/referrals/{pair.second}").text


def test_joining_closes_the_later_and_changes_nothing_of_the_first_but_its_urgency(
    pair: Pair, api: Api
) -> None:
    told = "SELECT sealed FROM referral ORDER BY id"
    before = sql(api, told)
    answer = pair.decides("joined", "same voice <on the phone>")
    assert answer.headers["location"] == f"/staff/referrals/{pair.second}#next"
    assert sql(api, told) == before
    first, second = case(api, pair.first), case(api, pair.second)
    assert (first.referral.status, second.referral.status) == ("assigned", "closed")
    assert second.changes[-1].reason == "duplicate"
    assert (first.referral.flags, first.referral.is_urgent) == (("urgent_words",), True)
    assert [one.phone for one in first.corrections] == []
    for one, other in ((pair.first, pair.second), (pair.second, pair.first)):
        page = pair.browser.get(f"/staff/referrals/{one}").text
        assert f"Joined with {other}: the same person, by Amina" in page
        assert "Note: same voice &lt;on the phone&gt;" in page
        assert "Open it again" not in page
    assert first.duplicates == second.duplicates == ()


def test_from_outside_what_was_joined_looks_no_different(pair: Pair, api: Api) -> None:
    pair.decides("joined")
    assert seen_from_outside(api, pair.second, 2) == "assigned"
    assert withdrawn(api, pair.second, 2) == 204
    news = [api.next_notice()[0] for _ in range(3)]
    assert (news[-1].news, news[-1].reference) == ("withdrawn", pair.second)


def test_joining_can_be_taken_back(pair: Pair, api: Api) -> None:
    pair.decides("joined")
    pair.decides("undone", "it was her sister")
    second = case(api, pair.second)
    assert (second.referral.status, second.duplicates) == ("assigned", (pair.first,))
    for one, other in ((pair.first, pair.second), (pair.second, pair.first)):
        page = pair.browser.get(f"/staff/referrals/{one}").text
        assert f"What was decided about {other} was taken back, by Amina" in page
    assert "What was decided about them was taken back." in pair.page()
    assert pair.decides("apart").status_code == 303


def test_kept_apart_both_go_on(pair: Pair, api: Api) -> None:
    pair.decides("apart")
    found = [case(api, one) for one in (pair.first, pair.second)]
    assert [(one.referral.status, one.duplicates) for one in found] == [("assigned", ())] * 2
    assert "They are kept apart" in pair.page()
    assert pair.decides("undone").status_code == 303
    assert case(api, pair.second).duplicates == (pair.first,)


def test_with_a_first_that_is_done_the_later_stays_open(pair: Pair, api: Api) -> None:
    withdrawn(api, pair.first, 1)
    pair.decides("joined")
    assert case(api, pair.second).referral.status == "assigned"
    pair.decides("undone")
    assert case(api, pair.second).referral.status == "assigned"


def test_nothing_is_decided_without_a_choice(pair: Pair) -> None:
    answer = pair.decides("", "typed before")
    assert (answer.status_code, "Choose what you decide" in answer.text) == (422, True)
    assert "typed before" in answer.text


def test_whoever_decides_second_is_told(pair: Pair, api: Api) -> None:
    old = pair.fields()
    pair.decides("apart")
    late = pair.browser.post(pair.address, {**old, "verdict": "joined", "note": ""})
    assert late.status_code == 409
    assert case(api, pair.second).referral.status == "assigned"
    stale = pair.decides("joined")
    assert stale.status_code == 409  # kept apart is first to be taken back


def test_both_must_be_theirs_to_see(pair: Pair, signed_in: Visitor, api: Api) -> None:
    elsewhere = referred(api, 3, practice=BROMLEY, contact=PHONE)
    for who, one, other in (
        ("amina", pair.first, elsewhere),
        ("brendan", elsewhere, pair.first),
        ("chidi", pair.first, pair.second),
    ):
        browser = signed_in(who)
        address = f"/staff/referrals/{one}/duplicates/{other}"
        assert browser.get(address).status_code == 404
        fields = {"token": browser.token("/staff/"), "verdict": "joined", "decided": ""}
        assert browser.post(address, fields).status_code == 404
    kofi = signed_in("kofi")
    assert kofi.get(f"/staff/referrals/{pair.first}/duplicates/{elsewhere}").status_code == 200


def test_two_that_have_nothing_in_common_are_no_pair(pair: Pair, api: Api) -> None:
    stranger = referred(api, 4, name="Somebody Else")
    address = f"/staff/referrals/{pair.first}/duplicates/{stranger}"
    assert pair.browser.get(address).status_code == 404


def test_the_note_is_sealed(pair: Pair, api: Api) -> None:
    pair.decides("apart", "same voice")
    ((kept,),) = sql(api, "SELECT sealed FROM duplicate_decision")
    assert b"voice" not in bytes(kept)
