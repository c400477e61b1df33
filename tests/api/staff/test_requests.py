"""Requests: everything held is handed over on paper and as data, and erased without a trace."""

import json
from dataclasses import replace

import pytest
from sqlalchemy import Connection

from api.domain.keep import Keep
from api.persistence.tables import METADATA
from api.services import keeping
from api.staff import paper
from tests.api.staff.conftest import Visitor
from tests.support.intake_api import ALBION, Api, running_api, submission
from tests.support.staff_browser import Browser, give_passwords, sql

pytestmark = pytest.mark.any_store
MINE = {"X-Conversation-Id": "conversation-1"}
REQUESTS = "/staff/requests"


def referred(api: Api) -> str:
    """Somebody who has told us all they could, and wants it gone; their reference."""
    body = submission(own_words=["আমি একা"], name_to_use="أمينة 陳")
    reference = str(api.send(body).json()["reference"])
    for step, told in (
        ("corrections", {"phone": "07700 900999"}),
        ("about-you", {"gender": "2"}),
        ("feedback", {"easy": 5}),
        ("erasure", {}),
    ):
        at = f"/v1/referrals/{reference}/{step}"
        assert api.client.post(at, json=told, headers=MINE).status_code == 204
    return reference


def erase(browser: Browser, reference: str, **fields: str) -> int:
    path = f"{REQUESTS}/{reference}"
    token = browser.token(path) if browser.get(path).status_code == 200 else browser.token(REQUESTS)
    return browser.post(f"{path}/erase", {"token": token, **fields}).status_code


def left(api: Api, reference: str) -> list[str]:
    """The tables that still hold anything of a referral."""

    def look(connection: Connection) -> list[str]:
        found = []
        for table in METADATA.sorted_tables:
            rows = connection.execute(table.select()).mappings().all()
            if any(reference in str(row.values()) for row in rows):
                found.append(table.name)
        return found

    return api.write(look)


def test_the_queue_says_by_when_the_law_wants_an_answer(signed_in: Visitor, api: Api) -> None:
    reference = referred(api)
    api.clock.move(days=31)
    shown = signed_in("kofi").get(REQUESTS).text
    assert reference in shown
    assert "Asked 31 days ago. The law wants an answer by 23 December 2026." in shown
    assert "Late" in shown


def test_a_changed_number_is_noted_once(signed_in: Visitor, api: Api) -> None:
    referred(api)
    kofi = signed_in("kofi")
    fields = {"token": kofi.token(REQUESTS), "number": "1"}
    assert kofi.post(f"{REQUESTS}/seen", fields).status_code == 303
    assert "All changed numbers are noted." in kofi.get(REQUESTS).text
    assert kofi.post(f"{REQUESTS}/seen", {**fields, "number": "99"}).status_code == 404


def test_a_reference_leads_to_everything_held(signed_in: Visitor, api: Api) -> None:
    reference, kofi = referred(api), signed_in("kofi")
    found = kofi.get(f"{REQUESTS}?reference={reference.lower()}")
    assert found.headers["location"] == f"{REQUESTS}/{reference}"
    assert kofi.get(f"{REQUESTS}?reference=nonsense").status_code == 422
    page = kofi.get(f"{REQUESTS}/{reference}").text
    for shown in ("Rahima Khatun", "আমি একা", "+447700900999", "Asked for everything", "Kofi"):
        assert shown in page


def test_the_data_file_has_all_of_it_and_who_looked(signed_in: Visitor, api: Api) -> None:
    reference, kofi = referred(api), signed_in("kofi")
    kofi.get(f"/staff/referrals/{reference}")
    answer = kofi.get(f"{REQUESTS}/{reference}/data")
    assert answer.headers["content-disposition"] == f'attachment; filename="{reference}.json"'
    held = json.loads(answer.content)["referrals"][0]
    assert held["held"]["referral"][0]["sealed"]["name"] == "Rahima Khatun"
    assert held["held"]["correction"][0]["sealed"]["phone"] == "+447700900999"
    assert held["held"]["about_you"][0]["sealed"]["gender"] == "2"
    looked = {(one["who"], one["what"]) for one in held["record"]}
    assert ("Kofi", "Looked at the referral") in looked
    assert ("The person", "Sent a referral") in looked


