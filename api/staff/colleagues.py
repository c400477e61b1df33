"""A colleague in the directory: what they speak, who covers for them, how many they can carry."""

from collections.abc import Mapping
from dataclasses import replace

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from api.domain.errors import ChangedMeanwhileError, NotFoundError, UnacceptableError
from api.domain.staff import Colleague, Role, StaffMember
from api.services import directing
from api.services.directing import Book, version
from api.staff.directory import DIRECTORY, LEADERS, changed_meanwhile
from api.staff.pieces import faults
from api.staff.visit import BOXES, form, office, only, page
from common.contract.languages import LANGUAGES


@only(*LEADERS)
async def show(request: Request, member: StaffMember) -> Response:
    """The form."""
    book = await directing.book(office(request).desk, member.asker)
    return _page(request, member, book, book.colleague(_number(request)), {})


@only(*LEADERS)
async def change(request: Request, member: StaffMember) -> Response:
    """Change it."""
    fields, desk = await form(request, BOXES), office(request).desk
    book = await directing.book(desk, member.asker)
    changed = _typed(fields, book.colleague(_number(request)))
    try:
        await directing.change_colleague(desk, member.asker, changed, fields.get("seen", ""))
    except UnacceptableError as refusal:
        return _page(request, member, book, changed, {refusal.field: refusal.detail})
    except ChangedMeanwhileError:
        return changed_meanwhile(request, member, f"{DIRECTORY}/people/{changed.staff_id}")
    return RedirectResponse(DIRECTORY, 303)


def _typed(fields: Mapping[str, str], known: Colleague) -> Colleague:
    capacity, cover = fields.get("capacity", "").strip(), fields.get("cover", "")
    return replace(
        known,
        capacity=int(capacity) if _is_number(capacity) else -1,
        cover=int(cover) if _is_number(cover) else None,
        languages=tuple(one.code for one in LANGUAGES if f"language-{one.code}" in fields),
    )


def _page(
    request: Request,
    member: StaffMember,
    book: Book,
    shown: Colleague,
    problems: dict[str, str],
) -> Response:
    others = [
        {"value": str(one.staff_id), "text": one.name}
        for one in book.colleagues
        if one.role is Role.PRESCRIBER and one.staff_id != shown.staff_id
    ]
    return page(
        request,
        "colleague.html",
        status=422 if problems else 200,
        member=member,
        who=shown,
        capacity="" if shown.capacity < 0 else str(shown.capacity),
        covers=[{"value": "", "text": "Nobody"}, *others],
        cover=str(shown.cover or ""),
        languages=[(one.code, one.english_name, one.code in shown.languages) for one in LANGUAGES],
        seen=version(book.colleague(shown.staff_id)),
        problems=problems,
        faults=faults(problems),
    )


def _number(request: Request) -> int:
    text = request.path_params["staff_id"]
    if not _is_number(text):
        raise NotFoundError
    return int(text)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10  # noqa: PLR2004 digits a number here may have


routes = [
    Route("/directory/people/{staff_id}", show, methods=["GET"]),
    Route("/directory/people/{staff_id}", change, methods=["POST"]),
]
