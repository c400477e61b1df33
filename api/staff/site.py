"""The staff site as one application, to be mounted at /staff."""

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.types import ASGIApp

from api.domain.errors import NotFoundError
from api.services.desk import Desk
from api.services.signin import SignIn
from api.staff import audit, closing, colleagues, directory, requests, retention
from api.staff.doors import show_sign_in, sign_in, sign_out
from api.staff.referrals import not_here, show_list, show_referral
from api.staff.rendering import STATIC
from api.staff.visit import ForgedError, Office, page, visitor
from common.runtime.web import BodyLimit, SecurityHeaders

FORM_LIMIT = 16 * 1024  # bytes


def staff_site(desk: Desk) -> ASGIApp:
    """The site over this desk, with its own safety headers and size limit."""
    site = Starlette(
        routes=[
            Route("/", show_list),
            Route("/sign-in", show_sign_in, methods=["GET"]),
            Route("/sign-in", sign_in, methods=["POST"]),
            Route("/sign-out", sign_out, methods=["POST"]),
            Route("/referrals/{reference}", show_referral),
            *audit.routes,
            *colleagues.routes,
            *directory.routes,
            *closing.routes,
            *requests.routes,
            *retention.routes,
            Mount("/static", STATIC.app),
        ],
        exception_handlers={
            ForgedError: _forged,
            NotFoundError: _absent,
            404: _absent,
            405: _absent,
            Exception: _broken,
        },
    )
    office = Office(desk, SignIn(desk))
    site.state.office = office
    return SecurityHeaders(BodyLimit(site, limit=FORM_LIMIT), https=office.https)


async def _forged(request: Request, _error: Exception) -> Response:
    lines = (
        "The page was open for too long, or the form did not come from here.",
        "Nothing was changed. Please go back, load the page again, and try once more.",
    )
    heading = "Please try once more"
    return page(request, "message.html", status=403, heading=heading, lines=lines)


async def _absent(request: Request, _error: Exception) -> Response:
    return not_here(request, await visitor(request))


async def _broken(request: Request, _error: Exception) -> Response:
    lines = ("This is our fault, not yours. Please try again in a few minutes.",)
    heading = "Something went wrong"
    return page(request, "message.html", status=500, heading=heading, lines=lines)
