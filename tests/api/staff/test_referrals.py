"""The list and the page: only one's own, safety first, nothing lost, everything escaped."""

from collections.abc import Mapping
from typing import Any

import pytest

from api.domain.staff import Role, StaffAsker
from api.services import casework
from api.staff.cases import present
from tests.api.staff.conftest import Visitor
from tests.support.clock import START
from tests.support.intake_api import AMINA, KOFI, Api, submission
from tests.support.staff_browser import Browser, sql

pytestmark = pytest.mark.any_store

NUMBER = "020 7946 0999"
WORDS = "<script>alert(1)</script> খুব একা লাগে"


def sent(api: Api, number: int = 1, **changes: Any) -> str:  # noqa: ANN401 any JSON
    """The reference of a referral that was just brought."""
    body = submission(conversation_id=f"conversation-{number}", **changes)
    answer = api.send(body, key=f"key-0000000{number}")
    assert answer.status_code == 201, answer.text
    return str(answer.json()["reference"])


def corrected(api: Api, reference: str, **changes: str) -> None:
    """Give another number for the referral of the first conversation."""
    headers = {"X-Conversation-Id": "conversation-1"}
    path = f"/v1/referrals/{reference}/corrections"
    api.client.post(path, json=changes, headers=headers).raise_for_status()


def called_back(api: Api, **changes: Any) -> str:  # noqa: ANN401 any JSON
    """The reference of a call back that was just asked for."""
    body: Mapping[str, Any] = {
        "conversation_id": "conversation-9",
        "channel": "telegram",
        "language": "so",
        "phone": "07700 900999",
        **changes,
    }
    headers = {"Idempotency-Key": "key-callback"}
    answer = api.client.post("/v1/callbacks", json=body, headers=headers)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["reference"])


def test_a_prescriber_reads_what_is_theirs(signed_in: Visitor, api: Api) -> None:
    reference = sent(api, own_words=[WORDS], name_to_use="Ruma")
    amina = signed_in("amina")
    assert reference in amina.get("/staff/").text
    answer = amina.get(f"/staff/referrals/{reference}")
    assert answer.status_code == 200
    for shown in ("Rahima Khatun", "Ruma", "3 April 1980 (age 46)", "Albion Road Surgery"):
        assert shown in answer.text


def test_safety_comes_before_the_person(signed_in: Visitor, api: Api) -> None:
    page = signed_in("amina").get(f"/staff/referrals/{sent(api)}").text
    first, name = page.index("How and when it is safe"), page.index("Rahima Khatun")
    assert first < page.index("Do not say who is calling.") < name
    assert first < page.index("No voicemail.") < name


def test_own_words_are_shown_as_they_are_and_do_nothing(signed_in: Visitor, api: Api) -> None:
    reference = sent(api, own_words=[WORDS])
    page = signed_in("amina").get(f"/staff/referrals/{reference}").text
    assert "<script>" not in page
    assert (
        '<blockquote lang="bn" dir="auto">'
        "&lt;script&gt;alert(1)&lt;/script&gt; খুব একা লাগে</blockquote>"
    ) in page


@pytest.mark.parametrize("who", ["brendan", "chidi"])
def test_somebody_of_another_practice_finds_nothing(signed_in: Visitor, api: Api, who: str) -> None:
    reference = sent(api)
    outsider = signed_in(who)
    assert reference not in outsider.get("/staff/").text
    theirs = outsider.get(f"/staff/referrals/{reference}")
    absent = outsider.get("/staff/referrals/TH-0000-000")
    assert theirs.status_code == absent.status_code == 404
    assert "Rahima" not in theirs.text
    assert theirs.text == absent.text


def test_whoever_covers_reads_what_was_assigned_to_them(signed_in: Visitor, api: Api) -> None:
    api.away(AMINA)
    reference = sent(api)
    chidi = signed_in("chidi")
    assert "covering for a colleague" in chidi.get(f"/staff/referrals/{reference}").text
    assert signed_in("brendan").get(f"/staff/referrals/{reference}").status_code == 404


