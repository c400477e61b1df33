"""Previews over HTTP: the bot brings a ticket in a body and is told what to show."""

from typing import Annotated

from fastapi import APIRouter

from api.rest.access import AtDesk
from api.rest.problems import documented
from api.rest.wire import FromJson, JsonRoute
from api.services import previews
from common.contract.preview import Preview, PreviewTicket

router = APIRouter(prefix="/v1/previews", tags=["publications"], route_class=JsonRoute)


@router.post("", responses=documented(400, 401, 404, 413, 422, 429))
async def redeem(
    desk: AtDesk, ticket: Annotated[PreviewTicket, FromJson(PreviewTicket)]
) -> Preview:
    """The step and the newest words that a coordinator wants to see, once for each ticket."""
    return await previews.redeem(desk, ticket.ticket)
