"""Signing in and out."""

import math
from datetime import timedelta

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from api.domain.errors import RefusedError
from api.services.signin import Attempt, TooManyTriesError
from api.staff.visit import SIGN_IN, form, office, own_page, page, token, visitor
from common.runtime.addresses import network

WRONG = "That e-mail address and password do not go together. Please try again."


async def show_sign_in(request: Request) -> Response:
    """The form; whoever is signed in already goes on."""
    asked = own_page(request.query_params.get("next", ""))
    if await visitor(request) is not None:
        return RedirectResponse(asked, 303)
    return _sign_in_page(request, asked)


async def sign_in(request: Request) -> Response:
    """Let in whoever knows the password, and on to the page they asked for."""
    fields = await form(request)
    asked = own_page(fields.get("next", ""))
    email, password = fields.get("email", ""), fields.get("password", "")
    address = network(request)
    try:
        given = await office(request).sign_in.sign_in(Attempt(email, password, address))
    except RefusedError:
        return _sign_in_page(request, asked, error=WRONG, email=email, status=422)
    except TooManyTriesError as refusal:
        return _wait(request, refusal.wait)
    if before := token(request):  # nobody could end that session any more
        await office(request).sign_in.sign_out(before)
    response = RedirectResponse(asked, 303)
    office(request).set_cookie(response, "staff", given)
    office(request).drop_cookie(response, "visit")
    return response


async def sign_out(request: Request) -> Response:
    """End the session on the server, then in the browser."""
    await form(request)
    await office(request).sign_in.sign_out(token(request))
    response = RedirectResponse(SIGN_IN, 303)
    office(request).drop_cookie(response, "staff")
    return response


def _sign_in_page(
    request: Request, asked: str, *, error: str = "", email: str = "", status: int = 200
) -> Response:
    return page(request, "sign_in.html", status=status, asked=asked, error=error, email=email)


def _wait(request: Request, wait: timedelta) -> Response:
    minutes = math.ceil(wait / timedelta(minutes=1))
    response = page(
        request,
        "message.html",
        status=429,
        heading="Please wait a little",
        lines=(
            "There were too many tries with a wrong password.",
            f"Please try again in {minutes} minute{'' if minutes == 1 else 's'}.",
        ),
    )
    response.headers["retry-after"] = str(math.ceil(wait.total_seconds()))
    return response
