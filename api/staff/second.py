"""The second step of signing in, and setting one up: all that a half-open door leads to."""

from collections.abc import Awaitable

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from api.domain.errors import NotSignedInError, RefusedError
from api.services import apps, passkeys
from api.services.secondstep import Opened, Owing
from api.services.signin import TooManyTriesError
from api.staff.codes import drawn, spaced
from api.staff.doors import let_in, wait
from api.staff.visit import SIGN_IN, form, half_token, office, own_page, page

WRONG_CODE = "That code is not right, or was used before. Wait for the next one, and type that."
WRONG_RECOVERY = "That is not one of your recovery codes, or it was used before."
WRONG_PASSKEY = "That passkey did not work. Please try again, or use another way."


async def show_second(request: Request) -> Response:
    """What they have for the second step, or how to set one up."""
    owing = await office(request).second.owing(half_token(request))
    return _start_again() if owing is None else _second_page(request, owing)


async def by_code(request: Request) -> Response:
    """The code of an app."""
    fields = await form(request)
    second, half = office(request).second, half_token(request)
    return await _open(request, second.by_code(half, fields.get("code", "")), WRONG_CODE, "code")


async def by_recovery(request: Request) -> Response:
    """A recovery code."""
    fields = await form(request)
    opening = office(request).second.by_recovery(half_token(request), fields.get("recovery", ""))
    return await _open(request, opening, WRONG_RECOVERY, "recovery")


async def by_passkey(request: Request) -> Response:
    """A passkey."""
    fields = await form(request)
    opening = office(request).second.by_passkey(half_token(request), fields.get("answer", ""))
    return await _open(request, opening, WRONG_PASSKEY, "use-passkey")


async def with_new_app(request: Request) -> Response:
    """The first code of an app that was just set up."""
    fields = await form(request)
    offered, code = fields.get("offered", ""), fields.get("code", "")
    opening = office(request).second.with_new_app(half_token(request), offered, code)
    return await _open(request, opening, WRONG_CODE, "code", offered)


async def with_new_passkey(request: Request) -> Response:
    """A passkey that was just made."""
    fields = await form(request)
    answer, name = fields.get("answer", ""), fields.get("name", "")
    opening = office(request).second.with_new_passkey(half_token(request), answer, name)
    return await _open(request, opening, WRONG_PASSKEY, "new-passkey")


async def _open(
    request: Request, opening: Awaitable[Opened], error: str, where: str, offered: str = ""
) -> Response:
    try:
        opened = await opening
    except RefusedError:
        owing = await office(request).second.owing(half_token(request))
        if owing is None:
            return _start_again()
        return _second_page(request, owing, error=error, where=where, offered=offered)
    except NotSignedInError:
        return _start_again()
    except TooManyTriesError as refusal:
        return wait(request, refusal.wait, "tries with a wrong code")
    onward = own_page(opened.asked)
    if not opened.codes:
        return await let_in(request, RedirectResponse(onward, 303), opened.token)
    shown = page(request, "codes.html", codes=opened.codes, onward=onward)
    return await let_in(request, shown, opened.token)


def _second_page(
    request: Request, owing: Owing, *, error: str = "", where: str = "", offered: str = ""
) -> Response:
    status = 422 if error else 200
    if owing.factors.any:
        template, way = "second.html", _ways(request, owing)
    else:
        template, way = "set_up.html", _offer(request, owing, offered)
    words = {"error": error, "where": where, "name": owing.member.name, **way}
    return page(request, template, status=status, member=None, **words)


def _ways(request: Request, owing: Owing) -> dict[str, object]:
    second, has = office(request).second, owing.factors
    usable = second.party and has.passkeys
    challenge = second.challenge(half_token(request))
    return {
        "app": has.app is not None,
        "passkey": passkeys.question(second.party, challenge, has.passkeys)
        if second.party and usable
        else "",
        "recovery": has.codes > 0,
    }


def _offer(request: Request, owing: Owing, offered: str) -> dict[str, object]:
    """An app's secret to set up: the same again after a wrong code."""
    second, member = office(request).second, owing.member
    desk = office(request).desk
    secret = apps.offered(desk, member.staff_id, offered) or apps.new_secret()
    challenge = second.challenge(half_token(request))
    return {
        "offered": apps.offer(desk, member.staff_id, secret),
        "drawing": drawn(apps.address(secret, member.email)),
        "key": spaced(secret),
        "passkey": passkeys.question_new(second.party, member, challenge, ())
        if second.party
        else "",
    }


def _start_again() -> Response:
    return RedirectResponse(f"{SIGN_IN}?said=late", 303)


routes = [
    Route("/sign-in/second", show_second, methods=["GET"]),
    Route("/sign-in/code", by_code, methods=["POST"]),
    Route("/sign-in/recovery", by_recovery, methods=["POST"]),
    Route("/sign-in/passkey", by_passkey, methods=["POST"]),
    Route("/sign-in/app", with_new_app, methods=["POST"]),
    Route("/sign-in/new-passkey", with_new_passkey, methods=["POST"]),
]
