"""A visit: who is asking, their cookies, their form's token, and the page they get."""

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode, urlsplit

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.domain.errors import NotFoundError
from api.domain.staff import Origin, Role, StaffMember, Way
from api.services import inbox, unread
from api.services.desk import Desk
from api.services.newpassword import NewPassword
from api.services.organisation import Organisation
from api.services.ownaccount import OwnAccount
from api.services.secondstep import SecondStep
from api.services.signin import SignIn
from api.staff.places import PLACES, YOU, ways
from api.staff.rendering import render
from common.runtime.addresses import network
from common.runtime.web import (
    cookie_name,
    csrf_token,
    csrf_valid,
    form_texts,
    form_with_file,
    from_elsewhere,
)

HOME = "/staff/"
SIGN_IN = "/staff/sign-in"
BOXES = 200  # fields of a form with a box for each language, or for each colleague
# Only ever a page of our own: letters, digits, hyphens and underlines below /staff.
OWN_PAGE = re.compile(r"/staff(/[A-Za-z0-9_-]+)*/?")


class ForgedError(Exception):
    """A form did not come from a page of ours that is still valid."""


@dataclass(frozen=True, slots=True)
class Office:
    """What the pages work with; `organisation` is the sign-in of another house, if there is one."""

    desk: Desk
    sign_in: SignIn
    second: SecondStep
    account: OwnAccount
    password: NewPassword
    organisation: Organisation | None = None

    @property
    def https(self) -> bool:
        """Whether staff reach us over https: cookies are then bound to it."""
        return self.desk.public_url.startswith("https://")

    @property
    def origin(self) -> str:
        """Where our own forms come from."""
        parts = urlsplit(self.desk.public_url)
        return f"{parts.scheme}://{parts.netloc}"

    def cookie(self, name: str) -> str:
        """A cookie's full name."""
        return cookie_name(f"doorway_{name}", https=self.https)

    def set_cookie(self, response: Response, name: str, value: str) -> None:
        """Give the browser a secret for as long as it stays open."""
        # Lax, not Strict: the link in an e-mail must find its reader signed in.
        response.set_cookie(
            self.cookie(name), value, httponly=True, samesite="lax", secure=self.https, path="/"
        )

    def drop_cookie(self, response: Response, name: str) -> None:
        """Have the browser forget a secret."""
        response.delete_cookie(
            self.cookie(name), path="/", secure=self.https, httponly=True, samesite="lax"
        )


def office(request: Request) -> Office:
    """The office that this request came to."""
    found: Office = request.app.state.office
    return found


def token(request: Request) -> str:
    """The session's token, empty when the browser has none."""
    return request.cookies.get(office(request).cookie("staff"), "")


def half_token(request: Request) -> str:
    """The token of who still owes the second factor, empty when the browser has none."""
    return request.cookies.get(office(request).cookie("entry"), "")


async def visitor(request: Request, *, by_itself: bool = False) -> StaffMember | None:
    """Who is signed in; None when nobody is. `by_itself`: a page asks, and perhaps nobody is there.

    What waits for them is noted for the frame of the page that they are shown.
    """
    given = token(request)
    if not given:
        return None
    member = await office(request).sign_in.visitor(given, by_itself=by_itself)
    if member is not None and not by_itself and request.method == "GET":
        desk = office(request).desk
        request.state.waiting = {
            "/": await inbox.waiting(desk, member.asker),
            "/texts": (await unread.counts(desk, member.asker)).unread,
        }
    return member and replace(member, origin=Origin(Way.PAGE, network(request)))


def require(member: StaffMember, *roles: Role) -> None:
    """Go on only when this is something for their role: to all others it does not exist.

    Raises:
        NotFoundError: it is not for them.
    """
    if member.role not in roles:
        raise NotFoundError


async def form(request: Request, most: int = BOXES) -> Mapping[str, str]:
    """A form's fields, `most` of them, when it came from a page of ours.

    Raises:
        ForgedError: it did not.
    """
    fields, _ = _ours(request, (await form_texts(request, most), b""))
    return fields


async def form_with_upload(request: Request, most: int = BOXES) -> tuple[Mapping[str, str], bytes]:
    """The same with the one file that the form may bring.

    Raises:
        ForgedError: it did not come from a page of ours.
    """
    return _ours(request, await form_with_file(request, most))


def _ours(
    request: Request, brought: tuple[Mapping[str, str], bytes]
) -> tuple[Mapping[str, str], bytes]:
    fields, _ = brought
    elsewhere = from_elsewhere(request.headers, office(request).origin)
    if elsewhere or not csrf_valid(_secret(request), fields.get("token", "")):
        raise ForgedError
    return brought


def page(
    request: Request,
    template: str,
    *,
    status: int = 200,
    member: StaffMember | None = None,
    **words: object,
) -> Response:
    """A page; a browser that has no secret yet is given one for the forms on it.

    A template is given `words`, `member`, `form_token` and what its frame shows.
    """
    secret = _secret(request) or secrets.token_urlsafe(32)
    frame = {"member": member, "form_token": csrf_token(secret), **_frame(request, member)}
    response = HTMLResponse(render(template, **words, **frame), status)
    if not _secret(request):
        office(request).set_cookie(response, "visit", secret)
    return response


def _frame(request: Request, member: StaffMember | None) -> Mapping[str, object]:
    """What stands around every page: the ways to others, and what waits there."""
    if member is None:
        return {"ways": [], "you": []}
    waiting: Mapping[str, int] = getattr(request.state, "waiting", {})
    return {
        "ways": ways(request, member, waiting, PLACES),
        "you": ways(request, member, {}, [YOU]),
    }


def to_sign_in(request: Request) -> Response:
    """Sign in first, then come back to the page that was asked for."""
    asked = urlencode({"next": own_page(request.url.path)})
    return RedirectResponse(f"{SIGN_IN}?{asked}", 303)


def own_page(path: str) -> str:
    """The path, if it is a page of ours to go on to; else the list."""
    return path if OWN_PAGE.fullmatch(path) and not path.startswith(SIGN_IN) else HOME


def _secret(request: Request) -> str:
    """To what the form's token is bound: the session, or before it the half-open door or visit."""
    visit = request.cookies.get(office(request).cookie("visit"), "")
    return token(request) or half_token(request) or visit
