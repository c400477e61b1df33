"""Requests: what people asked to have erased or changed, and everything held about one of them."""

import asyncio
from collections.abc import Sequence
from datetime import date
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from api.domain.keep import Asked, answer_by
from api.domain.staff import Role, StaffMember
from api.services import erasing
from api.services.erasing import ErasedBeforeError, Held, NotConfirmedError
from api.staff import paper
from api.staff.held import HASHED, as_json, sheets
from api.staff.pieces import LONDON, at, day, faults
from api.staff.visit import form, office, only, page
from common.contract.identifiers import ReferralReference, UnreadableError

REQUESTS = "/staff/requests"
LEADERS = (Role.COORDINATOR, Role.MANAGER)
WRONG = "Type the reference of this referral, to show that you mean this one"
NO_REFERENCE = "Type the whole reference, like TH-7K3M-9QX"


@only(*LEADERS)
async def show_queue(request: Request, member: StaffMember) -> Response:
    """What waits, with the day by which it must be answered."""
    if typed := request.query_params.get("reference", "").strip():
        try:
            return RedirectResponse(f"{REQUESTS}/{ReferralReference.parse(typed)}", 303)
        except UnreadableError:
            return await _queue(request, member, {"reference": NO_REFERENCE}, typed)
    return await _queue(request, member, {}, "")


@only(*LEADERS)
async def see_correction(request: Request, member: StaffMember) -> Response:
    """Note that a changed number was seen; once more is the same."""
    number = (await form(request)).get("number", "")
    if number.isascii() and number.isdigit():
        await erasing.see_correction(office(request).desk, member.asker, int(number[:9]))
    return RedirectResponse(REQUESTS, 303)


@only(*LEADERS)
async def show_held(request: Request, member: StaffMember) -> Response:
    """Everything held about the person, to be read before it is handed over or erased."""
    return await _held(request, member, {}, "")


@only(*LEADERS)
async def take_paper(request: Request, member: StaffMember) -> Response:
    """The same as a PDF."""
    found = await _all(request, member, taken=True)
    drawn = await asyncio.to_thread(paper.draw, found.reference, found.at, sheets(found))
    return _file(drawn, found, "application/pdf", "pdf")


@only(*LEADERS)
async def take_data(request: Request, member: StaffMember) -> Response:
    """The same as JSON."""
    found = await _all(request, member, taken=True)
    return _file(as_json(found), found, "application/json", "json")


@only(*LEADERS)
async def erase(request: Request, member: StaffMember) -> Response:
    """Erase it for good, once the reference was typed; once more says that it is gone."""
    fields, desk = await form(request), office(request).desk
    reference, typed = request.path_params["reference"], fields.get("typed", "").strip()
    also = [name.removeprefix("also-") for name in fields if name.startswith("also-")]
    try:
        gone = await erasing.erase(desk, member.asker, reference, typed=typed, also=also)
    except NotConfirmedError:
        return await _held(request, member, {"typed": WRONG}, typed)
    except ErasedBeforeError:
        gone = []
    asked = urlencode({"gone": " ".join(gone)}) if gone else ""
    return RedirectResponse(f"{REQUESTS}/done?{asked}", 303)


@only(*LEADERS)
async def show_done(request: Request, member: StaffMember) -> Response:
    """What came of it."""
    gone = len(request.query_params.get("gone", "").split())
    many = "They were all" if gone > 1 else "It was"
    lines = (
        f"{many} erased with everything that hung on it. A count and a line in the record stay.",
        "Please tell the person that it is done, if you still know how to reach them.",
    )
    return page(request, "message.html", member=member, heading="It is erased", lines=lines)


async def _queue(
    request: Request, member: StaffMember, problems: dict[str, str], typed: str
) -> Response:
    desk = office(request).desk
    found = await erasing.requests(desk, member.asker)
    return page(
        request,
        "requests.html",
        status=422 if problems else 200,
        member=member,
        erasures=_erasures(found.erasures, desk.today()),
        corrections=[
            {"reference": one.reference, "number": one.id, "at": at(one.at)}
            for one in found.corrections
        ],
        typed=typed,
        problems=problems,
        faults=faults(problems),
    )


def _erasures(asked: Sequence[Asked], today: date) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    for one in asked:
        came = one.at.astimezone(LONDON).date()
        last, days = answer_by(came), (today - came).days
        age = "today" if not days else f"{days} day{'' if days == 1 else 's'} ago"
        rows.append({"reference": one.reference, "age": age, "by": day(last), "late": today > last})
    return rows


async def _all(request: Request, member: StaffMember, *, taken: bool = False) -> Held:
    reference = request.path_params["reference"]
    return await erasing.all_held(office(request).desk, member.asker, reference, taken=taken)


async def _held(
    request: Request, member: StaffMember, problems: dict[str, str], typed: str
) -> Response:
    found = await _all(request, member)
    return page(
        request,
        "held.html",
        status=422 if problems else 200,
        member=member,
        reference=found.reference,
        sheets=sheets(found),
        others=[one.reference for one in found.referrals if one.reference != found.reference],
        wants_erasure=found.wants_erasure,
        hashed=HASHED,
        typed=typed,
        problems=problems,
        faults=faults(problems),
    )


def _file(content: bytes, found: Held, kind: str, ending: str) -> Response:
    name = f'attachment; filename="{found.reference}.{ending}"'
    return Response(content, media_type=kind, headers={"content-disposition": name})


routes = [
    Route("/requests", show_queue),
    Route("/requests/seen", see_correction, methods=["POST"]),
    Route("/requests/done", show_done),
    Route("/requests/{reference}", show_held),
    Route("/requests/{reference}/paper", take_paper),
    Route("/requests/{reference}/data", take_data),
    Route("/requests/{reference}/erase", erase, methods=["POST"]),
]
