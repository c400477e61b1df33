"""A forgotten password, and the page of the link that sets a new one."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from api.domain.errors import NotFoundError, UnacceptableError
from api.services.signin import TooManyTriesError
from api.staff.doors import wait
from api.staff.visit import SIGN_IN, form, office, page
from common.runtime.addresses import network


async def show_forgotten(request: Request) -> Response:
    """Where to say that one has forgotten it."""
    return page(request, "forgotten.html")


async def ask(request: Request) -> Response:
    """The same answer whoever asks, and for whomever."""
    fields = await form(request)
    try:
        await office(request).password.ask(fields.get("email", ""), network(request))
    except TooManyTriesError as refusal:
        return wait(request, refusal.wait, "requests")
    return RedirectResponse("/staff/forgotten/sent", 303)


async def show_sent(request: Request) -> Response:
    """What happens next, if there is such an account."""
    return page(request, "forgotten_sent.html")


async def show_password(request: Request) -> Response:
    """The form of a link. Looking at it changes nothing: mail programs look at links too."""
    try:
        member = await office(request).password.whose(_token(request))
    except NotFoundError:
        return page(request, "link_over.html", status=404)
    return page(request, "new_password.html", link=_token(request), email=member.email, error="")


async def set_password(request: Request) -> Response:
    """Set it, and have them sign in with it."""
    fields, service = await form(request), office(request).password
    try:
        await service.set(_token(request), fields.get("new", ""))
    except NotFoundError:
        return page(request, "link_over.html", status=404)
    except UnacceptableError as fault:
        member = await service.whose(_token(request))
        return page(
            request,
            "new_password.html",
            status=422,
            link=_token(request),
            email=member.email,
            error=fault.detail,
        )
    response = RedirectResponse(f"{SIGN_IN}?said=password", 303)
    office(request).drop_cookie(response, "staff")
    return response


def _token(request: Request) -> str:
    return str(request.path_params["token"])


routes = [
    Route("/forgotten", show_forgotten, methods=["GET"]),
    Route("/forgotten", ask, methods=["POST"]),
    Route("/forgotten/sent", show_sent, methods=["GET"]),
    Route("/password/{token}", show_password, methods=["GET"]),
    Route("/password/{token}", set_password, methods=["POST"]),
]
