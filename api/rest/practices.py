"""Finding a practice, over HTTP: in a body, since what somebody typed is never in a URL."""

from typing import Annotated

from fastapi import APIRouter

from api.rest.access import AtDesk
from api.rest.problems import documented
from api.rest.wire import FromJson, JsonRoute
from api.services import practices
from common.contract.referral import PracticeHit, PracticeQuery

router = APIRouter(prefix="/v1/practices", tags=["practices"], route_class=JsonRoute)


@router.post("/search", responses=documented(400, 401, 413, 422, 429))
async def search(
    desk: AtDesk, query: Annotated[PracticeQuery, FromJson(PracticeQuery)]
) -> list[PracticeHit]:
    """The three practices that may be meant, best first, closed ones among them."""
    return await practices.find_practices(desk, query)
