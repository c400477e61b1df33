"""The forms by which a referral is worked: accept, log, book, hand over, close, open again."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from enum import StrEnum
from typing import TypeVar

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from api.domain.casework import Act, Colleague
from api.domain.contact import NoSuchTimeError, Outcome, booked_for, offered
from api.domain.errors import MoveRefusedError, UnacceptableError
from api.domain.referral import MOVES, CloseReason, Kind, Status
from api.services import moves
from api.services.casework import Case, read_referral
from api.services.moves import Choices
from api.staff.asking import Answer, Asking, asked
from api.staff.labels import label
from api.staff.pieces import Choice, day
from api.staff.visit import HOME, page
from api.staff.when import read_clock, read_day

TO_COORDINATORS = "coordinators"
Problems = Mapping[str, str]
"""What is wrong with a field, by its name."""
CodeT = TypeVar("CodeT", bound=StrEnum)


async def accept(_request: Request, asking: Asking) -> Response:
    """Take it on."""
    await moves.accept(asking.desk, asking.member.asker, asking.seen)
    return asking.done()


async def reopen(_request: Request, asking: Asking) -> Response:
    """Open it again."""
    await moves.reopen(asking.desk, asking.member.asker, asking.seen)
    return asking.done()


async def log(asking: Asking) -> Response:
    """Log a try; the form offers only what the person allows."""
    outcome = _chosen(Outcome, asking, "outcome", "Choose what came of it")
    note = asking.text("note")
    await moves.log_attempt(asking.desk, asking.member.asker, asking.seen, outcome, note)
    return asking.done()


async def book(asking: Asking) -> Response:
    """Book the first conversation, or change when it is."""
    moment, note = _moment(asking), asking.text("note")
    await moves.book(asking.desk, asking.member.asker, asking.seen, moment, note)
    return asking.done()


async def hand_over(asking: Asking) -> Response:
    """Give it to a colleague, or back to the coordinators; it may then be out of one's sight."""
    given = asking.fields.get("to", "")
    if given != TO_COORDINATORS and not (given.isascii() and given.isdigit()):
        raise UnacceptableError("to", "Choose who gets it")
    to = None if given == TO_COORDINATORS else int(given)
    sees = await moves.hand_over(asking.desk, asking.member.asker, asking.seen, to)
    return asking.done() if sees else RedirectResponse(HOME, 303)


async def close(asking: Asking) -> Response:
    """Close it, for a reason that may be given now."""
    reason = _chosen(CloseReason, asking, "reason", "Choose why you close it")
    await moves.close(asking.desk, asking.member.asker, asking.seen, reason)
    return asking.done()


def _formed(act: Act, do: Callable[[Asking], Awaitable[Response]]) -> Answer:
    """A form, and what is done with it; it comes back with what was typed when that cannot be."""

    async def answer(request: Request, asking: Asking) -> Response:
        if request.method != "POST":
            return await _form(request, asking, act, {})
        try:
            return await do(asking)
        except UnacceptableError as error:
            return await _form(request, asking, act, {error.field: error.detail})

    return answer


async def _form(request: Request, asking: Asking, act: Act, problems: Problems) -> Response:
    """The form, with what was typed and what was wrong with it; only while it is offered."""
    asker = asking.member.asker
    case = await read_referral(asking.desk, asker, asking.reference)
    if act not in case.work.acts:
        raise MoveRefusedError
    choices = await moves.choices(asking.desk, asker, asking.reference)
    return page(
        request,
        f"casework_{act.value}.html",
        status=422 if problems else 200,
        member=asking.member,
        reference=case.referral.reference,
        address=asking.address,
        # What was seen first counts: a form that comes back is still of that page.
        version=asking.fields.get("version", case.work.version),
        status_seen=asking.fields.get("status", case.referral.status.value),
        fields=asking.fields,
        problems=problems,
        choices=_choices(act, case, choices),
        changing=case.work.booking is not None,
    )


def _choices(act: Act, case: Case, choices: Choices) -> tuple[Choice, ...]:
    if act is Act.LOG:
        return tuple(Choice(one.value, label(one)) for one in offered(case.work.permitted))
    if act is Act.CLOSE:
        call = case.referral.kind is Kind.CALLBACK
        return tuple(Choice(one.value, _why(one, call=call)) for one in case.work.reasons)
    if act is Act.HAND_OVER:
        cover = choices.cover
        covers = [_colleague(cover, covers=True)] if cover else []
        others = [_colleague(one) for one in choices.people if one != cover]
        nobody = Choice(TO_COORDINATORS, "Back to the coordinators", "They find somebody for it.")
        held = case.referral.assigned_to is not None
        may = held and Status.RECEIVED in MOVES[case.referral.status]
        return (*covers, *others, *((nobody,) if may else ()))
    return ()


def _why(reason: CloseReason, *, call: bool) -> str:
    if call and reason is CloseReason.ATTENDED:
        return "They were called, and it is done"
    return label(reason)


def _colleague(one: Colleague, *, covers: bool = False) -> Choice:
    hint = f"Has {one.carrying} open, of {one.capacity}."
    if one.leave is not None:
        hint += f" Away from {day(one.leave.first)} to {day(one.leave.last)}."
    name = f"{one.name} (named as cover)" if covers else one.name
    return Choice(str(one.staff_id), name, hint)


def _moment(asking: Asking) -> datetime:
    found = read_day(asking.fields, "day")
    clock = read_clock(asking.fields.get("time", ""))
    try:
        return booked_for(found, clock, asking.desk.clock())
    except NoSuchTimeError as error:
        raise UnacceptableError("day", str(error)) from None


def _chosen(kind: type[CodeT], asking: Asking, name: str, missing: str) -> CodeT:
    try:
        return kind(asking.fields.get(name, ""))
    except ValueError:
        raise UnacceptableError(name, missing) from None


AT = "/referrals/{reference}"
routes = [
    Route(f"{AT}/accept", asked(accept), methods=["POST"]),
    Route(f"{AT}/reopen", asked(reopen), methods=["POST"]),
    *(
        Route(f"{AT}/{path}", asked(_formed(act, do)), methods=["GET", "POST"])
        for act, path, do in (
            (Act.LOG, "attempt", log),
            (Act.BOOK, "book", book),
            (Act.HAND_OVER, "hand-over", hand_over),
            (Act.CLOSE, "close", close),
        )
    ),
]
