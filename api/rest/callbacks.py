"""Requests to be called, over HTTP."""

from typing import Annotated

from fastapi import APIRouter

from api.rest.access import AtDesk
from api.rest.pacing import InTurn
from api.rest.problems import documented
from api.rest.wire import FromJson, IdempotencyKey, JsonRoute
from api.services import callbacks
from common.contract.referral import CallbackRequest, ReferralReceipt

router = APIRouter(prefix="/v1/callbacks", tags=["callbacks"], route_class=JsonRoute)


@router.post("", status_code=201, responses=documented(400, 401, 409, 413, 422, 429))
async def call_back(
    desk: AtDesk,
    turns: InTurn,
    key: IdempotencyKey,
    request: Annotated[CallbackRequest, FromJson(CallbackRequest)],
) -> ReferralReceipt:
    """Ask for a call. The same key and body again get the same answer."""
    await turns.take(request.conversation_id)
    return await callbacks.call_back(desk, request, key)
