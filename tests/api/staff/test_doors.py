"""Signing in and out: who gets in, what the browser is given, and when it is over."""

import re
from pathlib import Path

import pytest

from tests.api.staff.conftest import Visitor
from tests.support.intake_api import AMINA, Api
from tests.support.staff_browser import PASSWORD, Browser, sql

pytestmark = pytest.mark.any_store
REFERRAL = "/staff/referrals/TH-7K3M-9QX"


def test_the_right_password_leads_to_the_list(browser: Browser) -> None:
    answer = browser.sign_in("amina")
    assert (answer.status_code, answer.headers["location"]) == (303, "/staff/")
    assert "Your referrals" in browser.get("/staff/").text


def test_the_e_mail_address_is_read_kindly(browser: Browser) -> None:
    assert browser.sign_in(" AMINA").status_code == 303


def test_a_wrong_password_and_an_unknown_address_look_the_same(browser: Browser) -> None:
    wrong, unknown = browser.sign_in("amina", "wrong"), browser.sign_in("nobody", "wrong")
    assert wrong.status_code == unknown.status_code == 422
    assert "do not go together" in wrong.text
    assert wrong.text.replace("amina", "nobody") == unknown.text
    assert '<a href="#email">' in wrong.text
    assert 'aria-describedby="email-error"' in wrong.text
    assert "wrong" not in wrong.text
    assert browser.get("/staff/").status_code == 303


def test_an_account_that_is_closed_does_not_open(browser: Browser, api: Api) -> None:
    sql(api, "UPDATE staff_member SET active = false WHERE id = :id", id=AMINA)
    assert browser.sign_in("amina").status_code == 422


def test_an_account_without_a_password_does_not_open(api: Api) -> None:
    assert Browser(api).sign_in("amina", "no password").status_code == 422


def test_a_novel_is_no_password(browser: Browser) -> None:
    assert browser.sign_in("amina", "x" * 1001).status_code == 422


def test_who_guesses_must_wait_longer_each_time(browser: Browser, api: Api) -> None:
    for _ in range(5):
        assert browser.sign_in("amina", "wrong").status_code == 422
    locked = browser.sign_in("amina")
    assert (locked.status_code, locked.headers["retry-after"]) == (429, "30")
    assert "1 minute." in locked.text
    api.clock.move(seconds=30)
    assert browser.sign_in("amina", "wrong").status_code == 422
    assert browser.sign_in("amina").headers["retry-after"] == "60"
    assert Browser(api).sign_in("brendan").status_code == 303
    api.clock.move(seconds=60)
    assert browser.sign_in("amina").status_code == 303


def test_an_unknown_address_is_locked_like_a_known_one(browser: Browser) -> None:
    answers = [browser.sign_in("nobody", "wrong").status_code for _ in range(6)]
    assert answers == [422] * 5 + [429]


def test_the_page_asked_for_comes_after_signing_in(browser: Browser) -> None:
    first = browser.get(REFERRAL)
    assert first.status_code == 303
    assert first.headers["location"] == "/staff/sign-in?next=%2Fstaff%2Freferrals%2FTH-7K3M-9QX"
    assert f'name="next" value="{REFERRAL}"' in browser.get(first.headers["location"]).text
    assert browser.sign_in("amina", after=REFERRAL).headers["location"] == REFERRAL
    assert browser.get(first.headers["location"]).headers["location"] == REFERRAL


@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.example", "//evil.example", "/staff/..//evil.example", "/staff/\\evil", "/v1/x"],
)
def test_signing_in_never_leads_elsewhere(browser: Browser, elsewhere: str) -> None:
    assert browser.sign_in("amina", after=elsewhere).headers["location"] == "/staff/"


def test_over_plain_loopback_the_cookie_is_http_only_and_lax(browser: Browser) -> None:
    cookie = browser.sign_in("amina").headers["set-cookie"]
    assert cookie.startswith("doorway_staff=")
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Path=/" in cookie
    assert "Secure" not in cookie.split(",")[0]


def test_a_form_without_its_token_changes_nothing(browser: Browser) -> None:
    fields = {"token": browser.token(), "email": "amina@example.org", "password": PASSWORD}
    for forged in ({**fields, "token": ""}, {**fields, "token": "0" * 64}):
        answer = browser.post("/staff/sign-in", forged)
        assert answer.status_code == 403
        assert "Nothing was changed" in answer.text
    assert browser.get("/staff/").status_code == 303


@pytest.mark.parametrize(
    "headers", [{"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"}]
)
def test_a_form_of_another_site_changes_nothing(browser: Browser, headers: dict[str, str]) -> None:
    fields = {"token": browser.token(), "email": "amina@example.org", "password": PASSWORD}
    assert browser.post("/staff/sign-in", fields, **headers).status_code == 403


