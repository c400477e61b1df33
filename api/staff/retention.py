"""How long everything is kept, shown to those who answer for it; it goes by itself after that."""

from starlette.responses import Response
from starlette.routing import Route

from api.domain.staff import Role
from api.services import keeping
from api.staff.signedin import Call, for_staff

FEW = 5  # fewer than so many might be known again


@for_staff(Role.COORDINATOR, Role.MANAGER)
async def show(call: Call) -> Response:
    """Each kind of data with its time, and what was erased so far."""
    desk = call.desk
    keep, counts = desk.keep, await keeping.erased(desk, call.asker)
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
    return call.page("retention.html", times=times, rows=rows)


routes = [Route("/retention", show)]
