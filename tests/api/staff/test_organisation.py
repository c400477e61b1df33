"""Signing in with another house's account, at a real OpenID provider in a process of its own."""

import json
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any
from urllib.parse import urlsplit

import httpx2
import pytest
from pydantic import SecretStr

from api.domain.staff import Role
from api.persistence import people
from tests.support.intake_api import AMINA, Api, running_api
from tests.support.provider import CLIENT, SECRET, running_provider
from tests.support.staff_browser import SECOND, Browser, give_passwords, sql

LEAVE = "/staff/sign-in/organisation"
REFUSED = "/staff/sign-in?said=organisation"
EMAIL = {"email": "Amina@example.org", "email_verified": True}

Begin = Callable[..., Api]


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    with running_provider() as address:
        yield address


@pytest.fixture
def house(issuer: str) -> Iterator[Api]:
    """An api that takes the provider's accounts as the first step."""
    with _running(issuer) as api:
        yield api


@pytest.fixture
def trusting(issuer: str) -> Iterator[Api]:
    """One for which a smartcard at the provider is proof enough."""
    with _running(issuer, oidc_proof="amr=N3_SMARTCARD,id_assurance_level=3") as api:
        yield api


def _running(issuer: str, **more: Any) -> Any:  # noqa: ANN401 settings, and a context manager
    return running_api(
        oidc_issuer=issuer,
        oidc_client_id=CLIENT,
        oidc_client_secret=SecretStr(SECRET),
        oidc_label="CIS2",
        **more,
    )


def away(browser: Browser, page: str = "/staff/") -> str:
    """Go to the provider; the address there."""
    return str(browser.get(f"{LEAVE}?next={page}").headers["location"])


def back(address: str, api: Api, **claims: Any) -> str:  # noqa: ANN401 any JSON
    """Be somebody at the provider; the path that it sends the browser back to."""
    now = int(api.clock().timestamp())
    said = {"sub": "number-1", "iat": now, "exp": now + 300, **claims}
    with httpx2.Client(trust_env=False) as client:
        answer = client.post(address, data={"claims": json.dumps(said)})
    parts = urlsplit(answer.headers["location"])
    return f"{parts.path}?{parts.query}"


def arrive(browser: Browser, api: Api, **claims: Any) -> str:  # noqa: ANN401 any JSON
    """There and back; where that leads."""
    return str(browser.get(back(away(browser), api, **claims)).headers["location"])


@pytest.mark.any_store
def test_without_settings_there_is_no_such_way(api: Api) -> None:
    browser = Browser(api)
    assert LEAVE not in browser.get("/staff/sign-in").text
    for path in (LEAVE, f"{LEAVE}/back?code=x&state=y"):
        assert browser.get(path).status_code == 404


def test_the_button_leads_there_with_all_that_keeps_it_safe(house: Api, issuer: str) -> None:
    browser = Browser(house)
    assert "Sign in with CIS2" in browser.get("/staff/sign-in").text
    address = urlsplit(away(browser))
    assert f"{address.scheme}://{address.netloc}" == issuer
    asked = httpx2.QueryParams(address.query)
    assert asked["code_challenge_method"] == "S256"
    assert asked["redirect_uri"] == f"http://127.0.0.1:8000{LEAVE}/back"
    assert len({asked["state"], asked["nonce"], asked["code_challenge"]}) == 3
    assert asked["state"] not in browser.http.cookies["doorway_errand"]


def test_our_second_step_is_still_asked_for(house: Api) -> None:
    give_passwords(house)
    browser = Browser(house)
    browser.email = "amina@example.org"
    page = "/staff/referrals/TH-7K3M-9QX"
    answer = browser.get(back(away(browser, page), house, **EMAIL))
    assert answer.headers["location"] == SECOND
    assert browser.get("/staff/").status_code == 303
    assert browser.show_code().headers["location"] == page
    assert "Amina" in browser.get("/staff/").text


def test_enough_proof_opens_at_once(trusting: Api) -> None:
    browser = Browser(trusting)
    proof = {"amr": ["N3_SMARTCARD"], "id_assurance_level": 3}
    assert arrive(browser, trusting, **EMAIL, **proof) == "/staff/"
    assert "with your organisation" in browser.get("/staff/you/security").text


