"""The page about one's own sign-in: browsers, password, second steps."""

from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from api.domain.door import How
from api.domain.errors import RefusedError, UnacceptableError
from api.domain.staff import StaffSession
from api.services.ownaccount import OwnAccount, Security
from api.services.sessions import IDLE
from api.services.signin import TooManyTriesError
from api.staff.doors import wait
from api.staff.pieces import at
from api.staff.signedin import Call, for_staff
from api.staff.visit import SIGN_IN, office

HERE = "/staff/you/security"
WRONG = "That is not your password."
HOW = {
    How.CODE: "with a code from your app",
    How.PASSKEY: "with a passkey",
    How.RECOVERY: "with a recovery code",
    How.ORGANISATION: "with your organisation's account",
    "": "",
}


@for_staff()
async def show_security(call: Call) -> Response:
    """Everything at a glance."""
    found = await account(call).look(call.owner)
    has = found.factors
    return call.page(
        "security.html",
        sessions=[_line(one, found) for one in found.sessions],
        app=at(has.app) if has.app else "",
        passkeys=[(one.name, at(one.created_at), one.credential) for one in has.passkeys],
        codes=has.codes,
        can_add_passkey=account(call).party is not None,
    )


@for_staff()
async def end_session(call: Call) -> Response:
    """Sign one browser out."""
    await account(call).end_session(call.owner, call.fields.get("session", ""))
    return RedirectResponse(HERE, 303)


@for_staff()
async def end_all(call: Call) -> Response:
    """Sign out everywhere, here too."""
    await account(call).end_all(call.owner)
    response = RedirectResponse(f"{SIGN_IN}?said=everywhere", 303)
    office(call.request).drop_cookie(response, "staff")
    return response


@for_staff()
async def show_password(call: Call) -> Response:
    """The form for another password."""
    return call.page("own_password.html", errors={})


@for_staff()
async def change_password(call: Call) -> Response:
    """Take another password; every other browser is signed out."""
    try:
        await account(call).change_password(call.owner, call.fields.get("new", ""))
    except (RefusedError, UnacceptableError, TooManyTriesError) as fault:
        return refused(call, fault) or call.page(
            "own_password.html", status=422, errors=errors_of(fault)
        )
    return RedirectResponse(HERE, 303)


def account(call: Call) -> OwnAccount:
    """The service of these pages."""
    return office(call.request).account


def refused(call: Call, fault: Exception) -> Response | None:
    """The page for who must wait; None when there is something to put right instead."""
    return wait(call.request, fault.wait) if isinstance(fault, TooManyTriesError) else None


def errors_of(fault: Exception) -> dict[str, str]:
    """What to put right, by field."""
    if isinstance(fault, UnacceptableError):
        return {fault.field: fault.detail}
    return {"password": WRONG}


def _line(one: StaffSession, found: Security) -> dict[str, object]:
    return {
        "began": at(one.created_at),
        "used": at(one.idle_until - IDLE),
        "how": HOW.get(one.how, ""),
        "here": one.token_hash == found.here,
        "key": one.token_hash,
    }


routes = [
    Route("/you/security", show_security),
    Route("/you/security/session", end_session, methods=["POST"]),
    Route("/you/security/everywhere", end_all, methods=["POST"]),
    Route("/you/security/password", show_password, methods=["GET"]),
    Route("/you/security/password", change_password, methods=["POST"]),
]
