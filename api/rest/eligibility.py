"""Asking about eligibility, over HTTP."""

from typing import Annotated

from fastapi import APIRouter

from api.rest.access import AtDesk
from api.rest.problems import documented
from api.rest.wire import FromJson, JsonRoute
from api.services import eligibility
from common.contract.referral import EligibilityAnswer, EligibilityQuestion

router = APIRouter(prefix="/v1/eligibility", tags=["eligibility"], route_class=JsonRoute)


@router.post("", responses=documented(400, 401, 413, 422, 429))
async def ask(
    desk: AtDesk, question: Annotated[EligibilityQuestion, FromJson(EligibilityQuestion)]
) -> EligibilityAnswer:
    """The decision on a postcode and a practice, with its reasons. Nothing is stored."""
    return await eligibility.eligibility(desk, question)
