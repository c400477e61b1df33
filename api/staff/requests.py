"""Requests: what people asked to have erased or changed, and everything held about one of them."""

import asyncio
from collections.abc import Sequence
from datetime import date
from urllib.parse import urlencode

from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from api.domain.keep import Asked, answer_by
from api.domain.staff import Role
from api.services import erasing
from api.services.erasing import ErasedBeforeError, Held, NotConfirmedError
from api.staff import paper
from api.staff.held import HASHED, as_json, sheets
from api.staff.pieces import LONDON, at, day, faults, is_number
from api.staff.signedin import Call, for_staff
from common.contract.identifiers import ReferralReference, UnreadableError

REQUESTS = "/staff/requests"
LEADERS = (Role.COORDINATOR, Role.MANAGER)
WRONG = "Type the reference of this referral, to show that you mean this one"
NO_REFERENCE = "Type the whole reference, like TH-7K3M-9QX"


@for_staff(*LEADERS)
async def show_queue(call: Call) -> Response:
    """What waits, with the day by which it must be answered."""
    if typed := call.request.query_params.get("reference", "").strip():
        try:
            return RedirectResponse(f"{REQUESTS}/{ReferralReference.parse(typed)}", 303)
        except UnreadableError:
            return await _queue(call, {"reference": NO_REFERENCE}, typed)
    return await _queue(call, {}, "")


@for_staff(*LEADERS)
async def see_correction(call: Call) -> Response:
    """Note that a changed number was seen; once more is the same."""
    number = call.fields.get("number", "")
    if is_number(number):
        await erasing.see_correction(call.desk, call.asker, int(number))
    return RedirectResponse(REQUESTS, 303)


@for_staff(*LEADERS)
async def show_held(call: Call) -> Response:
    """Everything held about the person, to be read before it is handed over or erased."""
    return await _held(call, {}, "")


@for_staff(*LEADERS)
async def take_paper(call: Call) -> Response:
    """The same as a PDF."""
    found = await _all(call, taken=True)
    drawn = await asyncio.to_thread(paper.draw, found.reference, found.at, sheets(found))
    return _file(drawn, found, "application/pdf", "pdf")


@for_staff(*LEADERS)
async def take_data(call: Call) -> Response:
    """The same as JSON."""
    found = await _all(call, taken=True)
    return _file(as_json(found), found, "application/json", "json")


@for_staff(*LEADERS)
async def erase(call: Call) -> Response:
    """Erase it for good, once the reference was typed; once more says that it is gone."""
    fields, desk = call.fields, call.desk
    reference, typed = call.place("reference"), fields.get("typed", "").strip()
    also = [name.removeprefix("also-") for name in fields if name.startswith("also-")]
    try:
        gone = await erasing.erase(desk, call.asker, reference, typed=typed, also=also)
    except NotConfirmedError:
        return await _held(call, {"typed": WRONG}, typed)
    except ErasedBeforeError:
        gone = []
    asked = urlencode({"gone": " ".join(gone)}) if gone else ""
    return RedirectResponse(f"{REQUESTS}/done?{asked}", 303)


@for_staff(*LEADERS)
async def show_done(call: Call) -> Response:
    """What came of it."""
    gone = len(call.request.query_params.get("gone", "").split())
    many = "They were all" if gone > 1 else "It was"
    lines = (
        f"{many} erased with everything that hung on it. A count and a line in the record stay.",
        "Please tell the person that it is done, if you still know how to reach them.",
    )
    return call.page("message.html", heading="It is erased", lines=lines)


async def _queue(call: Call, problems: dict[str, str], typed: str) -> Response:
    desk = call.desk
    found = await erasing.requests(desk, call.asker)
    return call.page(
        "requests.html",
        status=422 if problems else 200,
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


async def _all(call: Call, *, taken: bool = False) -> Held:
    reference = call.place("reference")
    return await erasing.all_held(call.desk, call.asker, reference, taken=taken)


async def _held(call: Call, problems: dict[str, str], typed: str) -> Response:
    found = await _all(call)
    return call.page(
        "held.html",
        status=422 if problems else 200,
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
