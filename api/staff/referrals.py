"""The list of referrals, and the page of one."""

from starlette.requests import Request
from starlette.responses import Response

from api.domain.errors import NotFoundError
from api.domain.staff import StaffMember
from api.services import casework
from api.staff import actions, cases, queue
from api.staff.visit import office, page, to_sign_in, visitor


async def show_list(request: Request) -> Response:
    """What is theirs to see, the most urgent first."""
    member = await visitor(request)
    if member is None:
        return to_sign_in(request)
    desk = office(request).desk
    found = await casework.list_referrals(desk, member.asker)
    rows = queue.present(found[: casework.PAGE], (await desk.directory.current()).directory)
    more = len(found) > casework.PAGE
    return page(request, "queue.html", member=member, rows=rows, more=more)


async def show_referral(request: Request) -> Response:
    """One referral, and what can be done with it; that it was read is recorded."""
    member = await visitor(request)
    if member is None:
        return to_sign_in(request)
    desk, reference = office(request).desk, request.path_params["reference"]
    try:
        case = await casework.read_referral(desk, member.asker, reference)
    except NotFoundError:
        return not_here(request, member)
    return page(
        request,
        "referral.html",
        member=member,
        case=cases.present(case, desk.today()),
        actions=actions.present(case, member.asker, desk.clock()),
    )


def not_here(request: Request, member: StaffMember | None = None) -> Response:
    """The same page whether there is none such or it is somebody else's."""
    return page(
        request,
        "message.html",
        status=404,
        member=member,
        heading="We cannot show you this",
        lines=(
            "There is no page here, or it is about a referral of another practice.",
            "If you think it should be yours, please ask a coordinator.",
        ),
    )
