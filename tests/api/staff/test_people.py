"""The managers' pages about people: what they do, and that they exist for nobody else."""

import re

import pytest

from api.domain.door import Occasion
from api.domain.staff import Role, StaffMember
from api.persistence import staff
from tests.api.staff.conftest import Visitor
from tests.support.intake_api import ALBION, AMINA, BROMLEY, KOFI, Api, Written
from tests.support.staff_browser import SECOND, Browser, give_passwords, sql

pytestmark = pytest.mark.any_store

PEOPLE = "/staff/people"
DEEDS = ("close", "open", "reset", "invite")
MARYAM = 5


@pytest.fixture
def maryam(api: Api, signed_in: Visitor) -> Browser:
    """A manager's browser."""
    member = StaffMember(0, "Maryam", "maryam@example.org", Role.MANAGER, "no password")
    api.write(lambda connection: staff.add(connection, member, capacity=0))
    give_passwords(api)
    return signed_in("maryam")


def send(browser: Browser, path: str, **fields: str) -> int:
    """Send a form of the people pages; the status that answers."""
    token = browser.token(PEOPLE)
    named = {name.replace("practice_", "practice."): value for name, value in fields.items()}
    return browser.post(path, {"token": token, **named}).status_code


def version(browser: Browser, staff_id: int) -> str:
    found = re.search(r'name="version" value="(\w+)"', browser.get(f"{PEOPLE}/{staff_id}").text)
    assert found is not None
    return found[1]


def letter_about(api: Api, occasion: Occasion) -> Written:
    """The letter that comes next, which must be this one."""
    notice, to = api.next_letter()
    assert notice.occasion is occasion
    return notice, to


@pytest.mark.parametrize("name", ["amina", "kofi"])
def test_for_nobody_else_do_they_exist(signed_in: Visitor, name: str) -> None:
    browser = signed_in(name)
    for path in (PEOPLE, f"{PEOPLE}/new", f"{PEOPLE}/1", f"{PEOPLE}/99"):
        assert browser.get(path).status_code == 404, path
    token = browser.token("/staff/")
    for path in ("new", "1", *(f"1/{one}" for one in DEEDS)):
        answer = browser.post(f"{PEOPLE}/{path}", {"token": token, "role": "manager"})
        assert answer.status_code == 404, path
    assert "People" not in browser.get("/staff/").text


def test_everybody_is_listed(maryam: Browser) -> None:
    page = maryam.get(PEOPLE).text
    for fact in ("Amina", "Albion Road Surgery", "kofi@example.org", "Coordinator", "In use"):
        assert fact in page


def test_somebody_new_is_written_to_and_comes_in(maryam: Browser, api: Api) -> None:
    fields = {"name": "Dilara  Ash", "email": " Dilara@Example.org", "role": "prescriber"}
    assert send(maryam, f"{PEOPLE}/new", **fields, **{f"practice_{BROMLEY}": "yes"}) == 303
    notice, to = letter_about(api, Occasion.INVITED)
    assert (to.name, to.email) == ("Dilara Ash", "dilara@example.org")
    dilara, path = Browser(api), notice.link.removeprefix("http://127.0.0.1:8000")
    new = {"token": dilara.token(path), "new": "three green boats"}
    assert dilara.post(path, new).headers["location"] == "/staff/sign-in?said=password"
    letter_about(api, Occasion.PASSWORD_CHANGED)
    assert dilara.knock("dilara", "three green boats").headers["location"] == SECOND
    assert "Set up your second step" in dilara.get(SECOND).text


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"name": ""}, "Write their full name."),
        ({"email": "nobody"}, "Write their e-mail address"),
        ({"email": "a b@x.org"}, "Write their e-mail address"),
        ({"email": "AMINA@example.org"}, "is here already"),
        ({"role": "owner"}, "Choose what they do here."),
        ({"role": "prescriber"}, "Choose the practices"),
        ({"role": "prescriber", "practice.X00000": "yes"}, "not in the directory"),
    ],
)
def test_what_cannot_be_is_said_and_what_was_typed_stays(
    maryam: Browser, fields: dict[str, str], said: str
) -> None:
    typed = {"name": "Dilara", "email": "dilara@example.org", "role": "manager", **fields}
    answer = maryam.post(f"{PEOPLE}/new", {"token": maryam.token(PEOPLE), **typed})
    assert answer.status_code == 422
    assert said in answer.text
    assert "There is a problem" in answer.text
    assert f'value="{typed["name"]}"' in answer.text or not typed["name"]