def test_a_coordinator_reads_all(signed_in: Visitor, api: Api) -> None:
    kofi = signed_in("kofi")
    for reference in (sent(api), called_back(api)):
        assert reference in kofi.get("/staff/").text
        assert kofi.get(f"/staff/referrals/{reference}").status_code == 200


def test_without_signing_in_there_is_nothing_to_read(browser: Browser, api: Api) -> None:
    answer = browser.get(f"/staff/referrals/{sent(api)}")
    assert answer.status_code == 303
    assert "Rahima" not in answer.text


def test_each_reading_is_audited_and_no_refused_one(signed_in: Visitor, api: Api) -> None:
    reference = sent(api)
    signed_in("amina").get(f"/staff/referrals/{reference}")
    signed_in("brendan").get(f"/staff/referrals/{reference}")
    rows = sql(api, "SELECT actor, subject FROM audit WHERE action = 'referral.read'")
    assert rows == [(f"staff:{AMINA}", reference)]


def test_flags_come_with_their_reason_and_a_mark_in_the_list(signed_in: Visitor, api: Api) -> None:
    calm, urgent = sent(api, 1), sent(api, 2, safe_now="help_now", date_of_birth="2000-01-01")
    amina = signed_in("amina")
    listed = amina.get("/staff/").text
    assert listed.index(urgent) < listed.index("Marked urgent") < listed.index(calm)
    assert listed.count("Marked urgent") == 1
    page = amina.get(f"/staff/referrals/{urgent}").text
    assert "in danger now, or thinking of ending their life" in page


def test_what_is_in_doubt_is_said(signed_in: Visitor, api: Api) -> None:
    reference = sent(api, home=None, home_code="no_fixed_address")
    page = signed_in("amina").get(f"/staff/referrals/{reference}").text
    assert "Please check with them" in page
    assert "They have no fixed address." in page


def test_a_changed_number_is_the_one_to_ring_with_care(signed_in: Visitor, api: Api) -> None:
    allowed = {"phone": "07700 900123", "safe_call": "yes", "may_voicemail": True}
    reference = sent(api, contact=allowed)
    amina = signed_in("amina")
    before = amina.get(f"/staff/referrals/{reference}").text
    assert "A voicemail is fine." in before
    corrected(api, reference, phone="07700 900456")
    after = amina.get(f"/staff/referrals/{reference}").text
    assert "tel:+447700900456" in after
    assert "Do not use the earlier number 07700 900123." in after
    assert "No voicemail." in after
    assert "Do not say who is calling." in after


def test_every_earlier_number_is_named_and_what_was_unsafe_stays_said(
    signed_in: Visitor, api: Api
) -> None:
    reference = sent(api, contact={"phone": "07700 900123", "safe_call": "careful"})
    for phone in ("07700 900456", "07700 900789"):
        corrected(api, reference, phone=phone, safe_call="yes")
    page = signed_in("amina").get(f"/staff/referrals/{reference}").text
    assert "Do not use the earlier number 07700 900123." in page
    assert "Do not use the earlier number 07700 900456." in page
    assert "Of an earlier number they said that one must ring with care." in page


@pytest.mark.parametrize(("answer", "linked"), [("no", False), ("careful", True)])
def test_a_number_not_to_be_rung_is_no_link(
    signed_in: Visitor, api: Api, answer: str, *, linked: bool
) -> None:
    reference = sent(api, contact={"phone": "07700 900123", "safe_call": answer})
    page = signed_in("amina").get(f"/staff/referrals/{reference}").text
    assert "07700 900123" in page
    assert ("tel:" in page) is linked


def test_nobody_is_rung_who_has_withdrawn(signed_in: Visitor, api: Api) -> None:
    reference = sent(api, contact={"phone": "07700 900123", "safe_call": "yes"})
    headers = {"X-Conversation-Id": "conversation-1"}
    path = f"/v1/referrals/{reference}/withdrawal"
    api.client.post(path, json={}, headers=headers).raise_for_status()
    assert "tel:" not in signed_in("amina").get(f"/staff/referrals/{reference}").text


