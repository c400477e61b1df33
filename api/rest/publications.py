"""The published words over HTTP: whole, or a word that nothing has changed."""

from typing import Annotated

from fastapi import APIRouter, Header, Response

from api.rest.access import AtDesk
from api.rest.directory import NOT_MODIFIED, matches
from api.rest.problems import documented
from common.contract.publication import Publication

router = APIRouter(prefix="/v1/publications", tags=["publications"])


@router.get(
    "/current",
    response_model=Publication,
    responses={**NOT_MODIFIED, **documented(401, 422, 429)},
)
async def current(desk: AtDesk, if_none_match: Annotated[str | None, Header()] = None) -> Response:
    """The newest words, helplines, phrases and voices, with their version's hash as the ETag."""
    newest = await desk.publications.current()
    headers = {"ETag": newest.etag, "Cache-Control": "private, no-cache"}
    if matches(if_none_match or "", newest.etag):
        return Response(status_code=304, headers=headers)
    return Response(newest.body, headers=headers, media_type="application/json")