def test_another_role_and_practice_count_at_once(
    maryam: Browser, api: Api, signed_in: Visitor
) -> None:
    amina = signed_in("amina")
    fields = {"name": "Amina", "role": "manager", "version": version(maryam, AMINA)}
    assert send(maryam, f"{PEOPLE}/{AMINA}", **fields) == 303
    assert amina.get(PEOPLE).status_code == 200
    fields = {"name": "Amina B", "role": "prescriber", "version": version(maryam, AMINA)}
    places = {f"practice_{one}": "yes" for one in (ALBION, BROMLEY)}
    assert send(maryam, f"{PEOPLE}/{AMINA}", **fields, **places) == 303
    assert amina.get(PEOPLE).status_code == 404
    rows = sql(api, "SELECT ods_code FROM staff_practice WHERE staff_id = :id", id=AMINA)
    assert {row[0] for row in rows} == {ALBION, BROMLEY}


def test_of_two_who_change_somebody_the_second_is_told(maryam: Browser, api: Api) -> None:
    stale = version(maryam, KOFI)
    for name, status in (("Kofi A", 303), ("Kofi B", 409)):
        fields = {"name": name, "role": "coordinator", "version": stale}
        assert send(maryam, f"{PEOPLE}/{KOFI}", **fields) == status
    assert sql(api, "SELECT name FROM staff_member WHERE id = :id", id=KOFI) == [("Kofi A",)]


def test_a_closed_account_is_out_at_once_and_stays_out(
    maryam: Browser, api: Api, signed_in: Visitor
) -> None:
    amina, half = signed_in("amina"), Browser(api)
    half.knock("amina")
    assert send(maryam, f"{PEOPLE}/{AMINA}/close") == 303
    assert amina.get("/staff/").status_code == 303
    assert half.get(SECOND).headers["location"].startswith("/staff/sign-in")
    assert Browser(api).sign_in("amina").status_code == 422
    assert sql(api, "SELECT count(*) FROM staff_session WHERE staff_id = 1") == [(0,)]
    assert send(maryam, f"{PEOPLE}/{AMINA}/invite") == 404
    assert send(maryam, f"{PEOPLE}/{AMINA}/open") == 303
    assert Browser(api).sign_in("amina").status_code == 303


def test_who_lost_a_telephone_sets_up_another(
    maryam: Browser, api: Api, signed_in: Visitor
) -> None:
    amina = signed_in("amina")
    assert send(maryam, f"{PEOPLE}/{AMINA}/reset") == 303
    letter_about(api, Occasion.FACTORS_CHANGED)
    assert amina.get("/staff/").status_code == 303
    again = Browser(api)
    again.knock("amina")
    assert "Set up your second step" in again.get(SECOND).text


def test_a_manager_does_not_shut_themselves_out(maryam: Browser, api: Api) -> None:
    assert send(maryam, f"{PEOPLE}/{MARYAM}/close") == 422
    fields = {"name": "Maryam", "role": "coordinator", "version": version(maryam, MARYAM)}
    assert send(maryam, f"{PEOPLE}/{MARYAM}", **fields) == 422
    row = sql(api, "SELECT role FROM staff_member WHERE active AND id = :id", id=MARYAM)
    assert row == [("manager",)]


@pytest.mark.parametrize("number", ["99", "0", "x", "-1", "9" * 40, "١"])
def test_somebody_who_is_not_there_is_not_found(maryam: Browser, number: str) -> None:
    assert maryam.get(f"{PEOPLE}/{number}").status_code == 404


def test_every_change_is_written_down_with_who_made_it(maryam: Browser, api: Api) -> None:
    for deed in DEEDS[:3]:
        send(maryam, f"{PEOPLE}/{KOFI}/{deed}")
    rows = sql(api, "SELECT actor, action FROM audit WHERE subject = 'staff:4' ORDER BY id")
    assert rows == [
        (f"staff:{MARYAM}", "staff.deactivated"),
        (f"staff:{MARYAM}", "staff.reactivated"),
        (f"staff:{MARYAM}", "staff.second_factor_reset"),
    ]
