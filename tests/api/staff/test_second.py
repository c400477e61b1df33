"""The second step: nothing opens without it, and no code opens twice."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest

from api.services import apps
from tests.support.intake_api import AMINA, Api
from tests.support.staff_browser import APP, SECOND, Browser, give_passwords, sql

pytestmark = pytest.mark.any_store

BEHIND = (
    "/staff/",
    "/staff/referrals/TH-7K3M-9QX",
    "/staff/people",
    "/staff/people/new",
    "/staff/you",
    "/staff/you/security",
    "/staff/you/security/password",
    "/staff/you/security/app",
    "/staff/you/security/codes",
)


@pytest.fixture
def newcomer(api: Api) -> Browser:
    """A browser of somebody who has a password and nothing else yet."""
    give_passwords(api)
    sql(api, "DELETE FROM staff_totp WHERE staff_id = :id", id=AMINA)
    return Browser(api)


def offered(page: str) -> dict[str, str]:
    """What the form of the set-up holds, and the secret that it shows."""
    hidden = re.search(r'name="offered" value="([0-9a-f]+)"', page)
    key = re.search(r'<code class="key">([A-Z2-7 ]+)</code>', page)
    assert hidden is not None
    assert key is not None
    return {"offered": hidden[1], "secret": key[1].replace(" ", "")}


def set_up(browser: Browser, api: Api) -> str:
    """Sign in for the first time, and set up an app; the page that answers, with the codes."""
    browser.knock("amina")
    shown = offered(browser.get(SECOND).text)
    code = apps.code_at(shown["secret"], api.clock())
    fields = {"token": browser.token(SECOND), "offered": shown["offered"], "code": code}
    answer = browser.post("/staff/sign-in/app", fields)
    assert answer.status_code == 200
    return answer.text


def test_a_password_alone_opens_nothing(browser: Browser) -> None:
    answer = browser.knock("amina")
    assert answer.headers["location"] == SECOND
    for path in BEHIND:
        there = browser.get(path)
        assert there.status_code == 303, path
        assert there.headers["location"].startswith("/staff/sign-in?next="), path


def test_half_inside_nothing_can_be_done_either(browser: Browser) -> None:
    browser.knock("kofi")
    token = browser.token(SECOND)
    for path in ("/staff/people/new", "/staff/you/security/everywhere", "/staff/people/1/close"):
        answer = browser.post(path, {"token": token})
        assert (answer.status_code, answer.headers["location"]) == (303, "/staff/sign-in")


def test_the_cookie_of_the_first_step_is_no_session(browser: Browser, api: Api) -> None:
    browser.knock("amina")
    thief = Browser(api)
    thief.http.cookies.set("doorway_staff", browser.http.cookies["doorway_entry"])
    assert thief.get("/staff/").status_code == 303
    assert sql(api, "SELECT count(*) FROM staff_session") == [(0,)]


def test_the_session_is_a_new_one_whatever_the_browser_brought(browser: Browser, api: Api) -> None:
    browser.http.cookies.set("doorway_staff", "fixed-by-somebody-else", domain="127.0.0.1")
    browser.sign_in("amina")
    assert browser.http.cookies["doorway_staff"] != "fixed-by-somebody-else"
    thief = Browser(api)
    thief.http.cookies.set("doorway_staff", "fixed-by-somebody-else")
    assert thief.get("/staff/").status_code == 303


def test_a_code_works_once(browser: Browser, api: Api) -> None:
    browser.sign_in("amina")
    code = apps.code_at(APP, api.clock())
    again = Browser(api)
    again.knock("amina")
    used = again.post("/staff/sign-in/code", {"token": again.token(SECOND), "code": code})
    assert used.status_code == 422
    assert "was used before" in used.text
    api.clock.move(seconds=30)
    fresh = {"token": again.token(SECOND), "code": apps.code_at(APP, api.clock())}
    assert again.post("/staff/sign-in/code", fresh).status_code == 303


def test_a_telephone_may_be_half_a_minute_slow(browser: Browser, api: Api) -> None:
    code = apps.code_at(APP, api.clock())
    api.clock.move(seconds=30)
    browser.knock("amina")
    spaced = f"{code[:3]} {code[3:]}"
    assert browser.show_code(spaced).headers["location"] == "/staff/"


@pytest.mark.parametrize("code", ["", "000000", "12345", "١٢٣٤٥٦", "x" * 2000])
def test_what_is_no_code_of_theirs_does_not_open(browser: Browser, code: str) -> None:
    browser.knock("amina")
    fields = {"token": browser.token(SECOND), "code": code}
    assert browser.post("/staff/sign-in/code", fields).status_code == 422
    assert browser.get("/staff/").status_code == 303


def test_who_guesses_codes_must_wait_and_then_start_again(browser: Browser, api: Api) -> None:
    browser.knock("amina")
    fields = {"token": browser.token(SECOND), "code": "000000"}
    for _ in range(5):
        assert browser.post("/staff/sign-in/code", fields).status_code == 422
    assert browser.show_code().headers["retry-after"] == "30"
    elsewhere = Browser(api)
    elsewhere.knock("amina")
    assert elsewhere.show_code().status_code == 429, "whoever guesses may have many browsers"
    for minutes in (1, 1, 2, 4):
        api.clock.move(minutes=minutes)
        browser.post("/staff/sign-in/code", fields)
    api.clock.move(minutes=8)
    answer = browser.post("/staff/sign-in/code", fields)
    assert answer.headers["location"] == "/staff/sign-in?said=late"
    assert "start again" in browser.get(answer.headers["location"]).text


def test_ten_minutes_after_the_password_it_is_asked_for_again(browser: Browser, api: Api) -> None:
    browser.knock("amina")
    api.clock.move(minutes=10)
    assert browser.get(SECOND).headers["location"] == "/staff/sign-in?said=late"


def test_one_door_opens_one_session(browser: Browser, api: Api) -> None:
    browser.knock("amina")
    kept = dict(browser.http.cookies)
    browser.show_code()
    again = Browser(api)
    again.http.cookies.update(kept)
    assert again.get(SECOND).status_code == 303


def test_an_account_closed_meanwhile_gets_no_further(browser: Browser, api: Api) -> None:
    browser.knock("amina")
    token = browser.token(SECOND)
    sql(api, "UPDATE staff_member SET active = false WHERE id = :id", id=AMINA)
    fields = {"token": token, "code": apps.code_at(APP, api.clock())}
    answer = browser.post("/staff/sign-in/code", fields)
    assert answer.headers["location"] == "/staff/sign-in?said=late"


def test_the_first_sign_in_leads_through_setting_one_up(newcomer: Browser, api: Api) -> None:
    codes = re.findall(r"<code>([0-9A-Z-]{14})</code>", set_up(newcomer, api))
    assert len(set(codes)) == 10
    assert newcomer.get("/staff/").status_code == 200
    rows = sql(api, "SELECT sealed FROM staff_totp WHERE staff_id = :id", id=AMINA)
    assert len(rows) == 1
    stored = {row[0] for row in sql(api, "SELECT code FROM staff_recovery")}
    assert not stored & set(codes)


def test_the_picture_says_what_the_key_says(newcomer: Browser) -> None:
    newcomer.knock("amina")
    page = newcomer.get(SECOND).text
    assert 'src="data:image/svg+xml' in page
    address = urlsplit(apps.address(offered(page)["secret"], "amina@example.org"))
    assert address.scheme == "otpauth"
    assert parse_qs(address.query)["issuer"] == ["Doorway"]


def test_after_a_wrong_code_the_same_picture_stays(newcomer: Browser) -> None:
    newcomer.knock("amina")
    first = offered(newcomer.get(SECOND).text)
    fields = {"token": newcomer.token(SECOND), "offered": first["offered"], "code": "000000"}
    answer = newcomer.post("/staff/sign-in/app", fields)
    assert answer.status_code == 422
    assert offered(answer.text)["secret"] == first["secret"]


def test_a_secret_that_was_offered_to_somebody_else_is_not_taken(
    newcomer: Browser, api: Api
) -> None:
    newcomer.knock("amina")
    for forged in (apps.offer(api.desk, 2, APP), "00", "no hex"):
        code = apps.code_at(APP, api.clock())
        fields = {"token": newcomer.token(SECOND), "offered": forged, "code": code}
        assert newcomer.post("/staff/sign-in/app", fields).status_code == 422
        api.clock.move(seconds=30)


def test_who_has_one_cannot_set_up_another_with_the_password_alone(
    browser: Browser, api: Api
) -> None:
    browser.knock("amina")
    offer = apps.offer(api.desk, AMINA, APP)
    code = apps.code_at(APP, api.clock())
    fields = {"token": browser.token(SECOND), "offered": offer, "code": code}
    answer = browser.post("/staff/sign-in/app", fields)
    assert answer.headers["location"] == "/staff/sign-in?said=late"
    assert browser.get("/staff/").status_code == 303


def test_a_recovery_code_lets_in_once(newcomer: Browser, api: Api) -> None:
    code = re.findall(r"<code>([0-9A-Z-]{14})</code>", set_up(newcomer, api))[0]
    typed = code.replace("-", " ").lower()
    for status in (303, 422):
        browser = Browser(api)
        browser.knock("amina")
        fields = {"token": browser.token(SECOND), "recovery": typed}
        assert browser.post("/staff/sign-in/recovery", fields).status_code == status
    assert sql(api, "SELECT count(*) FROM staff_recovery") == [(9,)]
    hows = sql(api, "SELECT how FROM staff_session ORDER BY how")
    assert [row[0] for row in hows] == ["code", "recovery"]


def test_somebody_elses_recovery_code_does_not_open(newcomer: Browser, api: Api) -> None:
    code = re.findall(r"<code>([0-9A-Z-]{14})</code>", set_up(newcomer, api))[0]
    other = Browser(api)
    other.knock("brendan")
    fields = {"token": other.token(SECOND), "recovery": code}
    assert other.post("/staff/sign-in/recovery", fields).status_code == 422


@pytest.mark.parametrize("answer", ["", "{}", "[1]", "x" * 9000, '{"id": "AAAA"}'])
def test_what_no_browser_says_is_no_passkey(browser: Browser, answer: str) -> None:
    browser.knock("amina")
    fields = {"token": browser.token(SECOND), "answer": answer}
    assert browser.post("/staff/sign-in/passkey", fields).status_code == 422


def test_wrong_codes_are_written_down(browser: Browser, api: Api) -> None:
    browser.knock("amina")
    browser.post("/staff/sign-in/code", {"token": browser.token(SECOND), "code": "000000"})
    rows = sql(api, "SELECT action FROM audit WHERE subject = 'staff:1'")
    assert rows == [("staff.second_factor_refused",)]
