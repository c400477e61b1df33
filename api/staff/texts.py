"""The queue of texts that nobody has read, and the page of one referral's texts."""

from dataclasses import replace

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from api.domain.errors import RefusedError
from api.domain.staff import StaffMember
from api.services import texts, unread
from api.services.texts import NewEnglish
from api.staff import reading
from api.staff.reading import Tried
from api.staff.visit import form, office, own_page, page, to_sign_in, visitor

QUEUE = "/staff/texts"
LONGEST = 10_000  # characters, as many as a resident may write at once
EMPTY = "Type what it says in English"
LONG = "This is too long. Type it in two parts"
NOT_READ = (
    "You have not told us that you read this language. If an interpreter tells you what it says, "
    "say so below. If you do read it, choose it on your page of languages."
)


async def show_queue(request: Request) -> Response:
    """What is theirs to see of what nobody has read."""
    member = await visitor(request)
    if member is None:
        return to_sign_in(request)
    desk = office(request).desk
    found = await unread.waiting(desk, member.asker)
    practices = (await desk.directory.current()).directory
    return page(
        request,
        "texts.html",
        member=member,
        groups=reading.groups(found, practices, member.asker),
        more=len(found) >= unread.MOST,
    )


async def show_texts(request: Request) -> Response:
    """The texts of one referral, word for word; that they were looked at is recorded."""
    member = await visitor(request)
    if member is None:
        return to_sign_in(request)
    return await _page(request, member)


async def mark_read(request: Request) -> Response:
    """Somebody has read a text; when a colleague was quicker, the page says who."""
    fields = await form(request)
    member = await visitor(request)
    if member is None:
        return to_sign_in(request)
    place = request.path_params["reference"], request.path_params["which"]
    try:
        await texts.mark_read(office(request).desk, member.asker, *place)
    except RefusedError:
        return await _page(request, member, Tried(place[1], problem=NOT_READ))
    return _back(request, fields.get("back", ""))


async def add_english(request: Request) -> Response:
    """Somebody says, and signs, what a text says in English."""
    fields = await form(request)
    member = await visitor(request)
    if member is None:
        return to_sign_in(request)
    reference, which = request.path_params["reference"], request.path_params["which"]
    words = fields.get("english", "").strip().replace("\0", "")
    new = NewEnglish(words, interpreted="interpreted" in fields)
    tried = Tried(which, words, new.interpreted, LONG if words else EMPTY)
    if not words or len(words) > LONGEST:
        return await _page(request, member, tried)
    try:
        await texts.add_english(office(request).desk, member.asker, reference, which, new)
    except RefusedError:
        return await _page(request, member, replace(tried, problem=NOT_READ))
    return _back(request, fields.get("back", ""))


async def _page(request: Request, member: StaffMember, tried: Tried | None = None) -> Response:
    reference = request.path_params["reference"]
    sheet = await texts.sheet(office(request).desk, member.asker, reference)
    return page(
        request,
        "texts_of_one.html",
        status=422 if tried else 200,
        member=member,
        texts=reading.present(sheet, tried),
        back_to=f"{QUEUE}/{sheet.referral.reference}",
        problem=tried.problem if tried else "",
        problem_at=f"english-{tried.which}" if tried else "",
    )


def _back(request: Request, asked: str) -> Response:
    """To the page where it was pressed."""
    here = f"{QUEUE}/{request.path_params['reference']}"
    return RedirectResponse(own_page(asked) if asked else here, 303)


routes = [
    Route("/texts", show_queue),
    Route("/texts/{reference}", show_texts),
    Route("/texts/{reference}/{which}/read", mark_read, methods=["POST"]),
    Route("/texts/{reference}/{which}/english", add_english, methods=["POST"]),
]
