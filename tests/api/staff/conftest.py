"""The staff pages of a running api, and a browser for whoever looks at them."""

from collections.abc import Callable

import pytest

from tests.support.caseload import SAFE, referred
from tests.support.intake_api import Api
from tests.support.staff_browser import Browser, give_passwords
from tests.support.workdesk import Desk

Visitor = Callable[[str], Browser]


@pytest.fixture
def signed_in(api: Api) -> Visitor:
    """A browser in which the person of that name is signed in."""
    give_passwords(api)

    def visit(name: str) -> Browser:
        browser = Browser(api)
        assert browser.sign_in(name).status_code == 303
        return browser

    return visit


@pytest.fixture
def browser(api: Api) -> Browser:
    """A browser in which nobody is signed in."""
    give_passwords(api)
    return Browser(api)


@pytest.fixture
def amina(signed_in: Visitor, api: Api) -> Desk:
    """Amina, at a referral of her practice."""
    return Desk(signed_in("amina"), referred(api, contact=SAFE))
