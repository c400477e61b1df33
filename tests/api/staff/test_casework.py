"""Working a referral on its page: one thing after the other, each offered only when it is."""

import pytest
from httpx2 import Response

from tests.api.staff.conftest import Visitor
from tests.support.caseload import SAFE, asked_to_be_called, referred, status, withdrawn
from tests.support.intake_api import Api
from tests.support.staff_browser import Browser
from tests.support.workdesk import Desk, options

pytestmark = pytest.mark.any_store


def then_it_says(desk: Desk, answer: Response, words: str) -> None:
    assert (answer.status_code, answer.headers["location"]) == (303, f"{desk.address}#next")
    assert words in desk.page()


def test_a_referral_is_worked_from_accepting_to_closing(amina: Desk) -> None:
    # Given a referral that is with her
    assert "It is with you. Accept it" in amina.page()
    # When she accepts it, tries twice and reaches them
    then_it_says(amina, amina.presses("accept"), "Next, make contact.")
    tried = amina.fills_in("attempt", outcome="no_answer", note="rang <twice>")
    then_it_says(amina, tried, "Tried once. Try again on another day")
    assert "If nothing happens for two working days, we remind you." in amina.page()
    tried = amina.fills_in("attempt", outcome="voicemail_left")
    then_it_says(amina, tried, "Tried twice.")
    reached = amina.fills_in("attempt", outcome="reached")
    then_it_says(amina, reached, "You are in contact.")
    # And books and closes it
    when = {"day_day": "1", "day_month": "12", "day_year": "2026", "time": "2.30pm"}
    booked = amina.fills_in("book", **when, note="In the library")
    then_it_says(amina, booked, "The first conversation is booked for 1 December 2026, 14:30.")
    closed = amina.fills_in("close", reason="attended")
    then_it_says(amina, closed, "It is closed: They attended.")
    # Then all of it can be read
    page = amina.page()
    for line in (
        "Contact attempt: No answer, by Amina",
        "Note: rang &lt;twice&gt;",
        "Contact attempt: Left a voicemail, by Amina",
        "First conversation booked for 1 December 2026, 14:30, by Amina",
        "Note: In the library",
        "Closed (They attended), by Amina",
    ):
        assert line in page, line
    # And it can be opened again
    then_it_says(amina, amina.presses("reopen"), "It is with you. Accept it")
    assert "Opened again: Assigned, by Amina" in amina.page()


def test_could_not_be_reached_appears_after_three_tries(amina: Desk) -> None:
    amina.presses("accept")
    for _ in range(2):
        amina.fills_in("attempt", outcome="no_answer")
    assert "not_reached" not in options(amina.form("close"))
    assert "After one more try you can close it" in amina.page()
    amina.fills_in("attempt", outcome="no_answer")
    assert "or close it as “could not be reached”" in amina.page()
    assert "not_reached" in options(amina.form("close"))
    closed = amina.fills_in("close", reason="not_reached")
    then_it_says(amina, closed, "It is closed: Could not be reached.")


def test_only_what_is_offered_now_stands_on_the_page(amina: Desk) -> None:
    before = amina.page()
    assert "Hand over" in before
    assert "Log a contact attempt" not in before
    refused = amina.browser.get(f"{amina.address}/attempt")
    assert (refused.status_code, "it is “Assigned”." in refused.text) == (409, True)
    amina.presses("accept")
    after = amina.page()
    assert after.index("Log a contact attempt") < after.index("Hand over") < after.index(">Close<")
    assert "/accept" not in after


@pytest.mark.parametrize(
    ("contact", "offered"),
    [
        (SAFE, "reached no_answer wrong_number voicemail_left text_sent"),
        ({**SAFE, "may_voicemail": False}, "reached no_answer wrong_number text_sent"),
        ({**SAFE, "safe_call": "careful"}, "reached no_answer wrong_number"),
        ({"phone": "07700 900123"}, "reached no_answer wrong_number"),
        ({**SAFE, "safe_call": "no"}, "reached"),
        ({"other": "email", "other_detail": "r@example.org"}, "reached email_sent"),
        ({"other": "letter", "other_detail": "1 Albion Road"}, "reached letter_sent"),
    ],
    ids=["all", "no voicemail", "careful", "not said", "not safe", "e-mail", "letter"],
)
def test_only_what_they_allow_is_offered(
    signed_in: Visitor, api: Api, contact: dict[str, object], offered: str
) -> None:
    desk = Desk(signed_in("amina"), referred(api, contact=contact))
    desk.presses("accept")
    form = desk.form("attempt")
    assert options(form) == offered.split()
    if "voicemail_left" not in offered:
        assert "voicemail" not in form.lower()


