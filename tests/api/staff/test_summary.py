"""The summary: the same rules and facts, with as many of their words as a sheet has room for."""

import pytest

from api.staff.pieces import CasePage, Line, Section, Text
from api.staff.summary import MORE, MOST_WORDS, sheet
from tests.api.staff.conftest import Visitor
from tests.support.intake_api import AMINA, Api, submission
from tests.support.staff_browser import sql

pytestmark = pytest.mark.any_store


def page(*words: str) -> CasePage:
    told = Section("Help", (Line("Words", tuple(Text(one, lang="bn") for one in words)),))
    person = Section("The person", (Line("Name", (Text("Rahima"),)),))
    past = (Line("3 April", (Text("Received"),)),)
    return CasePage("TH-7K3M-9QX", "Referral", "Assigned", False, (), (), (person, told), past)  # noqa: FBT003 not urgent


def test_their_words_stand_by_themselves_and_the_past_does_not() -> None:
    made = sheet(page("one", "two"))
    assert [one.words for one in made.words] == ["one", "two"]
    assert [one.heading for one in made.case.sections] == ["The person"]
    assert made.case.history == ()


def test_what_there_is_no_room_for_is_said_to_be_elsewhere() -> None:
    first = "x" * (MOST_WORDS - 10)
    made = sheet(page(first, "y" * 20, "z"))
    assert [one.words for one in made.words] == [first, "y" * 10 + MORE]


def test_it_is_read_by_who_may_read_it_and_that_is_recorded(signed_in: Visitor, api: Api) -> None:
    reference = api.send(submission(own_words=["খুব একা লাগে"])).json()["reference"]
    path = f"/staff/referrals/{reference}/summary"
    shown = signed_in("amina").get(path).text
    assert shown.index("Do not say who is calling.") < shown.index("Rahima Khatun")
    assert "খুব একা লাগে" in shown
    assert signed_in("brendan").get(path).status_code == 404
    rows = sql(api, "SELECT actor, subject FROM audit WHERE action = 'referral.read'")
    assert rows == [(f"staff:{AMINA}", reference)]
