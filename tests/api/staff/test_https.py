"""Over https the cookies are bound to this very host."""

from dataclasses import replace

import pytest
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.testclient import TestClient

from api.staff.site import staff_site
from tests.support.intake_api import Api

pytestmark = pytest.mark.any_store


def test_over_https_cookies_are_bound_to_the_host(api: Api) -> None:
    desk = replace(api.desk, public_url="https://doorway.example/")
    site = Starlette(routes=[Mount("/staff", staff_site(desk))])
    with TestClient(site, base_url="https://doorway.example") as client:
        answer = client.get("/staff/sign-in")
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("__Host-doorway_visit=")
    assert "Secure" in cookie
    assert "Domain" not in cookie
    assert "max-age" in answer.headers["strict-transport-security"]
