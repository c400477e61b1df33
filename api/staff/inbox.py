"""The inbox: what waits, the most urgent first, and what comes while it is looked at."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from api.domain.inbox import Inbox
from api.domain.staff import StaffMember
from api.services import inbox
from api.services.inbox import View
from api.staff import entries
from api.staff.entries import EntryRow, TabLink
from api.staff.views import view_of
from api.staff.visit import office, page, to_sign_in, visitor

_NUMBER = re.compile(r"[0-9]{1,18}")


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page and its news both show; at `listening` the page asks for the next."""

    rows: Sequence[EntryRow]
    tabs: Sequence[TabLink]
    listening: str


async def show(request: Request) -> Response:
    """A page of the inbox."""
    member = await visitor(request)
    if member is None:
        return to_sign_in(request)
    desk, view = office(request).desk, view_of(request.query_params, member.role)
    found = await inbox.look(desk, member.asker, view)
    directory = (await desk.directory.current()).directory
    return page(
        request,
        "inbox.html",
        member=member,
        shown=await _shown(request, view, found),
        tab=view.tab.value,
        choices=entries.choices(view, member, directory),
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
    return await _news(request, member)


async def _news(request: Request, member: StaffMember) -> Response:
    desk, view = office(request).desk, view_of(request.query_params, member.role)
    given = request.query_params.get("since", "")
    since = int(given) if _NUMBER.fullmatch(given) else 0
    found = await inbox.news(desk, member.asker, view, since)
    if not found.entries:
        return Response(status_code=204)
    shown = await _shown(request, view, found)
    return page(request, "inbox_news.html", member=member, shown=shown)


async def _shown(request: Request, view: View, found: Inbox) -> Shown:
    directory = (await office(request).desk.directory.current()).directory
    return Shown(
        rows=entries.rows(found.entries, directory),
        tabs=entries.tab_links(view, found.counts),
        listening=entries.listening(view, found.newest),
    )


routes = [Route("/", show, methods=["GET"]), Route("/news", tell, methods=["GET"])]
