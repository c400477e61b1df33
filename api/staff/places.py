"""The places of the site that its navigation leads to, and who has business there."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from starlette.requests import Request
from starlette.routing import BaseRoute, Route

from api.domain.staff import Role, StaffMember

EVERYBODY = frozenset(Role)
LEADERS = frozenset({Role.COORDINATOR, Role.MANAGER})


@dataclass(frozen=True, slots=True)
class Place:
    """A place by its path below /staff; `roles` are those who are shown the way to it."""

    path: str
    words: str
    roles: frozenset[Role] = EVERYBODY


@dataclass(frozen=True, slots=True)
class Way:
    """An entry of the navigation: `waiting` is how many things wait there, None if none count."""

    href: str
    words: str
    waiting: int | None
    current: bool


# In this order. One whose page is not there yet is not shown: see `ways`.
PLACES = (
    Place("/", "Inbox"),
    Place("/texts", "Texts to read"),
    Place("/calls", "Calls"),
    Place("/directory", "Directory", LEADERS),
    Place("/words", "Words", LEADERS),
    Place("/people", "People", frozenset({Role.MANAGER})),
    Place("/audit", "Record", frozenset({Role.MANAGER})),
    Place("/requests", "Requests", LEADERS),
)
YOU = Place("/you", "You")


def ways(
    request: Request, member: StaffMember, waiting: Mapping[str, int], places: Sequence[Place]
) -> list[Way]:
    """The entries to show somebody; `waiting` counts by path, such as `/texts`."""
    there = _answered(request.app.routes)
    return [
        Way(f"/staff{one.path}", one.words, waiting.get(one.path), _is_in(request, one))
        for one in places
        if one.path in there and member.role in one.roles
    ]


def _answered(routes: Iterable[BaseRoute]) -> frozenset[str]:
    pages = (one for one in routes if isinstance(one, Route) and "GET" in (one.methods or ()))
    return frozenset(one.path for one in pages)


def _is_in(request: Request, place: Place) -> bool:
    """Whether the page that is shown belongs to this place; a person's page is of the inbox."""
    path = request.url.path.removeprefix("/staff")
    if place.path == "/":
        return path == "/" or path.startswith("/referrals")
    return path == place.path or path.startswith(f"{place.path}/")
