"""The page of one referral, and the same on one sheet of paper."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from api.domain.errors import NotFoundError
from api.domain.staff import StaffMember
from api.services import casework, texts
from api.services.casework import Case
from api.staff import actions, cases, reading
from api.staff.pieces import CasePage, at
from api.staff.record import record_text
from api.staff.summary import sheet, without_words
from api.staff.visit import office, page, to_sign_in, visitor


async def show_referral(request: Request) -> Response:
    """One referral, and what can be done with it; that it was read is recorded."""
    member = await visitor(request)
    if member is None:
        return to_sign_in(request)
    case = await _read(request, member)
    if case is None:
        return not_here(request, member)
    beside = await texts.beside(office(request).desk, member.asker, case.referral.reference)
    told = reading.present(beside)
    return page(
        request,
        "referral.html",
        member=member,
        case=without_words(_put_into_words(request, case)),
        record=record_text(case),
        actions=actions.present(case, member.asker, office(request).desk.clock()),
        texts=told,
        back_to=told.link,
    )


async def show_summary(request: Request) -> Response:
    """The same on one sheet of paper; that it was read is recorded all the same."""
    member = await visitor(request)
    if member is None:
        return to_sign_in(request)
    case = await _read(request, member)
    if case is None:
        return not_here(request, member)
    shown = sheet(_put_into_words(request, case))
    return page(
        request,
        "summary.html",
        member=member,
        case=shown.case,
        words=shown.words,
        received=at(case.referral.received_at),
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


async def _read(request: Request, member: StaffMember) -> Case | None:
    """The case, if it exists for them."""
    desk, reference = office(request).desk, request.path_params["reference"]
    try:
        return await casework.read_referral(desk, member.asker, reference)
    except NotFoundError:
        return None


def _put_into_words(request: Request, case: Case) -> CasePage:
    desk = office(request).desk
    return cases.present(case, desk.today(), desk.interpreting_phone)


routes = [
    Route("/referrals/{reference}", show_referral, methods=["GET"]),
    Route("/referrals/{reference}/summary", show_summary, methods=["GET"]),
]
