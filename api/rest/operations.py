"""What those who run it need: is it alive, is it ready, what is it doing."""

from typing import Literal

from fastapi import APIRouter, Request, Response
from fastapi.responses import PlainTextResponse
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from pydantic import BaseModel

from api.rest.access import AtDesk
from api.rest.metrics import Metrics
from api.rest.problems import answer, documented, problem
from api.services import readiness
from common.runtime.logs import get

router = APIRouter(tags=["operations"])
log = get(__name__)


class Alive(BaseModel):
    """The process answers."""

    status: Literal["alive"] = "alive"


class Ready(BaseModel):
    """It can do its work; how long ago the directory was read, in seconds."""

    status: Literal["ready"] = "ready"
    directory_version: str
    directory_age_seconds: int


@router.get("/healthz")
async def healthz() -> Alive:
    """Whether the process answers at all."""
    return Alive()


@router.get("/readyz", response_model=Ready, responses=documented(503))
async def readyz(desk: AtDesk) -> Ready | Response:
    """Whether the database answers and there is a directory."""
    try:
        ready = await readiness.check(desk)
    except Exception:
        log.warning("api.not_ready", exc_info=True)
        return answer(problem(503, "not-ready"))
    return Ready(directory_version=ready.version, directory_age_seconds=ready.age_seconds)


@router.get("/metrics", response_class=PlainTextResponse)
async def metrics(request: Request) -> Response:
    """Counts and durations for Prometheus, by route template: nothing of any person."""
    kept: Metrics = request.app.state.metrics
    return Response(generate_latest(kept.registry), media_type=CONTENT_TYPE_LATEST)
