"""The pages where one changes one's own second steps; each asks for the password again."""

from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from api.domain.errors import DomainError, RefusedError, UnacceptableError
from api.services import apps, passkeys
from api.services.ownaccount import LastFactorError
from api.services.signin import TooManyTriesError
from api.staff.codes import drawn, spaced
from api.staff.security import HERE, account, errors_of, refused
from api.staff.signedin import Call, for_staff
from api.staff.visit import office

FAULTS = (RefusedError, UnacceptableError, TooManyTriesError)
APP = "app"
LAST = "This is your only second step. Set up another one first, then remove this."


@for_staff()
async def show_app(call: Call) -> Response:
    """An app to set up, in place of any before."""
    return _app_page(call)


@for_staff()
async def set_app(call: Call) -> Response:
    """Take the app, when its first code is right."""
    offered, code = call.fields.get("offered", ""), call.fields.get("code", "")
    try:
        await account(call).set_app(call.owner, offered, code)
    except FAULTS as fault:
        return refused(call, fault) or _app_page(call, fault)
    return RedirectResponse(HERE, 303)


@for_staff()
async def show_passkey(call: Call) -> Response:
    """A passkey to make."""
    return await _passkey_page(call)


@for_staff()
async def add_passkey(call: Call) -> Response:
    """Take the passkey that the browser has made."""
    answer, name = call.fields.get("answer", ""), call.fields.get("name", "")
    try:
        await account(call).add_passkey(call.owner, answer, name)
    except FAULTS as fault:
        return refused(call, fault) or await _passkey_page(call, fault)
    return RedirectResponse(HERE, 303)


@for_staff()
async def show_remove(call: Call) -> Response:
    """Ask once more before a second step is removed."""
    return call.page("remove_step.html", what=call.request.query_params.get("what", ""), errors={})


@for_staff()
async def remove(call: Call) -> Response:
    """Remove it, unless it is the last."""
    what = call.fields.get("what", "")
    try:
        if what == APP:
            await account(call).drop_app(call.owner)
        else:
            await account(call).drop_passkey(call.owner, what)
    except LastFactorError:
        return call.page("remove_step.html", status=422, what=what, errors={"password": LAST})
    except FAULTS as fault:
        return refused(call, fault) or call.page(
            "remove_step.html", status=422, what=what, errors=errors_of(fault)
        )
    return RedirectResponse(HERE, 303)


@for_staff()
async def show_codes(call: Call) -> Response:
    """Ask once more before the old recovery codes are void."""
    return call.page("new_codes.html", errors={})


@for_staff()
async def make_codes(call: Call) -> Response:
    """Show ten new ones, this once."""
    try:
        codes = await account(call).new_codes(call.owner)
    except FAULTS as fault:
        return refused(call, fault) or call.page(
            "new_codes.html", status=422, errors=errors_of(fault)
        )
    return call.page("codes.html", codes=codes, onward=HERE)


def _app_page(call: Call, fault: DomainError | None = None) -> Response:
    desk, staff_id = office(call.request).desk, call.member.staff_id
    secret = apps.offered(desk, staff_id, call.fields.get("offered", "")) or apps.new_secret()
    return call.page(
        "own_app.html",
        status=422 if fault else 200,
        errors=errors_of(fault) if fault else {},
        offered=apps.offer(desk, staff_id, secret),
        drawing=drawn(apps.address(secret, call.member.email)),
        key=spaced(secret),
    )


async def _passkey_page(call: Call, fault: DomainError | None = None) -> Response:
    service = account(call)
    has = (await service.look(call.owner)).factors.passkeys
    challenge = service.challenge(call.owner)
    question = (
        passkeys.question_new(service.party, call.member, challenge, has) if service.party else ""
    )
    return call.page(
        "own_passkey.html",
        status=422 if fault else 200,
        errors=errors_of(fault) if fault else {},
        passkey=question,
        name=call.fields.get("name", ""),
    )


routes = [
    Route("/you/security/app", show_app, methods=["GET"]),
    Route("/you/security/app", set_app, methods=["POST"]),
    Route("/you/security/passkey", show_passkey, methods=["GET"]),
    Route("/you/security/passkey", add_passkey, methods=["POST"]),
    Route("/you/security/remove", show_remove, methods=["GET"]),
    Route("/you/security/remove", remove, methods=["POST"]),
    Route("/you/security/codes", show_codes, methods=["GET"]),
    Route("/you/security/codes", make_codes, methods=["POST"]),
]
