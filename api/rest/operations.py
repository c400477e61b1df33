"""What those who run it need: is it alive, is it ready, what is it doing."""

from typing import Literal

from fastapi import APIRouter, Request, Response
from fastapi.responses import PlainTextResponse
from pydantic import BaseModel

from api.domain.errors import RefusedError
from api.domain.events import Notice, Recipient
from api.rest.access import AtDesk
from api.rest.problems import documented
from api.services import readiness
from api.services.notifying import Tell
from common.runtime.clock import Clock
from common.runtime.health import Ready
from common.runtime.jobs import PermanentError
from common.runtime.metrics import Metrics, may_look

router = APIRouter(tags=["operations"])


class Alive(BaseModel):
    """The process answers."""

    status: Literal["alive"] = "alive"


class ApiMetrics(Metrics):
    """The api's own figures beside those of both sides."""

    def __init__(self, clock: Clock) -> None:
        super().__init__("api", clock)
        self.referrals = self.gauge("referrals", "Referrals by where they stand", "status")
        self.notifications = self.counter(
            "notifications", "Tries to tell staff: sent, failed or given up", "result"
        )

    def watching(self, tell: Tell) -> Tell:
        """The same way of telling, with each try counted."""

        async def counted(notice: Notice, to: Recipient) -> None:
            result = "failed"
            try:
                await tell(notice, to)
                result = "sent"
            except PermanentError:
                result = "given_up"
                raise
            finally:
                self.notifications.labels(result).inc()

        return counted


@router.get("/healthz")
async def healthz() -> Alive:
    """Whether the process answers at all."""
    return Alive()


@router.get("/readyz", responses={503: {"model": Ready, "description": "Not ready"}})
async def readyz(request: Request, desk: AtDesk, response: Response) -> Ready:
    """Whether the database answers, the jobs are worked and there is a directory."""
    ready = await readiness.check(desk, getattr(request.app.state, "worker", None))
    response.status_code = ready.http_status
    return ready


@router.get("/metrics", response_class=PlainTextResponse, responses=documented(403))
async def metrics(request: Request, desk: AtDesk) -> Response:
    """Counts and durations for Prometheus: nothing of any person.

    With API_METRICS_TOKEN only for its bearer, else only for this machine.
    """
    if not may_look(request, request.app.state.metrics_token):
        raise RefusedError
    kept: ApiMetrics = request.app.state.metrics

    async def ask() -> None:
        jobs, referrals = await readiness.counts(desk)
        kept.set_jobs(jobs)
        for status, count in referrals.items():
            kept.referrals.labels(status).set(count)

    return await kept.told(ask)
