"""The staff site as one application, to be mounted at /staff."""

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount
from starlette.types import ASGIApp, Receive, Scope, Send

from api.domain.clips import MOST_BYTES
from api.domain.errors import NotFoundError
from api.services.desk import Desk
from api.services.newpassword import NewPassword
from api.services.organisation import Organisation
from api.services.ownaccount import OwnAccount
from api.services.passwords import Passwords
from api.services.previews import origin
from api.services.provider import Terms
from api.services.secondstep import SecondStep
from api.services.signin import SignIn
from api.staff import (
    audit,
    calls,
    casework,
    closing,
    colleagues,
    directory,
    doors,
    duplicates,
    editor,
    forgotten,
    helplines,
    inbox,
    leave,
    organisation,
    people,
    phrases,
    preview,
    publishing,
    referrals,
    requests,
    retention,
    second,
    security,
    steps,
    texts,
    voices,
    words,
    wordtrips,
    you,
    you_languages,
    you_telegram,
)
from api.staff.referrals import not_here
from api.staff.rendering import STATIC
from api.staff.visit import ForgedError, Office, page, visitor
from common.runtime.web import BodyLimit, SecurityHeaders

WORDS = "/staff/words/"  # whose pages show the chat in a frame
FORM_LIMIT = 64 * 1024  # bytes
UPLOAD_LIMIT = MOST_BYTES + FORM_LIMIT

PAGES = (
    *inbox.routes,
    *referrals.routes,
    *texts.routes,
    *you_languages.routes,
    *you_telegram.routes,
    *doors.routes,
    *second.routes,
    *forgotten.routes,
    *you.routes,
    *security.routes,
    *steps.routes,
    *people.routes,
    *casework.routes,
    *duplicates.routes,
    *calls.routes,
    *leave.routes,
    *audit.routes,
    *colleagues.routes,
    *directory.routes,
    *closing.routes,
    *requests.routes,
    *retention.routes,
    *preview.routes,
    *publishing.routes,
    *wordtrips.routes,
    *words.routes,
    *editor.routes,
    *helplines.routes,
    *phrases.routes,
    *voices.routes,
)
"""Every page, in the order in which addresses are looked at."""


def staff_site(desk: Desk, terms: Terms | None = None) -> ASGIApp:
    """The site over this desk, with its own safety headers and size limit.

    `terms` are those of another house whose accounts are taken as well, if there is one.
    """
    site = Starlette(
        routes=[
            *PAGES,
            *(organisation.routes if terms else ()),
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
    office = _office(desk, terms)
    site.state.office = office
    chat = origin(desk.chat_url)
    return SecurityHeaders(
        _Limits(site),
        https=office.https,
        frames=lambda path: chat if path.startswith(WORDS) else "",
    )


class _Limits:
    """A form is small; only the pages that take a file take as much as one may be."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._forms = BodyLimit(app, limit=FORM_LIMIT)
        self._uploads = BodyLimit(app, limit=UPLOAD_LIMIT)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = str(scope.get("path", ""))
        uploads = path.startswith(f"{voices.VOICES}/") or wordtrips.takes_file(path)
        await (self._uploads if uploads else self._forms)(scope, receive, send)


def _office(desk: Desk, terms: Terms | None) -> Office:
    passwords = Passwords()
    return Office(
        desk,
        SignIn(desk, passwords),
        SecondStep(desk),
        OwnAccount(desk, passwords),
        NewPassword(desk, passwords),
        Organisation(desk, terms) if terms else None,
    )


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
