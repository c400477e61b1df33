"""Those who asked to be called: whether it is safe first, then the number."""

import pytest

from tests.api.staff.conftest import Visitor
from tests.support.caseload import asked_to_be_called, referred, withdrawn
from tests.support.intake_api import ALBION, AMINA, Api
from tests.support.staff_browser import sql

pytestmark = pytest.mark.any_store

CALLS = "/staff/calls"


def test_whether_it_is_safe_stands_before_the_number(signed_in: Visitor, api: Api) -> None:
    reference = asked_to_be_called(api, safe_call="careful", name="Faduma", practice=ALBION)
    api.clock.move(days=2)
    page = signed_in("amina").get(CALLS).text
    assert page.index("Ring with care.") < page.index("07700 900999")
    assert "Do not say who is calling." in page
    assert 'href="tel:+447700900999"' in page
    assert "They did not say which time is best." in page
    for words in ("Faduma", "Somali", "Waiting 2 working days. Assigned.", "It is with: Amina."):
        assert words in page
    assert f'href="/staff/referrals/{reference}#next"' in page


def test_a_number_not_to_be_rung_is_no_link(signed_in: Visitor, api: Api) -> None:
    asked_to_be_called(api, safe_call="no")
    page = signed_in("kofi").get(CALLS).text
    assert "It is NOT safe to ring this number." in page
    assert "tel:" not in page


def test_what_can_be_done_is_linked_once_it_is_accepted(signed_in: Visitor, api: Api) -> None:
    reference = asked_to_be_called(api, practice=ALBION)
    amina = signed_in("amina")
    address = f"/staff/referrals/{reference}"
    fields = {"token": amina.token(address), "version": "0", "status": "assigned"}
    assert amina.post(f"{address}/accept", fields).status_code == 303
    page = amina.get(CALLS).text
    assert f'href="{address}/attempt"' in page
    assert f'href="{address}/close"' in page
    assert "Accept it on its page" not in page


def test_only_calls_that_wait_are_there_and_only_ones_own(signed_in: Visitor, api: Api) -> None:
    referral = referred(api)
    call = asked_to_be_called(api, practice=ALBION)
    assert call not in signed_in("brendan").get(CALLS).text
    amina = signed_in("amina")
    assert referral not in amina.get(CALLS).text
    assert call in amina.get(CALLS).text
    withdrawn(api, call, 9)
    assert "Nobody is waiting to be called." in amina.get(CALLS).text


def test_each_call_that_is_shown_is_in_the_audit(signed_in: Visitor, api: Api) -> None:
    reference = asked_to_be_called(api, practice=ALBION)
    signed_in("amina").get(CALLS)
    rows = sql(api, "SELECT actor, subject FROM audit WHERE action = 'referral.read'")
    assert rows == [(f"staff:{AMINA}", reference)]


def test_an_urgent_call_comes_first_and_says_so(signed_in: Visitor, api: Api) -> None:
    asked_to_be_called(api, flags=["urgent_pressed"])
    assert "Marked urgent" in signed_in("kofi").get(CALLS).text
