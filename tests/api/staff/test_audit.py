"""The record: managers search it by person, reference and day, and are themselves in it."""

import pytest

from api.domain.record import Line
from api.staff import deeds
from tests.api.staff.conftest import Visitor
from tests.support.clock import START
from tests.support.intake_api import Api, submission
from tests.support.staff_browser import sql

pytestmark = pytest.mark.any_store
AUDIT = "/staff/audit"


@pytest.fixture
def reference(api: Api) -> str:
    """A referral that Amina has looked at; Kofi is a manager now."""
    sql(api, "UPDATE staff_member SET role = 'manager' WHERE name = 'Kofi'")
    return str(api.send(submission()).json()["reference"])


def test_it_is_searched_by_reference_person_and_day(
    signed_in: Visitor, api: Api, reference: str
) -> None:
    signed_in("amina").get(f"/staff/referrals/{reference}")
    kofi = signed_in("kofi")
    assert "What was found" not in kofi.get(AUDIT).text
    for query in (
        f"reference={reference.lower()}",
        "person=1",
        "since=2026-11-23&until=2026-11-23",
    ):
        shown = kofi.get(f"{AUDIT}?{query}").text
        assert "Looked at the referral" in shown, query
        assert f'href="/staff/referrals/{reference}"' in shown
        assert "These pages" in shown
    api.clock.move(days=1)
    for query in ("reference=TH-0000-000", "person=3", "since=2026-11-24", "until=2026-11-22"):
        assert "Looked at the referral" not in kofi.get(f"{AUDIT}?{query}").text, query


def test_a_search_is_in_the_record_itself(signed_in: Visitor, api: Api, reference: str) -> None:
    kofi = signed_in("kofi")
    for query in (f"reference={reference}", "person=1", "since=2026-11-23"):
        kofi.get(f"{AUDIT}?{query}")
    found = sql(api, "SELECT actor, subject FROM audit WHERE action = 'audit.searched' ORDER BY id")
    assert found == [("staff:4", reference), ("staff:4", "staff:1"), ("staff:4", "audit")]
    assert "Searched this record" in kofi.get(f"{AUDIT}?reference={reference}").text


def test_what_cannot_be_searched_for_is_said(signed_in: Visitor, api: Api, reference: str) -> None:
    kofi = signed_in("kofi")
    answer = kofi.get(f"{AUDIT}?reference=nonsense&since=yesterday")
    assert answer.status_code == 422
    assert "Type the whole reference" in answer.text
    assert "Give the day" in answer.text
    assert "nonsense" in answer.text
    assert sql(api, "SELECT count(*) FROM audit WHERE action = 'audit.searched'") == [(0,)]
    assert reference


def test_older_lines_are_on_the_next_page(signed_in: Visitor, api: Api, reference: str) -> None:
    for _ in range(60):
        sql(
            api,
            "INSERT INTO audit (actor, action, subject, at)"
            " SELECT 'staff:2', 'referral.read', subject, at FROM audit WHERE id = 1",
        )
    kofi = signed_in("kofi")
    first = kofi.get(f"{AUDIT}?person=2").text
    assert first.count("Looked at the referral") == 50
    onward = first.split('href="/staff/audit?')[1].split('"')[0].replace("&amp;", "&")
    assert kofi.get(f"{AUDIT}?{onward}").text.count("Looked at the referral") == 10
    assert reference


def test_only_managers_have_it(signed_in: Visitor) -> None:
    for name in ("amina", "kofi"):
        assert signed_in(name).get(AUDIT).status_code == 404


def test_every_line_has_words() -> None:
    names = {1: "Amina"}
    assert deeds.deed("calls.rang_back") == "calls: rang back"
    assert deeds.who("staff:9", names) == "Staff member 9"
    assert deeds.who("system:retention", names) == "Doorway"
    assert deeds.whom("staff:1", names) == ("Amina", "")
    assert deeds.whom("practice:F84001", names)[1] == "/staff/directory/F84001"
    assert deeds.whom("day:2026-11-23", names) == ("Day 2026-11-23", "")
    assert deeds.whom("audit", names) == ("audit", "")
    line = Line(1, "staff:1", "referral.read", "TH-1", START, "telegram", "192.0.2.0")
    assert deeds.from_where(line) == "Telegram, 192.0.2.0"
    assert deeds.from_where(Line(1, "conversation", "x", "y", START)) == "The chat"
