"""The queue of texts that nobody has read, and the page of one referral's texts."""

from dataclasses import replace

from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from api.domain.errors import RefusedError
from api.services import texts, unread
from api.services.texts import NewEnglish
from api.staff import reading
from api.staff.reading import Tried
from api.staff.signedin import Call, for_staff
from api.staff.visit import own_page

QUEUE = "/staff/texts"
LONGEST = 10_000  # characters, as many as a resident may write at once
EMPTY = "Type what it says in English"
LONG = "This is too long. Type it in two parts"
NOT_READ = (
    "You have not told us that you read this language. If an interpreter tells you what it says, "
    "say so below. If you do read it, choose it on your page of languages."
)


@for_staff()
async def show_queue(call: Call) -> Response:
    """What is theirs to see of what nobody has read."""
    desk = call.desk
    found = await unread.waiting(desk, call.asker)
    practices = (await desk.directory.current()).directory
    return call.page(
        "texts.html",
        groups=reading.groups(found, practices, call.asker),
        more=len(found) >= unread.MOST,
    )


@for_staff()
async def show_texts(call: Call) -> Response:
    """The texts of one referral, word for word; that they were looked at is recorded."""
    return await _page(call)


@for_staff()
async def mark_read(call: Call) -> Response:
    """Somebody has read a text; when a colleague was quicker, the page says who."""
    fields = call.fields
    place = call.place("reference"), call.place("which")
    try:
        await texts.mark_read(call.desk, call.asker, *place)
    except RefusedError:
        return await _page(call, Tried(place[1], problem=NOT_READ))
    return _back(call, fields.get("back", ""))


@for_staff()
async def add_english(call: Call) -> Response:
    """Somebody says, and signs, what a text says in English."""
    fields = call.fields
    reference, which = call.place("reference"), call.place("which")
    words = fields.get("english", "").strip().replace("\0", "")
    new = NewEnglish(words, interpreted="interpreted" in fields)
    tried = Tried(which, words, new.interpreted, LONG if words else EMPTY)
    if not words or len(words) > LONGEST:
        return await _page(call, tried)
    try:
        await texts.add_english(call.desk, call.asker, reference, which, new)
    except RefusedError:
        return await _page(call, replace(tried, problem=NOT_READ))
    return _back(call, fields.get("back", ""))


async def _page(call: Call, tried: Tried | None = None) -> Response:
    reference = call.place("reference")
    sheet = await texts.sheet(call.desk, call.asker, reference)
    return call.page(
        "texts_of_one.html",
        status=422 if tried else 200,
        texts=reading.present(sheet, tried),
        back_to=f"{QUEUE}/{sheet.referral.reference}",
        problem=tried.problem if tried else "",
        problem_at=f"english-{tried.which}" if tried else "",
    )


def _back(call: Call, asked: str) -> Response:
    """To the page where it was pressed."""
    here = f"{QUEUE}/{call.request.path_params['reference']}"
    return RedirectResponse(own_page(asked) if asked else here, 303)


routes = [
    Route("/texts", show_queue),
    Route("/texts/{reference}", show_texts),
    Route("/texts/{reference}/{which}/read", mark_read, methods=["POST"]),
    Route("/texts/{reference}/{which}/english", add_english, methods=["POST"]),
]
