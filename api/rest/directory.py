"""The directory over HTTP: whole, or a word that nothing has changed."""

from typing import Annotated

from fastapi import APIRouter, Header, Response

from api.rest.access import AtDesk
from api.rest.problems import documented
from common.contract.directory import Directory

router = APIRouter(prefix="/v1/directory", tags=["directory"])
NOT_MODIFIED: dict[int | str, dict[str, str]] = {304: {"description": "Nothing has changed"}}


@router.get("", response_model=Directory, responses={**NOT_MODIFIED, **documented(401, 422, 429)})
async def directory(
    desk: AtDesk, if_none_match: Annotated[str | None, Header()] = None
) -> Response:
    """The practices and the borough's postcodes, with their version as the ETag."""
    snapshot = await desk.directory.current()
    headers = {"ETag": snapshot.etag, "Cache-Control": "private, no-cache"}
    if matches(if_none_match or "", snapshot.etag):
        return Response(status_code=304, headers=headers)
    return Response(snapshot.body, headers=headers, media_type="application/json")


def matches(condition: str, etag: str) -> bool:
    """If-None-Match compares weakly and may list several, or be a star (RFC 9110, 13.1.2)."""
    tags = {tag.strip().removeprefix("W/") for tag in condition.split(",")}
    return bool(tags & {"*", etag})
