"""Referrals over HTTP: bringing one, and what its own conversation may do afterwards."""

from typing import Annotated

from fastapi import APIRouter, Path

from api.rest.access import AtDesk
from api.rest.pacing import Asker, InTurn
from api.rest.problems import documented
from api.rest.wire import FromJson, IdempotencyKey, JsonRoute
from api.services import aftercare, intake
from common.contract.referral import (
    AboutYou,
    Correction,
    ErasureRequest,
    Feedback,
    ReferralReceipt,
    ReferralStatus,
    ReferralSubmission,
    Withdrawal,
)

router = APIRouter(prefix="/v1/referrals", tags=["referrals"], route_class=JsonRoute)
Reference = Annotated[str, Path(max_length=32, examples=["TH-7K3M-9QX"])]


@router.post("", status_code=201, responses=documented(400, 401, 409, 413, 422, 429))
async def submit(
    desk: AtDesk,
    turns: InTurn,
    key: IdempotencyKey,
    submission: Annotated[ReferralSubmission, FromJson(ReferralSubmission)],
) -> ReferralReceipt:
    """Bring a referral. The same key and body again get the same answer."""
    await turns.take(submission.conversation_id)
    return await intake.submit(desk, submission, key)


@router.get("/{reference}", responses=documented(401, 404, 422, 429))
async def status(desk: AtDesk, reference: Reference, asker: Asker) -> ReferralStatus:
    """Where a referral stands, for the conversation that sent it."""
    return await aftercare.status(desk, asker, reference)


@router.post(
    "/{reference}/about-you", status_code=204, responses=documented(400, 401, 404, 413, 422, 429)
)
async def about_you(
    desk: AtDesk,
    reference: Reference,
    asker: Asker,
    answers: Annotated[AboutYou, FromJson(AboutYou)],
) -> None:
    """Add the monitoring answers; the last ones given count."""
    await aftercare.about_you(desk, asker, reference, answers)


@router.post(
    "/{reference}/feedback", status_code=204, responses=documented(400, 401, 404, 413, 422, 429)
)
async def feedback(
    desk: AtDesk,
    reference: Reference,
    asker: Asker,
    answers: Annotated[Feedback, FromJson(Feedback)],
) -> None:
    """Add how it went; the last answers given count."""
    await aftercare.feedback(desk, asker, reference, answers)


@router.post(
    "/{reference}/corrections", status_code=204, responses=documented(400, 401, 404, 413, 422, 429)
)
async def correct(
    desk: AtDesk,
    reference: Reference,
    asker: Asker,
    correction: Annotated[Correction, FromJson(Correction)],
) -> None:
    """Give another telephone number."""
    await aftercare.correct(desk, asker, reference, correction)


@router.post(
    "/{reference}/withdrawal",
    status_code=204,
    responses=documented(400, 401, 404, 409, 413, 422, 429),
)
async def withdraw(
    desk: AtDesk,
    reference: Reference,
    asker: Asker,
    _withdrawal: Annotated[Withdrawal, FromJson(Withdrawal)],
) -> None:
    """Withdraw a referral that is open; once more changes nothing."""
    await aftercare.withdraw(desk, asker, reference)


@router.post(
    "/{reference}/erasure", status_code=204, responses=documented(400, 401, 404, 413, 422, 429)
)
async def erase(
    desk: AtDesk,
    reference: Reference,
    asker: Asker,
    _request: Annotated[ErasureRequest, FromJson(ErasureRequest)],
) -> None:
    """Ask for everything to be deleted; a person decides and does it."""
    await aftercare.ask_for_erasure(desk, asker, reference)
