"""The inbox: what waits, the most urgent first, and what comes while it is looked at."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from api.domain.inbox import Inbox
from api.services import inbox
from api.services.inbox import View
from api.staff import entries
from api.staff.entries import EntryRow, TabLink
from api.staff.signedin import Call, for_staff
from api.staff.views import view_of
from api.staff.visit import page, visitor

_NUMBER = re.compile(r"[0-9]{1,18}")


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page and its news both show; at `listening` the page asks for the next."""

    rows: Sequence[EntryRow]
    tabs: Sequence[TabLink]
    listening: str


@for_staff()
async def show(call: Call) -> Response:
    """A page of the inbox."""
    desk, view = call.desk, view_of(call.request.query_params, call.member.role)
    found = await inbox.look(desk, call.asker, view)
    directory = (await desk.directory.current()).directory
    return call.page(
        "inbox.html",
        shown=await _shown(call, view, found),
        tab=view.tab.value,
        choices=entries.choices(view, call.member, directory),
        sought=entries.in_words(view.sought, directory),
        empty=entries.EMPTY[view.tab],
        onward=entries.onward(view, found),
        is_first=view.after is None,
    )


async def tell(request: Request) -> Response:
    """What has come since the page was shown, to be put into it; nothing (204) when nothing has."""
    member = await visitor(request, by_itself=True)
    if member is None:
        return page(request, "inbox_over.html")
    return await _news(Call(request, member))


async def _news(call: Call) -> Response:
    desk, view = call.desk, view_of(call.request.query_params, call.member.role)
    given = call.request.query_params.get("since", "")
    since = int(given) if _NUMBER.fullmatch(given) else 0
    found = await inbox.news(desk, call.asker, view, since)
    if not found.entries:
        return Response(status_code=204)
    shown = await _shown(call, view, found)
    return call.page("inbox_news.html", shown=shown)


async def _shown(call: Call, view: View, found: Inbox) -> Shown:
    directory = (await call.desk.directory.current()).directory
    return Shown(
        rows=entries.rows(found.entries, directory),
        tabs=entries.tab_links(view, found.counts),
        listening=entries.listening(view, found.newest),
    )


routes = [Route("/", show, methods=["GET"]), Route("/news", tell, methods=["GET"])]
