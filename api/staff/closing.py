"""Closing a practice: a page that says what will happen to its open referrals, then does it."""

from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from api.domain.errors import ChangedMeanwhileError, UnacceptableError
from api.services import closing, directing
from api.services.closing import Outlook
from api.services.directing import Book
from api.staff.directory import DIRECTORY, LEADERS, changed_meanwhile
from api.staff.pieces import faults
from api.staff.signedin import Call, for_staff

NOWHERE = "Choose a practice that is open"


@for_staff(*LEADERS)
async def show(call: Call) -> Response:
    """What would happen; with a successor chosen, who would get how many."""
    return await _page(call, call.request.query_params.get("successor", ""))


@for_staff(*LEADERS)
async def close(call: Call) -> Response:
    """Close it, as the page said."""
    fields, code = call.fields, call.place("ods_code")
    seen, successor = fields.get("seen", ""), fields.get("successor", "")
    try:
        await closing.close(call.desk, call.asker, code, seen, successor)
    except ChangedMeanwhileError:
        return changed_meanwhile(call, f"{DIRECTORY}/{code}/close")
    except UnacceptableError:
        return await _page(call, successor)
    return RedirectResponse(f"{DIRECTORY}/{code}", 303)


async def _page(call: Call, successor: str) -> Response:
    desk, code = call.desk, call.place("ods_code")
    problems: dict[str, str] = {}
    try:
        found = await closing.outlook(desk, call.asker, code, successor)
    except UnacceptableError:
        problems, successor = {"successor": NOWHERE}, ""
        found = await closing.outlook(desk, call.asker, code)
    book = await directing.book(desk, call.asker)
    return call.page(
        "close_practice.html",
        status=422 if problems else 200,
        practice=found.practice,
        found=found,
        to=_to(found, book),
        successor=successor,
        successors=[
            {"value": "", "text": "To no one practice: the coordinators decide on each"},
            *(
                {"value": one.ods_code, "text": one.name}
                for one in book.practices
                if one.open and one.ods_code != code
            ),
        ],
        problems=problems,
        faults=faults(problems),
    )


def _to(found: Outlook, book: Book) -> list[tuple[str, int]]:
    names = {one.staff_id: one.name for one in book.colleagues}
    return [
        ("The coordinators", count) if who is None else (names.get(who, "A colleague"), count)
        for who, count in found.to
    ]


routes = [
    Route("/directory/{ods_code}/close", show, methods=["GET"]),
    Route("/directory/{ods_code}/close", close, methods=["POST"]),
]