@pytest.mark.parametrize(
    "proof", [{}, {"amr": ["PWD"], "id_assurance_level": 3}, {"amr": ["N3_SMARTCARD"]}]
)
def test_too_little_proof_opens_nothing(trusting: Api, proof: dict[str, object]) -> None:
    browser = Browser(trusting)
    assert arrive(browser, trusting, **EMAIL, **proof) == REFUSED
    assert "did not let you in" in browser.get(REFUSED).text
    assert browser.get("/staff/").status_code == 303
    assert browser.get(SECOND).status_code == 303


def test_the_e_mail_address_may_stand_in_the_details(house: Api) -> None:
    details = {"sub": "number-1", **EMAIL}
    assert arrive(Browser(house), house, _userinfo=details) == SECOND


@pytest.mark.parametrize(
    "claims",
    [
        {"email": "nobody@example.org", "email_verified": True},
        {"email": "amina@example.org"},
        {"email": "amina@example.org", "email_verified": "true"},
        {},
        {"_userinfo": {"sub": "another", **EMAIL}},
        {**EMAIL, "nonce": "another"},
        {**EMAIL, "aud": "another"},
        {**EMAIL, "aud": [CLIENT, "another"]},
        {**EMAIL, "iss": "http://127.0.0.1:1"},
        {**EMAIL, "exp": 1},
        {**EMAIL, "_key": "other"},
    ],
)
def test_what_is_not_true_or_means_nobody_here_opens_nothing(
    house: Api, claims: dict[str, Any]
) -> None:
    assert arrive(Browser(house), house, **claims) == REFUSED
    assert sql(house, "SELECT count(*) FROM staff_entry") == [(0,)]
    assert sql(house, "SELECT count(*) FROM staff_member") == [(4,)], "nobody is made"


def test_the_number_counts_once_it_is_known(house: Api) -> None:
    assert arrive(Browser(house), house, **EMAIL) == SECOND
    assert arrive(Browser(house), house, email="other@example.org") == SECOND
    entered = sql(house, "SELECT DISTINCT staff_id FROM staff_entry")
    assert entered == [(AMINA,)]
    assert arrive(Browser(house), house, **{**EMAIL, "sub": "number-2"}) == REFUSED


def test_who_has_left_does_not_come_in_by_this_way_either(trusting: Api) -> None:
    trusting.write(partial(people.set_active, staff_id=AMINA, active=False))
    proof = {"amr": ["N3_SMARTCARD"], "id_assurance_level": 3}
    assert arrive(Browser(trusting), trusting, **EMAIL, **proof) == REFUSED


def test_what_comes_back_belongs_to_the_browser_that_left(house: Api) -> None:
    victim, attacker = Browser(house), Browser(house)
    ready = back(away(attacker), house, **EMAIL)
    assert victim.get(ready).headers["location"] == REFUSED, "never left"
    away(victim)
    assert victim.get(ready).headers["location"] == REFUSED, "left for something else"
    assert attacker.get(ready).headers["location"] == SECOND
    assert attacker.get(ready).headers["location"] == REFUSED, "once is enough"


def test_ten_minutes_away_is_too_long(house: Api) -> None:
    browser = Browser(house)
    ready = back(away(browser), house, **EMAIL)
    house.clock.move(minutes=10)
    assert browser.get(ready).headers["location"] == REFUSED


def test_a_provider_that_is_away_is_said_so() -> None:
    with _running("http://127.0.0.1:9") as api:
        assert Browser(api).get(LEAVE).headers["location"] == REFUSED


def test_an_answer_in_the_name_of_another_provider_is_refused(house: Api) -> None:
    browser = Browser(house)
    ready = back(away(browser), house, **EMAIL)
    mixed = f"{ready}&iss=http%3A%2F%2Felsewhere.example"
    assert browser.get(mixed).headers["location"] == REFUSED


def test_going_away_leads_back_to_our_own_pages_only(trusting: Api) -> None:
    browser = Browser(trusting)
    proof = {"amr": ["N3_SMARTCARD"], "id_assurance_level": 3}
    ready = back(away(browser, "//evil.example"), trusting, **EMAIL, **proof)
    assert browser.get(ready).headers["location"] == "/staff/"
    roles = sql(trusting, "SELECT role FROM staff_member WHERE id = 1")
    assert roles == [(Role.PRESCRIBER.value,)]
