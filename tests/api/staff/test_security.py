"""One's own account: what is open and can be shut, and what asks for the password again."""

import re

import pytest
from httpx2 import Response

from api.domain.door import Occasion
from api.services import apps
from tests.api.staff.conftest import Visitor
from tests.support.intake_api import AMINA, Api
from tests.support.staff_browser import PASSWORD, SECOND, Browser, sql

pytestmark = pytest.mark.any_store

HERE = "/staff/you/security"
NEW = "three green boats"


def send(browser: Browser, path: str, **fields: str) -> Response:
    return browser.post(f"{HERE}/{path}", {"token": browser.token(HERE), **fields})


def with_app(browser: Browser, api: Api, **changes: str) -> Response:
    """Set up another app."""
    page = browser.get(f"{HERE}/app").text
    offer = re.search(r'name="offered" value="([0-9a-f]+)"', page)
    key = re.search(r'<code class="key">([A-Z2-7 ]+)</code>', page)
    assert offer is not None
    assert key is not None
    code = apps.code_at(key[1].replace(" ", ""), api.clock())
    fields = {"offered": offer[1], "code": code, "password": PASSWORD, **changes}
    return send(browser, "app", **fields)


def test_ones_own_pages_are_found_from_the_frame(signed_in: Visitor) -> None:
    amina = signed_in("amina")
    assert 'href="/staff/you"' in amina.get("/staff/").text
    assert f'href="{HERE}"' in amina.get("/staff/you").text
    assert 'href="/staff/you/leave"' in amina.get("/staff/you").text
    assert 'href="/staff/you/leave"' not in signed_in("kofi").get("/staff/you").text


def test_every_browser_is_listed_and_one_can_be_shut(signed_in: Visitor) -> None:
    here, other = signed_in("amina"), signed_in("amina")
    page = here.get(HERE).text
    assert page.count("<strong>This browser</strong>") == 1
    assert page.count("<strong>Another browser</strong>") == 1
    assert "with a code from your app" in page
    (key,) = re.findall(r'name="session" value="(\w+)"', page)
    assert send(here, "session", session=key).status_code == 303
    assert other.get("/staff/").status_code == 303
    assert here.get("/staff/").status_code == 200


def test_nobody_shuts_a_colleagues_browser(signed_in: Visitor, api: Api) -> None:
    amina, brendan = signed_in("amina"), signed_in("brendan")
    rows = sql(api, "SELECT token_hash FROM staff_session WHERE staff_id = 2")
    assert send(amina, "session", session=rows[0][0]).status_code == 303
    assert brendan.get("/staff/").status_code == 200


def test_signing_out_everywhere_is_everywhere(signed_in: Visitor) -> None:
    here, other, brendan = signed_in("amina"), signed_in("amina"), signed_in("brendan")
    kept = dict(here.http.cookies)
    assert send(here, "everywhere").headers["location"] == "/staff/sign-in?said=everywhere"
    here.http.cookies.update(kept)
    assert [one.get("/staff/").status_code for one in (here, other, brendan)] == [303, 303, 200]


def test_another_password_shuts_all_other_browsers(signed_in: Visitor, api: Api) -> None:
    here, other = signed_in("amina"), signed_in("amina")
    half = Browser(api)
    half.knock("amina")
    assert send(here, "password", password=PASSWORD, new=NEW).status_code == 303
    assert here.get("/staff/").status_code == 200
    assert other.get("/staff/").status_code == 303
    assert half.get(SECOND).status_code == 303
    assert api.next_letter()[0].occasion is Occasion.PASSWORD_CHANGED
    assert Browser(api).sign_in("amina").status_code == 422
    assert Browser(api).sign_in("amina", NEW).status_code == 303


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("password", {"new": NEW}),
        ("app", {"code": "000000"}),
        ("codes", {}),
        ("remove", {"what": "app"}),
        ("passkey", {"answer": "{}"}),
    ],
)
def test_what_matters_asks_for_the_password_again(
    signed_in: Visitor, path: str, fields: dict[str, str]
) -> None:
    amina = signed_in("amina")
    answer = send(amina, path, password="wrong", **fields)
    assert answer.status_code == 422
    assert "That is not your password." in answer.text


def test_whoever_sits_at_an_open_browser_cannot_guess_on(signed_in: Visitor) -> None:
    amina = signed_in("amina")
    answers = [send(amina, "codes", password="wrong").status_code for _ in range(6)]
    assert answers == [422] * 5 + [429]


def test_a_poor_new_password_is_told_at_its_field(signed_in: Visitor) -> None:
    answer = send(signed_in("amina"), "password", password=PASSWORD, new="short")
    assert answer.status_code == 422
    assert 'href="#new"' in answer.text


def test_another_app_takes_the_place_of_the_first(signed_in: Visitor, api: Api) -> None:
    amina = signed_in("amina")
    assert with_app(amina, api).status_code == 303
    assert api.next_letter()[0].occasion is Occasion.FACTORS_CHANGED
    again = Browser(api)
    assert again.sign_in("amina").status_code == 422, "the old app's code"
    assert sql(api, "SELECT count(*) FROM staff_totp WHERE staff_id = :id", id=AMINA) == [(1,)]


def test_a_wrong_code_of_the_new_app_keeps_the_old_one(signed_in: Visitor, api: Api) -> None:
    amina = signed_in("amina")
    answer = with_app(amina, api, code="000000")
    assert answer.status_code == 422
    assert "not the code that your app shows" in answer.text
    assert Browser(api).sign_in("amina").status_code == 303


def test_the_only_second_step_stays(signed_in: Visitor) -> None:
    amina = signed_in("amina")
    assert amina.get(f"{HERE}/remove?what=app").status_code == 200
    for what in ("app", "no-such-passkey"):
        status = send(amina, "remove", what=what, password=PASSWORD).status_code
        assert status == (422 if what == "app" else 404)
    assert "Set up 2" in amina.get(HERE).text


def test_new_recovery_codes_are_shown_once(signed_in: Visitor, api: Api) -> None:
    amina = signed_in("amina")
    first = re.findall(
        r"<code>([0-9A-Z-]{14})</code>", send(amina, "codes", password=PASSWORD).text
    )
    page = send(amina, "codes", password=PASSWORD).text
    second = re.findall(r"<code>([0-9A-Z-]{14})</code>", page)
    assert (len(first), len(second)) == (10, 10)
    assert "10 left" in amina.get(HERE).text
    for code, status in ((first[0], 422), (second[0], 303)):
        browser = Browser(api)
        browser.knock("amina")
        fields = {"token": browser.token(SECOND), "recovery": code}
        assert browser.post("/staff/sign-in/recovery", fields).status_code == status


def test_where_we_have_no_name_passkeys_are_not_offered(signed_in: Visitor) -> None:
    amina = signed_in("amina")
    assert "Add a passkey" not in amina.get(HERE).text
    assert "cannot be used at this address" in amina.get(f"{HERE}/passkey").text
    answer = send(amina, "passkey", password=PASSWORD, answer="{}")
    assert "could not be used" in answer.text
