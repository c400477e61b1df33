"""Every free text is read by a person: the queue, the reading, and what it says in English."""

import re

import pytest

from api.services import languages, unread
from tests.api.staff.conftest import Visitor
from tests.support.intake_api import AMINA, CHRISP, KOFI, Api, submission
from tests.support.staff_browser import Browser, sql

pytestmark = pytest.mark.any_store

QUEUE = "/staff/texts"
ALONE = "আমি একা থাকি"


def refer(api: Api, **changes: object) -> str:
    number = len(sql(api, "SELECT id FROM referral")) + 1
    body = submission(conversation_id=f"conversation-{number}", name=f"Person {number}")
    body = {**body, "own_words": [ALONE], **changes}
    return str(api.send(body, key=f"key-{number:08}").json()["reference"])


def reads(api: Api, staff_id: int, *codes: str) -> None:
    api.run(languages.choose, api.desk, api.asker(staff_id), codes)


def counts(api: Api, staff_id: int) -> tuple[int, int]:
    found = api.run(unread.counts, api.desk, api.asker(staff_id))
    return found.unread, found.overdue


def part(browser: Browser, heading: str) -> str:
    """What stands in the queue under a heading; empty when there is no such heading."""
    sections = re.split(r"<h2[^>]*>", browser.get(QUEUE).text)
    return next((one for one in sections if one.startswith(heading)), "")


def mark(browser: Browser, reference: str, which: str = "own-1", **fields: str) -> int:
    token = browser.token(f"{QUEUE}/{reference}")
    path = f"{QUEUE}/{reference}/{which}/read"
    return browser.post(path, {"token": token, **fields}).status_code


def put(browser: Browser, reference: str, english: str, **fields: str) -> int:
    token = browser.token(f"{QUEUE}/{reference}")
    path = f"{QUEUE}/{reference}/own-1/english"
    return browser.post(path, {"token": token, "english": english, **fields}).status_code


def test_a_text_goes_to_whoever_reads_its_language(api: Api, signed_in: Visitor) -> None:
    reference = refer(api)
    amina, kofi = signed_in("amina"), signed_in("kofi")
    assert reference in part(amina, "Needs the interpreting service")
    assert "Yours to arrange" in part(amina, "Needs the interpreting service")
    reads(api, KOFI, "bn")
    assert reference in part(kofi, "For you to read")
    assert reference in part(amina, "For colleagues to read")
    reads(api, AMINA, "bn")
    assert reference in part(amina, "For you to read")
    assert "Bengali (বাংলা)" in amina.get(QUEUE).text
    assert ALONE not in amina.get(QUEUE).text


def test_english_goes_to_whoever_has_the_referral(api: Api, signed_in: Visitor) -> None:
    theirs = refer(api, language="en")
    nobodys = refer(api, language="en", practice=None, practice_code="unknown")
    assert theirs in part(signed_in("amina"), "For you to read")
    assert nobodys in part(signed_in("kofi"), "For you to read")
    assert theirs in part(signed_in("kofi"), "For colleagues to read")


def test_a_prescriber_of_another_practice_knows_of_nothing(api: Api, signed_in: Visitor) -> None:
    reads(api, 3, "bn")
    reference, chidi = refer(api), signed_in("chidi")
    assert "There is nothing to read." in chidi.get(QUEUE).text
    assert chidi.get(f"{QUEUE}/{reference}").status_code == 404
    fields = {"token": chidi.token("/staff/you/languages"), "english": "x"}
    for what in ("read", "english"):
        answer = chidi.post(f"{QUEUE}/{reference}/own-1/{what}", fields)
        assert answer.status_code == 404
    assert counts(api, 3) == (0, 0)
    assert sql(api, "SELECT * FROM text_reading") == []


def test_it_is_shown_as_it_was_written_and_that_is_recorded(api: Api, signed_in: Visitor) -> None:
    bengali, arabic = refer(api), refer(api, language="ar", own_words=["أنا وحيد"])
    kofi = signed_in("kofi")
    page = kofi.get(f"{QUEUE}/{bengali}").text
    assert f'<blockquote lang="bn" dir="auto">{ALONE}</blockquote>' in page
    assert '<blockquote lang="ar" dir="rtl">أنا وحيد</blockquote>' in (
        kofi.get(f"{QUEUE}/{arabic}").text
    )
    seen = "SELECT actor, subject FROM audit WHERE action = 'texts.read' ORDER BY id"
    assert sql(api, seen) == [("staff:4", bengali), ("staff:4", arabic)]


def test_marking_as_read_says_who_and_when(api: Api, signed_in: Visitor) -> None:
    reference = refer(api, concern_words=["টাকা"])
    reads(api, AMINA, "bn")
    amina = signed_in("amina")
    assert counts(api, AMINA) == (2, 0)
    assert mark(amina, reference) == 303
    assert counts(api, AMINA) == (1, 0)
    page = amina.get(f"{QUEUE}/{reference}").text
    assert "Read by Amina on 23 November 2026, 09:30." in page
    assert page.count("Nobody has read this yet") == 1
    assert mark(amina, reference, "concern-1") == 303
    assert "There is nothing to read." in amina.get(QUEUE).text
    assert "text.marked_read" in str(sql(api, "SELECT action FROM audit"))


