"""A colleague in the directory: what they speak, who covers for them, how many they can carry."""

from collections.abc import Mapping
from dataclasses import replace

from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from api.domain.errors import ChangedMeanwhileError, NotFoundError, UnacceptableError
from api.domain.staff import Colleague, Role
from api.services import directing
from api.services.directing import Book, version
from api.staff.directory import DIRECTORY, LEADERS, changed_meanwhile
from api.staff.pieces import faults, is_number
from api.staff.signedin import Call, for_staff
from common.contract.languages import LANGUAGES


@for_staff(*LEADERS)
async def show(call: Call) -> Response:
    """The form."""
    book = await directing.book(call.desk, call.asker)
    return _page(call, book, book.colleague(_number(call)), {})


@for_staff(*LEADERS)
async def change(call: Call) -> Response:
    """Change it."""
    fields, desk = call.fields, call.desk
    book = await directing.book(desk, call.asker)
    changed = _typed(fields, book.colleague(_number(call)))
    try:
        await directing.change_colleague(desk, call.asker, changed, fields.get("seen", ""))
    except UnacceptableError as refusal:
        return _page(call, book, changed, {refusal.field: refusal.detail})
    except ChangedMeanwhileError:
        return changed_meanwhile(call, f"{DIRECTORY}/people/{changed.staff_id}")
    return RedirectResponse(DIRECTORY, 303)


def _typed(fields: Mapping[str, str], known: Colleague) -> Colleague:
    capacity, cover = fields.get("capacity", "").strip(), fields.get("cover", "")
    return replace(
        known,
        capacity=int(capacity) if is_number(capacity) else -1,
        cover=int(cover) if is_number(cover) else None,
        languages=tuple(one.code for one in LANGUAGES if f"language-{one.code}" in fields),
    )


def _page(
    call: Call,
    book: Book,
    shown: Colleague,
    problems: dict[str, str],
) -> Response:
    others = [
        {"value": str(one.staff_id), "text": one.name}
        for one in book.colleagues
        if one.role is Role.PRESCRIBER and one.staff_id != shown.staff_id
    ]
    return call.page(
        "colleague.html",
        status=422 if problems else 200,
        who=shown,
        capacity="" if shown.capacity < 0 else str(shown.capacity),
        covers=[{"value": "", "text": "Nobody"}, *others],
        cover=str(shown.cover or ""),
        languages=[(one.code, one.english_name, one.code in shown.languages) for one in LANGUAGES],
        seen=version(book.colleague(shown.staff_id)),
        problems=problems,
        faults=faults(problems),
    )


def _number(call: Call) -> int:
    text = call.place("staff_id")
    if not is_number(text):
        raise NotFoundError
    return int(text)


routes = [
    Route("/directory/people/{staff_id}", show, methods=["GET"]),
    Route("/directory/people/{staff_id}", change, methods=["POST"]),
]