@pytest.mark.parametrize(
    ("wish", "words"),
    [
        ("withdrawal", "They no longer want this. Do not contact them about it."),
        ("erasure", "They have asked for everything about them to be deleted."),
    ],
)
def test_what_the_person_wishes_later_is_said_at_the_top(
    signed_in: Visitor, api: Api, wish: str, words: str
) -> None:
    reference = sent(api)
    headers = {"Idempotency-Key": "key-later", "X-Conversation-Id": "conversation-1"}
    path = f"/v1/referrals/{reference}/{wish}"
    api.client.post(path, json={}, headers=headers).raise_for_status()
    page = signed_in("amina").get(f"/staff/referrals/{reference}").text
    assert page.index(words) < page.index("Rahima Khatun")


def test_a_possible_duplicate_is_linked(signed_in: Visitor, api: Api) -> None:
    first, second = sent(api, 1), sent(api, 2)
    page = signed_in("amina").get(f"/staff/referrals/{second}").text
    assert f'<a href="/staff/referrals/{first}">{first}</a>' in page


def test_a_call_back_has_its_number_and_no_more(signed_in: Visitor, api: Api) -> None:
    reference = called_back(api, words=["fadlan i soo wac"], safe_call="careful")
    page = signed_in("kofi").get(f"/staff/referrals/{reference}").text
    assert "tel:+447700900999" in page
    assert "Ring with care." in page
    assert '<blockquote lang="so" dir="auto">fadlan i soo wac</blockquote>' in page
    assert "Nobody yet (the practice is not known)" in page


EVERYTHING: dict[str, Any] = {
    "who_for": "other",
    "helper": {"name": "Mina Begum", "relation": "carer"},
    "safe_now": "rather_not_say",
    "home": "E2 9ZZ",
    "residence": "moved",
    "practice": None,
    "practice_code": "not_registered",
    "concerns": ["safety_home", "other"],
    "concern_words": ["a typed concern"],
    "contact": {
        "phone": None,
        "other": "email",
        "other_detail": "rahima@example.org",
        "best_time": "evening",
    },
    "own_words": ["one word", "another word"],
    "name_to_use": "Ruma",
    "call_language": "syl",
    "interpreter": True,
    "worker_gender": "woman",
    "access_needs": ["braille", "text_relay"],
    "flags": ["urgent_words"],
}
SHOWN = (
    *("Somebody else, with their permission", "Mina Begum", "Carer", "E2 9ZZ", "Has moved since"),
    *("Not registered with a GP", "Safety at home, or abuse", "Something else", "a typed concern"),
    *("E-mail", "rahima@example.org", "They have no phone of their own.", "one word", "Ruma"),
    *("another word", "Sylheti (সিলেটি)", "Yes", "A woman, please", "Braille", "Text relay"),
    *("Would rather not say whether they are safe", "may be about danger", "Bengali (বাংলা)"),
    *("They asked for help with safety at home.", "Received, by the person"),
)


def test_nothing_that_was_told_is_missing(signed_in: Visitor, api: Api) -> None:
    reference = sent(api, **EVERYTHING)
    page = signed_in("kofi").get(f"/staff/referrals/{reference}").text
    assert [words for words in SHOWN if words not in page] == []
    assert "They are not registered with a GP." in page


def test_the_least_that_can_be_told_makes_a_page_too(signed_in: Visitor, api: Api) -> None:
    reference = sent(api, home=None, practice=None, concerns=[], contact={})
    page = signed_in("kofi").get(f"/staff/referrals/{reference}").text
    assert "Nothing from the list" in page
    assert page.count("Not given") == 2


@pytest.mark.parametrize(
    ("interpreter", "number", "shown"),
    [(True, NUMBER, True), (None, NUMBER, True), (False, NUMBER, False), (True, "", False)],
    ids=str,
)
def test_the_interpreting_services_number_stands_where_it_may_be_needed(
    api: Api, *, interpreter: bool | None, number: str, shown: bool
) -> None:
    reference = sent(api, interpreter=interpreter)
    case = api.run(casework.read_referral, api.desk, StaffAsker(KOFI, Role.COORDINATOR), reference)
    lines = [line for one in present(case, START, number).sections for line in one.lines]
    assert ("Interpreting service" in {one.name for one in lines}) is shown