def test_of_two_who_read_it_the_first_stays(api: Api, signed_in: Visitor) -> None:
    reference = refer(api)
    reads(api, AMINA, "bn")
    reads(api, KOFI, "bn")
    amina, kofi = signed_in("amina"), signed_in("kofi")
    assert mark(amina, reference) == 303
    assert mark(kofi, reference) == 303
    assert "Read by Amina" in kofi.get(f"{QUEUE}/{reference}").text
    assert counts(api, KOFI) == (0, 0)


def test_whoever_does_not_read_the_language_cannot_say_they_did(
    api: Api, signed_in: Visitor
) -> None:
    reference, amina = refer(api), signed_in("amina")
    assert "I have read this" not in amina.get(f"{QUEUE}/{reference}").text
    assert mark(amina, reference) == 422
    assert put(amina, reference, "I live alone") == 422
    assert counts(api, AMINA) == (1, 0)


def test_english_is_signed_kept_beside_and_only_added_to(api: Api, signed_in: Visitor) -> None:
    reference, amina, kofi = refer(api), signed_in("amina"), signed_in("kofi")
    reads(api, KOFI, "bn")
    assert put(amina, reference, "I live  alone", interpreted="yes") == 303
    assert counts(api, AMINA) == (0, 0)  # whoever puts it into English has read it
    api.clock.move(days=1)
    for browser, name in ((amina, "amina"), (kofi, "kofi")):
        browser.sign_in(name)
    assert put(kofi, reference, "I am alone") == 303
    page = amina.get(f"/staff/referrals/{reference}").text
    told = "English by Amina, as an interpreter told it, on 23 November 2026, not the person&#39;s"
    assert told in page
    assert "English by Kofi on 24 November 2026, not the person&#39;s own words" in page
    assert page.index("I live  alone") < page.index("I am alone")
    assert ALONE in page
    sealed = sql(api, "SELECT sealed FROM text_rendering")
    assert len(sealed) == 2
    assert not any(b"alone" in row[0] for row in sealed)


def test_what_was_typed_is_not_lost_when_something_is_wrong(api: Api, signed_in: Visitor) -> None:
    reference, amina = refer(api), signed_in("amina")
    token = amina.token(f"{QUEUE}/{reference}")
    path = f"{QUEUE}/{reference}/own-1/english"
    answer = amina.post(path, {"token": token, "english": "I live\r\nalone"})
    assert answer.status_code == 422
    assert ">I live\r\nalone</textarea>" in answer.text
    assert "There is a problem" in answer.text
    assert put(amina, reference, "  ") == 422


def test_after_a_press_one_is_back_where_one_was(api: Api, signed_in: Visitor) -> None:
    reference, amina = refer(api, language="en"), signed_in("amina")
    here = f"/staff/referrals/{reference}"
    page = amina.get(here).text
    assert f'name="back" value="{here}"' in page
    path = f"{QUEUE}/{reference}/own-1/read"
    answer = amina.post(path, {"token": amina.token(here), "back": here})
    assert answer.headers["location"] == here
    elsewhere = {"token": amina.token(here), "back": "https://elsewhere.example/"}
    assert amina.post(path, elsewhere).headers["location"] == "/staff/"


def test_what_waits_too_long_is_overdue_and_the_flagged_at_once(
    api: Api, signed_in: Visitor
) -> None:
    plain, flagged = refer(api, language="en"), refer(api, language="en", flags=["urgent_words"])
    amina = signed_in("amina")
    mine = part(amina, "For you to read")
    assert mine.index(flagged) < mine.index(plain)
    assert "Marked urgent: read it now" in mine
    assert "Overdue" not in mine
    assert counts(api, AMINA) == (2, 1)
    api.clock.move(days=1, minutes=1)
    amina.sign_in("amina")
    assert "Overdue since 24 November 2026, 09:30" in part(amina, "For you to read")
    assert counts(api, AMINA) == (2, 2)


def test_a_request_to_be_called_has_texts_too(api: Api, signed_in: Visitor) -> None:
    wish = {"conversation_id": "conversation-9", "channel": "telegram", "language": "en"}
    body = {**wish, "phone": "07700 900123", "practice": CHRISP, "words": ["please call"]}
    key = {"Idempotency-Key": "key-00000099"}
    assert api.client.post("/v1/callbacks", json=body, headers=key).status_code == 201
    chidi = signed_in("chidi")
    assert "1 text." in part(chidi, "For you to read")
    (row,) = sql(api, "SELECT reference FROM referral")
    assert "please call" in chidi.get(f"{QUEUE}/{row[0]}").text


def test_a_referral_from_before_is_put_right_when_it_is_opened(
    api: Api, signed_in: Visitor
) -> None:
    reference, amina = refer(api, language="en", own_words=[]), signed_in("amina")
    assert counts(api, AMINA) == (0, 0)
    sql(api, "UPDATE referral SET unread = 1")  # as the step to these tables leaves it
    assert counts(api, AMINA) == (1, 0)
    assert "They wrote nothing" in amina.get(f"{QUEUE}/{reference}").text
    assert counts(api, AMINA) == (0, 0)


@pytest.mark.parametrize("which", ["own-2", "own-0", "x", "concern-1"])
def test_a_text_that_is_none(api: Api, signed_in: Visitor, which: str) -> None:
    reference, amina = refer(api, language="en"), signed_in("amina")
    assert mark(amina, reference, which) == 404
