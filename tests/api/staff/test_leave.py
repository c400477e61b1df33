"""Leave and cover: set by whoever is away or by a coordinator, and what is open can be handed."""

import pytest
from httpx2 import Response

from tests.api.staff.conftest import Visitor
from tests.support.caseload import case, referred
from tests.support.intake_api import CHIDI, Api
from tests.support.staff_browser import Browser

pytestmark = pytest.mark.any_store

OWN = "/staff/you/leave"
DAYS = {
    "first_day": "30",
    "first_month": "11",
    "first_year": "2026",
    "last_day": "4",
    "last_month": "12",
    "last_year": "2026",
}


def sets(browser: Browser, path: str = OWN, **fields: str) -> Response:
    token = browser.token(path)
    return browser.post(path, {"token": token, **DAYS, "cover": str(CHIDI), **fields})


def test_a_prescriber_sets_leave_and_what_arrives_goes_to_the_cover(
    signed_in: Visitor, api: Api
) -> None:
    amina = signed_in("amina")
    assert "No leave is set. Chidi is named as cover." in amina.get(OWN).text
    assert sets(amina).headers["location"] == OWN
    page = amina.get(OWN).text
    assert "Away from 30 November 2026 to 4 December 2026." in page
    assert "New referrals go to Chidi meanwhile." in page
    assert 'value="30"' in page
    # Until then they are hers, and meanwhile the cover's
    assert case(api, referred(api, 1)).assigned_to_name == "Amina"
    api.clock.move(days=7)
    found = case(api, referred(api, 2, name="Somebody Else"))
    assert (found.assigned_to_name, found.referral.assigned_because) == ("Chidi", "named_cover")


def test_what_is_open_is_counted_and_can_be_handed_to_the_cover(
    signed_in: Visitor, api: Api
) -> None:
    references = [referred(api, number, name=f"Person {number}") for number in (1, 2)]
    amina = signed_in("amina")
    page = amina.get(OWN).text
    assert "There are 2 open referrals." in page
    assert "Hand all that is open to Chidi now" in page
    answer = amina.post(f"{OWN}/hand-over", {"token": amina.token(OWN)})
    assert answer.headers["location"] == OWN
    assert "There are no open referrals to hand over." in amina.get(OWN).text
    for one in references:
        found = case(api, one)
        assert (found.assigned_to_name, found.referral.status) == ("Chidi", "assigned")
        assert found.work.handovers[-1].because == "named_cover"


def test_back_at_work_everything_is_hers_again(signed_in: Visitor, api: Api) -> None:
    api.clock.move(days=7)
    amina = signed_in("amina")
    sets(amina)
    amina.post(OWN, {"token": amina.token(OWN), "back": "yes"})
    assert "No leave is set. Chidi is named as cover." in amina.get(OWN).text
    assert case(api, referred(api)).assigned_to_name == "Amina"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"first_day": "31"}, "Give a real date"),
        ({"last_year": "2025"}, "The last day comes before the first"),
        ({"first_year": "2025", "last_year": "2025"}, "These days have passed"),
        ({"last_year": "2028"}, "Choose days within one year"),
        ({"cover": ""}, "Choose who covers"),
        ({"cover": "99"}, "Choose somebody from the list"),
        ({"cover": "1"}, "Choose somebody from the list"),
    ],
)
def test_days_that_cannot_be_are_said_kindly(
    signed_in: Visitor, fields: dict[str, str], words: str
) -> None:
    answer = sets(signed_in("amina"), **fields)
    assert (answer.status_code, words in answer.text) == (422, True)
    assert "No leave is set." in answer.text


def test_without_a_cover_it_goes_to_the_network(signed_in: Visitor, api: Api) -> None:
    amina = signed_in("amina")
    sets(amina, cover="nobody")
    assert "Nobody is named as cover" in amina.get(OWN).text
    referred(api)
    refused = amina.post(f"{OWN}/hand-over", {"token": amina.token(OWN)})
    assert (refused.status_code, "Choose who covers first" in refused.text) == (422, True)


def test_a_coordinator_sets_it_for_anybody(signed_in: Visitor) -> None:
    kofi, path = signed_in("kofi"), "/staff/people/1/leave"
    sets(kofi, path)
    page = kofi.get(path).text
    assert "Leave and cover: Amina" in page
    assert "Amina is back at work" in page
    assert "Away from 30 November 2026" in signed_in("amina").get(OWN).text


def test_nobody_else_s_leave_is_there_for_a_prescriber(signed_in: Visitor) -> None:
    brendan = signed_in("brendan")
    token = brendan.token("/staff/")
    absent = brendan.get("/staff/nothing").status_code
    for path in ("/staff/people/1/leave", "/staff/people/99/leave", "/staff/people/4/leave"):
        assert brendan.get(path).status_code == absent
        assert brendan.post(path, {"token": token, **DAYS, "cover": "3"}).status_code == absent
        assert brendan.post(f"{path}/hand-over", {"token": token}).status_code == absent


def test_who_takes_no_referrals_has_no_leave_to_set(signed_in: Visitor) -> None:
    assert signed_in("kofi").get(OWN).status_code == 404
