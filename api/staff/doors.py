"""Signing in by e-mail and password, up to the second step, and signing out."""

import math
from datetime import timedelta

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from api.domain.errors import RefusedError
from api.services.signin import Attempt, TooManyTriesError
from api.staff.visit import SIGN_IN, form, office, own_page, page, token, visitor
from common.runtime.addresses import network

WRONG = "That e-mail address and password do not go together. Please try again."
SECOND = f"{SIGN_IN}/second"
NOTICES = {
    "password": "Your new password is set. Please sign in with it.",
    "everywhere": "You are signed out everywhere.",
    "late": "That took too long, or was tried too often. Please start again.",
    "organisation": (
        "Your organisation's sign-in did not let you in here. "
        "Please try again, or ask your manager whether you have an account."
    ),
}


async def show_sign_in(request: Request) -> Response:
    """The form; whoever is signed in already goes on."""
    asked = own_page(request.query_params.get("next", ""))
    if await visitor(request) is not None:
        return RedirectResponse(asked, 303)
    return _sign_in_page(request, asked)


async def sign_in(request: Request) -> Response:
    """Send whoever knows the password on to the second step."""
    fields = await form(request)
    asked = own_page(fields.get("next", ""))
    email, password = fields.get("email", ""), fields.get("password", "")
    attempt = Attempt(email, password, network(request), asked)
    try:
        half_open = await office(request).sign_in.sign_in(attempt)
    except RefusedError:
        return _sign_in_page(request, asked, error=WRONG, email=email, status=422)
    except TooManyTriesError as refusal:
        return wait(request, refusal.wait)
    response = RedirectResponse(SECOND, 303)
    office(request).set_cookie(response, "entry", half_open)
    return response


async def sign_out(request: Request) -> Response:
    """End the session on the server, then in the browser."""
    await form(request)
    await office(request).sign_in.sign_out(token(request))
    response = RedirectResponse(SIGN_IN, 303)
    office(request).drop_cookie(response, "staff")
    return response


async def let_in(request: Request, response: Response, given: str) -> Response:
    """Give the browser its session, which it never had before, and end the one it had."""
    if before := token(request):  # nobody could end that session any more
        await office(request).sign_in.sign_out(before)
    office(request).set_cookie(response, "staff", given)
    for name in ("visit", "entry"):
        office(request).drop_cookie(response, name)
    return response


def wait(
    request: Request, how_long: timedelta, what: str = "tries with a wrong password"
) -> Response:
    """Ask whoever guesses to wait."""
    minutes = math.ceil(how_long / timedelta(minutes=1))
    response = page(
        request,
        "message.html",
        status=429,
        heading="Please wait a little",
        lines=(
            f"There were too many {what}.",
            f"Please try again in {minutes} minute{'' if minutes == 1 else 's'}.",
        ),
    )
    response.headers["retry-after"] = str(math.ceil(how_long.total_seconds()))
    return response


def _sign_in_page(
    request: Request, asked: str, *, error: str = "", email: str = "", status: int = 200
) -> Response:
    organisation = office(request).organisation
    return page(
        request,
        "sign_in.html",
        status=status,
        asked=asked,
        error=error,
        email=email,
        notice="" if error else NOTICES.get(request.query_params.get("said", ""), ""),
        organisation=organisation.label if organisation else "",
    )


routes = [
    Route("/sign-in", show_sign_in, methods=["GET"]),
    Route("/sign-in", sign_in, methods=["POST"]),
    Route("/sign-out", sign_out, methods=["POST"]),
]