def test_what_was_allowed_for_an_earlier_number_is_not_offered(amina: Desk, api: Api) -> None:
    amina.presses("accept")
    headers = {"X-Conversation-Id": "conversation-1"}
    changed = {"phone": "07700 900456", "safe_call": "yes"}
    path = f"/v1/referrals/{amina.reference}/corrections"
    api.client.post(path, json=changed, headers=headers).raise_for_status()
    assert options(amina.form("attempt")) == ["reached", "no_answer", "wrong_number"]


def test_a_booking_can_be_changed(amina: Desk) -> None:
    amina.presses("accept")
    when = {"day_day": "1", "day_month": "12", "day_year": "2026"}
    amina.fills_in("book", **when, time="9am")
    assert "Change the first conversation" in amina.page()
    changed = amina.fills_in("book", **when, time="12.15 pm")
    then_it_says(amina, changed, "booked for 1 December 2026, 12:15.")
    assert "First conversation changed to 1 December 2026, 12:15, by Amina" in amina.page()


def test_whoever_is_second_is_told_who_was_first(amina: Desk, signed_in: Visitor) -> None:
    # Given a coordinator who looks at what Amina looks at
    kofi = Desk(signed_in("kofi"), amina.reference)
    fields = {**kofi.hidden(kofi.form("hand-over")), "to": "2"}
    # When she is quicker
    amina.presses("accept")
    late = kofi.browser.post(f"{kofi.address}/hand-over", fields)
    # Then the coordinator is told so, and nothing is overwritten
    assert late.status_code == 409
    assert "Somebody else was first" in late.text
    assert "Amina accepted this at 09:30." in late.text
    assert "Nothing of yours was saved over it." in late.text
    assert f'href="{kofi.address}"' in late.text
    assert "Next, make contact." in amina.page()


def test_whoever_is_second_to_the_person_is_told_so(amina: Desk, api: Api) -> None:
    fields = amina.hidden(amina.page())
    withdrawn(api, amina.reference)
    late = amina.browser.post(f"{amina.address}/accept", fields)
    assert (late.status_code, "The person took this back at 09:30." in late.text) == (409, True)


def test_a_button_pressed_twice_says_that_it_was_done(amina: Desk) -> None:
    fields = amina.hidden(amina.page())
    assert amina.browser.post(f"{amina.address}/accept", fields).status_code == 303
    again = amina.browser.post(f"{amina.address}/accept", fields)
    assert (again.status_code, "You accepted this at 09:30." in again.text) == (409, True)


def test_a_form_with_a_garbled_version_changes_nothing(amina: Desk, api: Api) -> None:
    fields = {**amina.hidden(amina.page()), "version": "½", "status": "accepted"}
    assert amina.browser.post(f"{amina.address}/accept", fields).status_code == 409
    assert status(api, amina.reference) == "assigned"


def test_what_was_handed_over_leaves_ones_sight(amina: Desk, signed_in: Visitor) -> None:
    form = amina.form("hand-over")
    assert "Chidi (named as cover)" in form
    assert "Has 0 open, of 10." in form
    given = amina.fills_in("hand-over", to="3")
    then_it_says(amina, given, "It is with Chidi, who has not accepted it yet.")
    assert "With Chidi (covering for a colleague), by Amina" in amina.page()
    chidi = Desk(signed_in("chidi"), amina.reference)
    back = chidi.fills_in("hand-over", to="coordinators")
    assert (back.status_code, back.headers["location"]) == (303, "/staff/")
    assert chidi.browser.get(chidi.address).status_code == 404


def test_how_long_they_wait_is_said(amina: Desk, api: Api) -> None:
    assert "The person is waiting less than a working day." in amina.page()
    api.clock.move(days=2)
    again = Browser(api)
    again.sign_in("amina")
    assert "The person is waiting 2 working days." in Desk(again, amina.reference).page()


def test_a_call_back_is_closed_in_its_own_words(signed_in: Visitor, api: Api) -> None:
    kofi = Desk(signed_in("kofi"), asked_to_be_called(api))
    assert "Nobody has this yet." in kofi.page()
    kofi.presses("accept")
    kofi.fills_in("attempt", outcome="reached")
    assert "They were called, and it is done" in kofi.form("close")
