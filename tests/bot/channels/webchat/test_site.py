"""Whose visit it is, in which language, and whether a form is one of ours."""

import pytest
from starlette.requests import Request
from starlette.responses import Response

from bot.channels.webchat.site import Site, hint, is_own_form, mark_left, visit
from tests.support.talks import TalkPlace, site

SECRET = "s" * 43
OURS = "https://doorway.example"


def request(cookies: str = "", **headers: str) -> Request:
    named = {"cookie": cookies, **{name.replace("_", "-"): one for name, one in headers.items()}}
    raw = [(name.encode(), one.encode("latin-1")) for name, one in named.items() if one]
    return Request({"type": "http", "headers": raw})


def own(page: Site, **headers: str) -> bool:
    """Whether the form of a page with the cookie and its token is taken as ours."""
    visitor = visit(request(f"__Host-doorway_talk={SECRET}"), page)
    return is_own_form(request(**headers), visitor, visitor.token)


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("", "en"),
        ("bn", "bn"),
        ("bn-BD,bn;q=0.9,en;q=0.8", "bn"),
        ("en-GB,en;q=0.9,bn;q=0.8", "en"),
        ("BN-bd", "bn"),
        (" bn ; q=1 , en", "bn"),
        ("xx, yy;q=0.9, bn;q=0.1", "bn"),
        ("xx,yy", "en"),
        ("*", "en"),
        (",,;,-,q=1", "en"),
        ("bnx", "en"),
        ("xx," * 10 + "bn", "en"),
        ("bn" * 5000, "en"),
    ],
)
def test_the_browser_says_which_language(accepted: str, language: str) -> None:
    assert hint(accepted, ("en", "bn")) == language


async def test_a_cookie_is_known_by_its_shape_and_names_one_talk(place: TalkPlace) -> None:
    page = site(place.talks)
    known = visit(request(f"__Host-doorway_talk={SECRET}"), page)
    assert (known.known, known.secret, known.left) == (True, SECRET, False)
    assert known.conversation == visit(request(f"__Host-doorway_talk={SECRET}"), page).conversation
    assert SECRET not in known.conversation + known.token
    for given in ("", "__Host-doorway_talk=short", f"__Host-doorway_talk={SECRET}x", "a=b"):
        new = visit(request(given), page)
        assert not new.known
        assert len(new.secret) == 43
        assert new.conversation != known.conversation


async def test_over_https_the_cookie_is_bound_to_this_host(place: TalkPlace) -> None:
    given = {}
    for url in (OURS, "http://127.0.0.1:8080"):
        answer = Response()
        visit(request(), site(place.talks, url)).keep(answer)
        name, _, rest = answer.headers["set-cookie"].partition("=")
        given[name] = {one.strip().lower() for one in rest.split(";")[1:]}
    kept = {"httponly", "max-age=604800", "path=/", "samesite=lax"}
    assert given == {"__Host-doorway_talk": {*kept, "secure"}, "doorway_talk": kept}


async def test_only_the_page_of_this_very_browser_makes_a_form(place: TalkPlace) -> None:
    page = site(place.talks)
    assert own(page)  # a browser too old to say where it comes from
    assert own(page, sec_fetch_site="same-origin", origin=OURS)
    assert own(page, origin=OURS)
    for headers in (
        {"sec_fetch_site": "cross-site"},
        {"sec_fetch_site": "same-site"},
        {"origin": "https://elsewhere.example"},
        {"origin": "null"},
        {"origin": "http://doorway.example"},
    ):
        assert not own(page, **headers)
    mine = visit(request(f"__Host-doorway_talk={SECRET}"), page)
    for token in ("", mine.token[:-1], "0" * 64, "ü"):
        assert not is_own_form(request(), mine, token)
    fresh = visit(request(), page)
    assert not is_own_form(request(), fresh, fresh.token)


async def test_leaving_takes_the_cookie_away_and_is_remembered_for_an_hour(
    place: TalkPlace,
) -> None:
    page, answer = site(place.talks, "http://127.0.0.1:8080"), Response()
    mark_left(visit(request(f"doorway_talk={SECRET}"), page), answer)
    talk, left = answer.headers.getlist("set-cookie")
    assert talk.startswith('doorway_talk="";')
    assert "Max-Age=0" in talk
    assert left.startswith("doorway_left=1;")
    assert "Max-Age=3600" in left
    assert visit(request("doorway_left=1"), page).left
