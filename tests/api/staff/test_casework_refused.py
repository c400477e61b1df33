"""What is not to be done with a referral is not: kindly said to staff, and absent for outsiders."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.api.staff.conftest import Visitor
from tests.support.caseload import referred, status
from tests.support.intake_api import Api
from tests.support.staff_browser import Browser, sql
from tests.support.workdesk import Desk

pytestmark = pytest.mark.any_store


@pytest.mark.parametrize(
    ("path", "fields", "words", "leads_to"),
    [
        ("attempt", {"note": "typed"}, "Choose what came of it", "outcome"),
        ("attempt", {"outcome": "gossip"}, "Choose what came of it", "outcome"),
        ("attempt", {"outcome": "letter_sent"}, "They did not allow this", "outcome"),
        ("attempt", {"outcome": "reached", "note": "x" * 2001}, "no more than 2,000", "note"),
        ("book", {"day_day": "31", "day_month": "2"}, "Give a real date", "day"),
        ("hand-over", {}, "Choose who gets it", "to"),
        ("hand-over", {"to": "99"}, "Choose somebody from the list", "to"),
        ("close", {}, "Choose why you close it", "reason"),
        ("close", {"reason": "attended"}, "Choose one of these reasons", "reason"),
    ],
)
def test_a_form_that_cannot_be_done_comes_back_with_what_was_typed(
    amina: Desk, path: str, fields: dict[str, str], words: str, leads_to: str
) -> None:
    amina.presses("accept")
    answer = amina.fills_in(path, **fields)
    assert answer.status_code == 422
    assert words in answer.text
    assert "<title>Error: " in answer.text
    assert f'<a href="#{leads_to}">' in answer.text
    assert f'id="{leads_to}"' in answer.text
    if "note" in fields:
        assert fields["note"] in answer.text
    assert amina.hidden(answer.text)["version"] == "1"


@pytest.mark.parametrize(
    ("year", "clock", "words"),
    [
        ("2025", "14:30", "Choose a time that is still to come"),
        ("2029", "14:30", "Choose a day within the next year"),
        ("2026", "14:70", "Give a time, as 14:30"),
        ("2026", "13pm", "Give a time, as 14:30"),
        ("2026", "after lunch", "Give a time, as 14:30"),
    ],
)
def test_a_conversation_is_booked_for_a_time_that_there_is(
    amina: Desk, year: str, clock: str, words: str
) -> None:
    amina.presses("accept")
    when = {"day_day": "1", "day_month": "12", "day_year": year, "time": clock}
    answer = amina.fills_in("book", **when)
    assert (answer.status_code, words in answer.text) == (422, True)
    assert f'value="{clock}"' in answer.text


@contextmanager
def nothing_written(api: Api) -> Iterator[None]:
    counted = "SELECT count(*) FROM audit"
    before = sql(api, counted)
    yield
    assert sql(api, counted) == before


@pytest.mark.parametrize("who", ["brendan", "chidi"])
def test_an_outsider_finds_no_form_and_no_button(
    amina: Desk, signed_in: Visitor, api: Api, who: str
) -> None:
    outsider = signed_in(who)
    token = outsider.token("/staff/")
    fields = {"token": token, "version": "0", "status": "assigned", "to": "2", "outcome": "reached"}
    absent = outsider.get("/staff/referrals/TH-0000-000").text
    with nothing_written(api):
        for path in ("accept", "attempt", "book", "hand-over", "close", "reopen"):
            answer = outsider.post(f"{amina.address}/{path}", fields)
            assert (answer.status_code, answer.text) == (404, absent), path
        for path in ("attempt", "book", "hand-over", "close"):
            assert outsider.get(f"{amina.address}/{path}").text == absent


def test_without_signing_in_there_is_no_form(browser: Browser, api: Api) -> None:
    address = f"/staff/referrals/{referred(api)}"
    asked = browser.get(f"{address}/attempt")
    assert asked.headers["location"].startswith("/staff/sign-in?next=")
    assert browser.post(f"{address}/accept", {}).status_code == 403
    assert status(api, address.rpartition("/")[2]) == "assigned"


def test_a_form_sent_too_late_has_its_page_to_come_back_to(amina: Desk, api: Api) -> None:
    fields = amina.hidden(amina.page())
    api.clock.move(days=2)
    late = amina.browser.post(f"{amina.address}/accept", fields)
    back = amina.address.replace("/", "%2F")
    assert late.headers["location"] == f"/staff/sign-in?next={back}"
    assert status(api, amina.reference) == "assigned"


def test_a_form_without_its_token_changes_nothing(amina: Desk, api: Api) -> None:
    fields = {**amina.hidden(amina.page()), "token": ""}
    assert amina.browser.post(f"{amina.address}/accept", fields).status_code == 403
    assert status(api, amina.reference) == "assigned"