def test_the_paper_shows_every_script_it_can_and_says_which_it_cannot(
    signed_in: Visitor, api: Api
) -> None:
    reference = referred(api)
    answer = signed_in("kofi").get(f"{REQUESTS}/{reference}/paper")
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")
    for font in (b"NotoSansBengali", b"NotoSansArabic"):
        assert font in answer.content
    assert paper.shown("আমি أمينة Łódź") == "আমি أمينة Łódź"
    assert paper.shown("陳 大文, I") == f"{paper.NOT_SHOWN}, I"


def test_erasing_leaves_a_count_and_a_line_in_the_record(signed_in: Visitor, api: Api) -> None:
    reference, kofi = referred(api), signed_in("kofi")
    assert erase(kofi, reference, typed="TH-1111-111") == 422
    assert "Rahima Khatun" in kofi.get(f"{REQUESTS}/{reference}").text
    assert erase(kofi, reference, typed=reference.lower()) == 303
    assert left(api, reference) == ["audit", "erasure"]
    counts = sql(api, "SELECT month, network, kind, count FROM erased_count")
    assert counts == [("2026-11", "North", "referral", 1)]
    assert sql(api, "SELECT count(*) FROM audit WHERE action = 'referral.erased'") == [(1,)]
    assert kofi.get(f"/staff/referrals/{reference}").status_code == 404
    assert erase(kofi, reference, typed=reference) == 303  # once more is the same
    assert "fewer than 5" in kofi.get("/staff/retention").text


def test_nobody_is_told_of_what_was_erased() -> None:
    with running_api(deaf=True) as api:
        give_passwords(api)
        reference, kofi = referred(api), Browser(api)
        kofi.sign_in("kofi")
        waiting = "SELECT count(*) FROM job WHERE kind LIKE 'notify%' AND done_at IS NULL"
        assert sql(api, waiting) != [(0,)]
        assert erase(kofi, reference, typed=reference) == 303
        assert sql(api, waiting) == [(0,)]
        # The number may come again, and its new owner is heard of.
        api.send(submission(conversation_id="conversation-9"), key="key-00000009")
        assert sql(api, waiting) == [(1,)]


def test_others_of_the_same_person_go_when_they_are_ticked(signed_in: Visitor, api: Api) -> None:
    first, kofi = referred(api), signed_in("kofi")
    sent = [
        str(
            api.send(submission(conversation_id=f"conversation-{n}"), key=f"key-1111111{n}").json()[
                "reference"
            ]
        )
        for n in (2, 3)
    ]
    stranger = submission(conversation_id="conversation-4", name="Somebody Else", practice=ALBION)
    other = str(api.send(stranger, key="key-11111114").json()["reference"])
    page = kofi.get(f"{REQUESTS}/{first}").text
    assert all(one in page for one in sent)
    assert other not in page
    fields = {"typed": first, f"also-{sent[0]}": "yes", f"also-{other}": "yes"}
    assert erase(kofi, first, **fields) == 303
    assert sql(api, "SELECT reference FROM referral ORDER BY id") == [(sent[1],), (other,)]


def test_what_was_closed_long_enough_goes_by_itself(signed_in: Visitor, api: Api) -> None:
    reference = referred(api)
    child = submission(conversation_id="conversation-2", date_of_birth="2020-01-01")
    childs = str(api.send(child, key="key-22222222").json()["reference"])
    still = str(
        api.send(submission(conversation_id="conversation-3"), key="key-33333333").json()[
            "reference"
        ]
    )
    for one, whose in ((reference, "conversation-1"), (childs, "conversation-2")):
        headers = {"X-Conversation-Id": whose}
        path = f"/v1/referrals/{one}/withdrawal"
        assert api.client.post(path, json={}, headers=headers).status_code == 204
    desk = replace(api.desk, keep=Keep(closed_years=8))
    assert api.run(keeping.retention, desk).referrals == 0
    signed_in("kofi")
    api.clock.move(days=8 * 366)
    went = api.run(keeping.retention, desk)
    assert (went.referrals, went.sessions) == (1, 1)
    assert went.answers == 2  # that of the erased one went with it
    assert sql(api, "SELECT reference FROM referral ORDER BY id") == [(childs,), (still,)]


def test_prescribers_have_no_such_pages(signed_in: Visitor) -> None:
    amina = signed_in("amina")
    for path in ("", "/TH-1", "/TH-1/paper", "/TH-1/data", "/done"):
        assert amina.get(f"{REQUESTS}{path}").status_code == 404, path
