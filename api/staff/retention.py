"""How long everything is kept, shown to those who answer for it; it goes by itself after that."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from api.domain.staff import Role, StaffMember
from api.services import keeping
from api.staff.visit import office, only, page

FEW = 5  # fewer than so many might be known again


@only(Role.COORDINATOR, Role.MANAGER)
async def show(request: Request, member: StaffMember) -> Response:
    """Each kind of data with its time, and what was erased so far."""
    desk = office(request).desk
    keep, counts = desk.keep, await keeping.erased(desk, member.asker)
    times = (
        (
            "Referrals and call-backs",
            f"{keep.closed_years} years after they were closed or withdrawn",
        ),
        ("The same of somebody who was a child", "at least until they are 26"),
        ("Referrals that are still open", "as long as they are open"),
        ("The record of who did what", f"{keep.record_years} years, then day by day"),
        ("What the chat has been answered", f"{keep.answers_days} days"),
        ("Signed-in browsers", "until they are not used any more"),
        ("Answers that were never sent", "some days, in the chat itself: they never come here"),
    )
    rows = [
        (month, network or "No network", str(count) if count >= FEW else f"fewer than {FEW}")
        for month, network, count in counts
    ]
    return page(request, "retention.html", member=member, times=times, rows=rows)


routes = [Route("/retention", show)]
