"""One's own pages: where to find them."""

from dataclasses import dataclass

from starlette.responses import Response
from starlette.routing import Route

from api.domain.staff import Role
from api.staff.places import EVERYBODY
from api.staff.signedin import Call, for_staff


@dataclass(frozen=True, slots=True)
class Place:
    """A page of one's own; `roles` are those who have it."""

    link: str
    title: str
    about: str
    roles: frozenset[Role] = EVERYBODY


# Whoever adds a page of one's own adds its line here.
PLACES: list[Place] = [
    Place(
        "/staff/you/leave",
        "When you are away",
        "The days you are away, and who looks after your referrals meanwhile.",
        frozenset({Role.PRESCRIBER}),
    ),
    Place(
        "/staff/you/security",
        "How you sign in",
        "Your password, your second step, and the browsers in which you are signed in.",
    ),
    Place(
        "/staff/you/languages",
        "Languages you read",
        "What residents write in them comes to you to be read.",
    ),
    Place(
        "/staff/you/telegram",
        "Telegram",
        "Hear there of what comes to you, and choose when it is quiet.",
    ),
]


@for_staff()
async def show_you(call: Call) -> Response:
    """All pages of one's own."""
    places = [one for one in PLACES if call.member.role in one.roles]
    return call.page("you.html", places=places)


routes = [Route("/you", show_you)]
