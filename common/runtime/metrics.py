"""Figures for Prometheus: requests by route template, jobs by kind; codes only, nobody's anything.

Counting is done as things happen and asks no database; what has to be asked is asked when somebody
comes for the figures, and then kept for a moment.
"""

import hmac
import time
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from common.runtime.addresses import is_from_this_machine
from common.runtime.clock import Clock
from common.runtime.jobfigures import KindOfJob
from common.runtime.logs import get

UNMATCHED = "unmatched"
ASK_EVERY = timedelta(seconds=10)
_BEARER = "Bearer "

Ask = Callable[[], Awaitable[None]]
"""Asks what has to be asked, and sets its gauges."""

log = get(__name__)


class Metrics:
    """The figures of one side, `api` or `bot`, in a registry of their own."""

    def __init__(self, side: str, clock: Clock) -> None:
        self.registry = CollectorRegistry()
        self.name = f"doorway_{side}"
        self._clock = clock
        self._asked: datetime | None = None
        self.requests = Counter(
            f"{self.name}_requests",
            "Requests answered",
            ("method", "route", "status"),
            registry=self.registry,
        )
        self.seconds = Histogram(
            f"{self.name}_request_seconds",
            "How long an answer took",
            ("method", "route"),
            registry=self.registry,
        )
        self.jobs = self.gauge("jobs", "Jobs that wait or were given up", "kind", "state")
        self.job_age = self.gauge(
            "job_oldest_due_seconds", "How long the oldest job that is due has waited", "kind"
        )
        self.up = self.gauge("database_up", "Whether the database answered")

    def gauge(self, name: str, told: str, *labels: str) -> Gauge:
        """A figure that is set when somebody asks."""
        return Gauge(f"{self.name}_{name}", told, labels, registry=self.registry)

    def counter(self, name: str, told: str, *labels: str) -> Counter:
        """A figure that only grows."""
        return Counter(f"{self.name}_{name}", told, labels, registry=self.registry)

    def set_jobs(self, kinds: Sequence[KindOfJob]) -> None:
        """What the job table says at this moment."""
        self.jobs.clear()
        self.job_age.clear()
        for one in kinds:
            self.jobs.labels(one.kind, "waiting").set(one.waiting)
            self.jobs.labels(one.kind, "dead").set(one.dead)
            self.job_age.labels(one.kind).set(one.oldest_due_seconds)

    async def told(self, ask: Ask) -> Response:
        """All figures as text; without the database, those that need none."""
        now = self._clock()
        if self._asked is None or now - self._asked >= ASK_EVERY:
            self._asked = now
            try:
                await ask()
                self.up.set(1)
            except Exception:
                log.warning("metrics.database_away", exc_info=True)
                self.up.set(0)
        return Response(generate_latest(self.registry), media_type=CONTENT_TYPE_LATEST)


def may_look(request: Request, token: str) -> bool:
    """Whether this request may see the figures.

    It brings the token; or none is set, and it comes from this very machine.
    """
    if not token:
        return is_from_this_machine(request)
    given = request.headers.get("authorization", "")
    return hmac.compare_digest(given.encode(), f"{_BEARER}{token}".encode())


class CountRequests:
    """ASGI middleware that counts what passes."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started, status = time.perf_counter(), 500

        async def note(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, note)
        finally:
            self._count(scope, status, time.perf_counter() - started)

    def _count(self, scope: Scope, status: int, seconds: float) -> None:
        template = getattr(scope.get("route"), "path", None)
        # The root path is where a mounted site stands, as /staff.
        route = f"{scope.get('root_path', '')}{template}" if template else UNMATCHED
        method = scope["method"] if template else UNMATCHED
        self._metrics.requests.labels(method, route, str(status)).inc()
        self._metrics.seconds.labels(method, route).observe(seconds)
