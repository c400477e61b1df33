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
from api.staff.signedin import Call, for_staff
from api.staff.summary import sheet, without_words
from api.staff.visit import page


@for_staff()
async def show_referral(call: Call) -> Response:
    """One referral, and what can be done with it; that it was read is recorded."""
    case = await _read(call)
    if case is None:
        return not_here(call.request, call.member)
    beside = await texts.beside(call.desk, call.asker, case.referral.reference)
    told = reading.present(beside)
    return call.page(
        "referral.html",
        case=without_words(_put_into_words(call, case)),
        record=record_text(case),
        actions=actions.present(case, call.asker, call.desk.clock()),
        texts=told,
        back_to=told.link,
    )


@for_staff()
async def show_summary(call: Call) -> Response:
    """The same on one sheet of paper; that it was read is recorded all the same."""
    case = await _read(call)
    if case is None:
        return not_here(call.request, call.member)
    shown = sheet(_put_into_words(call, case))
    return call.page(
        "summary.html",
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


async def _read(call: Call) -> Case | None:
    """The case, if it exists for them."""
    desk, reference = call.desk, call.place("reference")
    try:
        return await casework.read_referral(desk, call.asker, reference)
    except NotFoundError:
        return None


def _put_into_words(call: Call, case: Case) -> CasePage:
    desk = call.desk
    return cases.present(case, desk.today(), desk.interpreting_phone)


routes = [
    Route("/referrals/{reference}", show_referral, methods=["GET"]),
    Route("/referrals/{reference}/summary", show_summary, methods=["GET"]),
]
