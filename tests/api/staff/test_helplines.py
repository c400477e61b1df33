"""The pages of the helplines, as two coordinators use them."""

import re

import pytest

from api.domain.staff import Role
from tests.api.staff.conftest import Visitor
from tests.support.intake_api import Api
from tests.support.safety_lists import hire_second
from tests.support.staff_browser import Browser, give_passwords, sql

pytestmark = pytest.mark.any_store
HERE = "/staff/helplines"
GOOD = {
    "situation": "to text someone",
    "when": "24 hours",
    "owner": "Kofi",
    "source": "their own page",
    "confirmed_on": "2026-11-20",
    "expires_on": "2027-11-20",
}


def send(browser: Browser, path: str, **fields: str) -> tuple[int, str]:
    """Send a form of a helpline's page as a browser would: the answer's status and text."""
    key = path.removeprefix(HERE).split("/")[1]
    page = browser.get(f"{HERE}/{key}").text
    seen = re.search(r'name="seen" value="(\d+)"', page)
    assert seen is not None
    hidden = {"token": browser.token(f"{HERE}/{key}"), "seen": seen[1]}
    answer = browser.post(path, {**hidden, **fields})
    location = answer.headers.get("location", "")
    return answer.status_code, browser.get(location).text if location else answer.text


@pytest.fixture
def kofi(signed_in: Visitor, api: Api) -> Browser:
    api.write(hire_second)
    give_passwords(api)
    return signed_in("kofi")


def test_what_wants_confirming_is_said_in_words(kofi: Browser) -> None:
    page = kofi.get(HERE).text
    assert "16 want something of you" in page
    assert page.index("Always shown") < page.index("Samaritans") < page.index("Shown only while")
    assert page.count("No number yet") == 4
    assert page.count("nhsuk-tag--red") == 16


def test_a_confirmed_line_is_shown_and_wants_nothing_more(kofi: Browser) -> None:
    assert "Residents are not shown it" in kofi.get(f"{HERE}/text").text
    status, page = send(kofi, f"{HERE}/text", **GOOD)
    assert status == 303
    assert "Saved. It goes out with the next publication." in page
    assert "Residents are shown it" in page
    assert "confirmed 20 November 2026, until 20 November 2027" in page
    assert "15 want something of you" in kofi.get(HERE).text


def test_what_is_wrong_is_said_and_what_was_typed_stays(kofi: Browser) -> None:
    for told, wrong in {
        "Give a day after": {"expires_on": "2026-11-01"},
        "Give a day that there is": {"expires_on": "soon"},
        "Say how you know": {"source": ""},
        "has been dead since": {"when": "0800 073 0003"},
    }.items():
        status, page = send(kofi, f"{HERE}/text", **{**GOOD, "owner": "Mona", **wrong})
        assert status == 422, told
        assert told in page
        assert 'value="Mona"' in page
    for contact in ("0800 073 0003", "12", ""):
        wish = {"name": "Shout", "contact": contact, "whence": "their page"}
        status, page = send(kofi, f"{HERE}/text/number", **wish)
        assert status == 422
        assert 'href="#contact"' in page


def test_the_second_is_told_kindly_and_shown_the_firsts_words(kofi: Browser) -> None:
    assert send(kofi, f"{HERE}/text", **{**GOOD, "when": "nights"})[0] == 303
    status, page = send(kofi, f"{HERE}/text", **{**GOOD, "when": "days"}, seen="1")
    assert status == 409
    assert "Somebody else was first" in page
    assert "nights" in page
    assert 'value="days"' in page
    assert (
        send(kofi, f"{HERE}/text/number", seen="x", name="n", contact="111", whence="x")[0] == 409
    )
    assert send(kofi, f"{HERE}/text/answer", seen="1", answer="agree")[0] == 409


def test_a_new_number_waits_for_the_second_coordinator(
    kofi: Browser, signed_in: Visitor, api: Api
) -> None:
    told = {"name": "Samaritans", "contact": "020 4526 8323", "whence": "their page"}
    status, page = send(kofi, f"{HERE}/talk/number", **told)
    assert status == 303
    assert "until then the old one stays" in page
    assert "Waiting for a second person" in kofi.get(HERE).text
    status, page = send(kofi, f"{HERE}/talk/answer", answer="agree")
    assert status == 422
    assert "two people see more than one" in page
    leyla = signed_in("leyla")
    assert "I have checked it and agree" in leyla.get(f"{HERE}/talk").text
    status, page = send(leyla, f"{HERE}/talk/answer", answer="agree")
    assert status == 303
    assert "Agreed, and confirmed today" in page
    assert sql(api, "SELECT contact FROM helpline WHERE key = 'talk'") == [("020 4526 8323",)]
    assert send(kofi, f"{HERE}/talk/number", **told)[0] == 303
    assert "Dropped" in send(kofi, f"{HERE}/talk/answer", answer="drop")[1]


def test_it_is_for_coordinators_and_managers(kofi: Browser, signed_in: Visitor, api: Api) -> None:
    assert kofi.get(f"{HERE}/nobody").status_code == 404
    assert signed_in("amina").get(HERE).status_code == 404
    sql(api, "UPDATE staff_member SET role = :role WHERE id = 1", role=Role.MANAGER.value)
    assert signed_in("amina").get(HERE).status_code == 200
