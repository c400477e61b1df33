"""Who is asking, for pages of work: signed in first, and told kindly when somebody was quicker."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from api.domain.errors import ConflictError, NotFoundError, OvertakenError, UnacceptableError
from api.domain.staff import StaffMember
from api.services.acting import Seen
from api.services.desk import Desk
from api.services.latest import what_happened
from api.staff.actions import not_offered, overtaken
from api.staff.pieces import is_number
from api.staff.referrals import not_here
from api.staff.signedin import Call, Endpoint, for_staff
from api.staff.visit import page

LONGEST_NOTE = 2000  # characters
Answer = Callable[[Request, "Asking"], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Asking:
    """A signed-in member of staff and what they sent; `fields` is empty when they only look."""

    member: StaffMember
    desk: Desk
    reference: str
    fields: Mapping[str, str]

    @property
    def address(self) -> str:
        """Where the referral's page is."""
        return f"/staff/referrals/{self.reference}"

    @property
    def seen(self) -> Seen:
        """The referral as it stood on the page that the form was made for."""
        version = self.fields.get("version", "")
        number = int(version) if is_number(version) else -1
        return Seen(self.reference, number, self.fields.get("status", ""))

    def text(self, name: str) -> str:
        """A short text that was typed.

        Raises:
            UnacceptableError: it is too long, or nothing that could be kept.
        """
        typed = self.fields.get(name, "").replace("\0", "").strip()
        if len(typed) > LONGEST_NOTE:
            raise UnacceptableError(name, f"Write no more than {LONGEST_NOTE:,} letters")
        return typed

    def done(self) -> Response:
        """Back to the referral's page, where it says what comes next."""
        return RedirectResponse(f"{self.address}#next", 303)


def asked(answer: Answer) -> Endpoint:
    """Make a page of work of it, which tells kindly when somebody was quicker."""

    @for_staff()
    async def handler(call: Call) -> Response:
        reference = call.request.path_params.get("reference", "")
        asking = Asking(call.member, call.desk, reference, call.fields)
        try:
            return await answer(call.request, asking)
        except ConflictError as error:
            return await _conflict(call.request, asking, error)

    return handler


async def _conflict(request: Request, asking: Asking, error: ConflictError) -> Response:
    """Somebody was quicker, or the page was so old that what it offered is offered no more."""
    try:
        latest = await what_happened(asking.desk, asking.member.asker, asking.reference)
    except NotFoundError:  # what the other did took it out of sight
        return not_here(request, asking.member)
    late = isinstance(error, OvertakenError)
    first = late and latest.who != asking.member.asker.actor
    return page(
        request,
        "overtaken.html",
        status=409,
        member=asking.member,
        heading="Somebody else was first" if first else "This has changed",
        what=overtaken(latest, asking.member.asker) if late else not_offered(latest),
        address=asking.address,
        reference=asking.reference,
    )
