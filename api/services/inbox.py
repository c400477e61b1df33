"""The inbox as staff look at it: a page of it, how many there are, and what has arrived since."""

from dataclasses import dataclass, field

from sqlalchemy import Connection

from api.domain.inbox import Inbox, Place, Sought, Tab, tabs
from api.domain.staff import StaffAsker
from api.persistence import inbox
from api.persistence.inbox import Search
from api.services.desk import Desk
from api.services.sorting import token_of

PAGE = 50  # entries
MOST_NEWS = 20  # entries that a page grows by at once; the others come with the next look


@dataclass(frozen=True, slots=True)
class View:
    """What is looked at."""

    tab: Tab
    sought: Sought = field(default_factory=Sought)
    after: Place | None = None


async def look(desk: Desk, asker: StaffAsker, view: View) -> Inbox:
    """One page of the inbox."""
    search = _search(desk, view)

    def read(connection: Connection) -> Inbox:
        found = inbox.page(asker, connection, search, after=view.after, limit=PAGE + 1)
        many, newest = inbox.counts(asker, connection, search, tabs(asker.role))
        return Inbox(found[:PAGE], len(found) > PAGE, many, newest)

    return await desk.database.read(read)


async def news(desk: Desk, asker: StaffAsker, view: View, since: int) -> Inbox:
    """What has come into the view since that number, in the order in which it came."""
    search = _search(desk, view)

    def read(connection: Connection) -> Inbox:
        found = inbox.arrived(asker, connection, search, since=since, limit=MOST_NEWS)
        if not found:
            return Inbox((), newest=since)
        many, _ = inbox.counts(asker, connection, search, tabs(asker.role))
        return Inbox(found, counts=many, newest=found[-1].place.id)

    return await desk.database.read(read)


async def waiting(desk: Desk, asker: StaffAsker) -> int:
    """How many wait for the asker's first step."""
    # One statement on each page that is shown: it need not wait for a view of its own.
    return await desk.database.peek(lambda connection: inbox.waiting(asker, connection))


def _search(desk: Desk, view: View) -> Search:
    concern = view.sought.concern
    return Search(view.tab, view.sought, token_of(desk.vault, concern) if concern else "")