def test_a_token_of_the_visit_is_void_once_signed_in(browser: Browser) -> None:
    before = browser.token()
    browser.sign_in("amina")
    assert browser.post("/staff/sign-out", {"token": before}).status_code == 403


def test_signing_out_ends_the_session_on_the_server(signed_in: Visitor, api: Api) -> None:
    amina = signed_in("amina")
    kept = dict(amina.http.cookies)
    out = amina.post("/staff/sign-out", {"token": amina.token("/staff/")})
    assert (out.status_code, out.headers["location"]) == (303, "/staff/sign-in")
    thief = Browser(api)
    thief.http.cookies.update(kept)
    assert thief.get("/staff/").status_code == 303


def test_signing_in_again_ends_the_session_before(signed_in: Visitor, api: Api) -> None:
    amina = signed_in("amina")
    kept, token = dict(amina.http.cookies), amina.token("/staff/")
    fields = {"token": token, "email": "amina@example.org", "password": PASSWORD}
    assert amina.post("/staff/sign-in", fields).status_code == 303
    assert amina.show_code().status_code == 303
    assert amina.get("/staff/").status_code == 200
    thief = Browser(api)
    thief.http.cookies.update(kept)
    assert thief.get("/staff/").status_code == 303


def test_a_session_unused_for_half_an_hour_is_over(signed_in: Visitor, api: Api) -> None:
    amina = signed_in("amina")
    for _ in range(3):
        api.clock.move(minutes=29)
        assert amina.get("/staff/").status_code == 200
    api.clock.move(minutes=30)
    assert amina.get("/staff/").status_code == 303


def test_a_session_is_over_after_twelve_hours_however_it_is_used(
    signed_in: Visitor, api: Api
) -> None:
    amina = signed_in("amina")
    for _ in range(71):
        api.clock.move(minutes=10)
        assert amina.get("/staff/").status_code == 200
    api.clock.move(minutes=10)
    assert amina.get("/staff/").status_code == 303


def test_a_closed_account_is_signed_out_at_once(signed_in: Visitor, api: Api) -> None:
    amina = signed_in("amina")
    sql(api, "UPDATE staff_member SET active = false WHERE id = :id", id=AMINA)
    assert amina.get("/staff/").status_code == 303


def test_the_token_itself_is_not_stored(signed_in: Visitor, api: Api) -> None:
    kept = signed_in("amina").http.cookies["doorway_staff"]
    (row,) = sql(api, "SELECT token_hash FROM staff_session")
    assert kept not in row
    assert len(row[0]) == 64


def test_coming_and_going_is_audited(signed_in: Visitor, api: Api) -> None:
    amina = signed_in("amina")
    amina.post("/staff/sign-out", {"token": amina.token("/staff/")})
    Browser(api).sign_in("amina", "wrong")
    rows = sql(api, "SELECT action FROM audit WHERE subject = 'staff:1' ORDER BY id")
    assert [row[0] for row in rows] == [
        "staff.signed_in",
        "staff.signed_out",
        "staff.sign_in_refused",
    ]


def test_every_page_keeps_to_itself(browser: Browser) -> None:
    answer = browser.get("/staff/sign-in")
    assert "default-src 'self'" in answer.headers["content-security-policy"]
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_sheets_and_scripts_stay_with_the_browser(browser: Browser) -> None:
    page = browser.get("/staff/sign-in").text
    files = re.findall(r'(?:href|src)="(/[^"]+\.(?:css|js|svg))"', page)
    assert {Path(one).name for one in files} >= {"nhsuk.css", "nhsuk.js", "staff.css", "staff.js"}
    for one in files:
        answer = browser.get(one)
        assert answer.status_code == 200
        assert "immutable" in answer.headers["cache-control"]


def test_a_form_too_large_to_be_one_is_refused(browser: Browser) -> None:
    fields = {"token": browser.token(), "email": "x" * 70_000}
    assert browser.post("/staff/sign-in", fields).status_code == 413


@pytest.mark.parametrize("path", ["/staff/nothing", "/staff/sign-out"])
def test_a_page_that_is_not_there_says_so(browser: Browser, path: str) -> None:
    answer = browser.get(path)
    assert answer.status_code == 404
    assert "We cannot show you this" in answer.text


def test_what_no_database_can_keep_is_no_address(browser: Browser) -> None:
    assert browser.sign_in("amina\0").status_code == 422


def test_who_signs_out_twice_has_signed_out_once(signed_in: Visitor, api: Api) -> None:
    amina = signed_in("amina")
    token, cookies = amina.token("/staff/"), dict(amina.http.cookies)
    for _ in range(2):
        amina.http.cookies.update(cookies)
        assert amina.post("/staff/sign-out", {"token": token}).status_code == 303
    noted = sql(api, "SELECT actor FROM audit WHERE action = 'staff.signed_out'")
    assert len(noted) == 1
