"""The frame around every page: who we are, the places there are, and nothing of NHS.UK's own."""

import re

import pytest
from jinja2 import UndefinedError
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from api.domain.staff import Role, StaffMember
from api.staff.places import PLACES, Way, ways
from api.staff.rendering import PAGES
from tests.api.staff.conftest import Visitor
from tests.support.staff_browser import Browser

pytestmark = pytest.mark.any_store


async def _page(_request: Request) -> Response:
    return PlainTextResponse("")


def _asked(path: str, *routes: str) -> Request:
    app = Starlette(routes=[Route(one, _page) for one in routes])
    return Request({"type": "http", "path": f"/staff{path}", "headers": [], "app": app})


def _member(role: Role) -> StaffMember:
    return StaffMember(1, "Amina", "amina@example.org", role, "")


def _shown(role: Role, path: str, *routes: str) -> list[Way]:
    return ways(_asked(path, *routes), _member(role), {"/": 3}, PLACES)


def test_only_pages_that_are_there_are_shown() -> None:
    shown = _shown(Role.COORDINATOR, "/", "/", "/directory", "/referrals/{reference}")
    assert [one.href for one in shown] == ["/staff/", "/staff/directory"]


def test_nobody_is_shown_what_is_not_their_business() -> None:
    everything = [one.path for one in PLACES]
    for role in Role:
        shown = {one.href for one in _shown(role, "/", *everything)}
        assert ("/staff/people" in shown) is (role is Role.MANAGER)
        assert ("/staff/directory" in shown) is (role is not Role.PRESCRIBER)
        assert "/staff/" in shown


@pytest.mark.parametrize(
    ("path", "current"),
    [
        ("/", "/staff/"),
        ("/referrals/TH-7K3M-9QX", "/staff/"),
        ("/directory/new", "/staff/directory"),
    ],
)
def test_where_one_is_is_marked(path: str, current: str) -> None:
    shown = _shown(Role.COORDINATOR, path, "/", "/directory")
    assert [one.href for one in shown if one.current] == [current]


def test_how_many_wait_is_said_where_it_is_known() -> None:
    shown = _shown(Role.COORDINATOR, "/", "/", "/directory")
    assert [one.waiting for one in shown] == [3, None]


def test_what_is_not_ours_is_not_on_the_page(signed_in: Visitor) -> None:
    page = signed_in("kofi").get("/staff/").text
    assert "NHS" not in re.sub(r"nhsuk|NHSUK", "", page)
    assert "Kofi" in page
    assert '<a class="nhsuk-header__navigation-link" href="/staff/" aria-current="page">' in page


def test_before_signing_in_there_is_nowhere_to_go(browser: Browser) -> None:
    page = browser.get("/staff/sign-in").text
    assert "<nav" not in page
    assert "Sign out" not in page


def test_a_template_of_ours_may_name_nothing_that_is_not_there() -> None:
    with pytest.raises(UndefinedError):
        PAGES.from_string("{{ nothing }}").render()
    button = '{% from "nhsuk/components/button/macro.jinja" import button %}'
    assert (
        "Go &lt;on&gt;" in PAGES.from_string(button + '{{ button({"text": "Go <on>"}) }}').render()
    )
