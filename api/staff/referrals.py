"""The list of referrals, and the page of one."""

from starlette.requests import Request
from starlette.responses import Response

from api.domain.errors import NotFoundError
from api.domain.staff import StaffMember
from api.services import casework, texts
from api.staff import cases, queue, reading
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
    """One referral, read-only; that it was read is recorded."""
    member = await visitor(request)
    if member is None:
        return to_sign_in(request)
    desk, reference = office(request).desk, request.path_params["reference"]
    try:
        case = await casework.read_referral(desk, member.asker, reference)
        sheet = await texts.beside(desk, member.asker, reference)
    except NotFoundError:
        return not_here(request, member)
    shown, told = cases.present(case, desk.today()), reading.present(sheet)
    return page(request, "referral.html", member=member, case=shown, texts=told, back_to=told.link)


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
