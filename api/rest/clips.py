"""Spoken clips over HTTP: the bytes of one, by their hash."""

from typing import Annotated, Any

from fastapi import APIRouter, Path, Response

from api.rest.access import AtDesk
from api.rest.problems import documented
from api.services import voices

router = APIRouter(prefix="/v1/publications/clips", tags=["publications"])
OGG: dict[int | str, dict[str, Any]] = {
    200: {"content": {"audio/ogg": {}}, "description": "Ogg Opus"}
}


@router.get(
    "/{sha256}", response_class=Response, responses={**OGG, **documented(401, 404, 422, 429)}
)
async def clip(desk: AtDesk, sha256: Annotated[str, Path(pattern="^[0-9a-f]{64}$")]) -> Response:
    """A clip that a publication names. It never changes: another one has another hash."""
    body = await voices.handed_out(desk, sha256)
    headers = {"Cache-Control": "private, max-age=31536000, immutable", "ETag": f'"{sha256}"'}
    return Response(body, headers=headers, media_type="audio/ogg")
