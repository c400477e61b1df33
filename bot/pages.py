"""The few addresses the bot itself answers on: health, readiness, and the privacy page."""

from collections.abc import Awaitable, Callable, Sequence

from fastapi import FastAPI, HTTPException, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse

from bot.channels.webchat.pages import PAGES, STATIC
from bot.channels.webchat.says import Speech, says
from bot.channels.webchat.site import hint
from bot.lobby import Lobby
from common.contract.directory import POSTCODES_SOURCE
from common.contract.languages import BY_CODE, SOURCE_LANGUAGE
from common.runtime.assets import assets
from common.runtime.health import Ready
from common.runtime.jobfigures import KindOfJob
from common.runtime.metrics import Metrics, may_look
from common.runtime.web import Refusal, problem


def add_assets(app: FastAPI) -> None:
    """The sheets, scripts and fonts of our pages, which browsers keep for good."""
    app.mount("/assets", assets())
    app.mount("/chat-assets", STATIC.app)


def add_health(app: FastAPI, ready: Callable[[], Awaitable[Ready]]) -> None:
    """`/healthz` (the process lives) and `/readyz` (it can work, or what keeps it from working)."""

    @app.get("/healthz")
    async def healthz() -> dict[str, str]:
        return {"status": "alive"}

    @app.get("/readyz")
    async def readyz() -> Response:
        found = await ready()
        return JSONResponse(found.model_dump(), found.http_status)


def add_metrics(
    app: FastAPI, metrics: Metrics, token: str, jobs: Callable[[], Awaitable[Sequence[KindOfJob]]]
) -> None:
    """`/metrics` for Prometheus: with the token, or without one only for this machine."""

    async def ask() -> None:
        metrics.set_jobs(await jobs())

    @app.get("/metrics")
    async def figures(request: Request) -> Response:
        return await metrics.told(ask) if may_look(request, token) else problem(403, "Not for you")


def add_way_back(app: FastAPI, speech: Speech) -> None:
    """Whoever mistypes an address comes to the chat, and whoever meets a fault of ours is told so.

    Machines get 404, 422 and 500.
    """

    @app.exception_handler(404)
    async def missing(request: Request, _: Exception) -> Response:
        if request.method == "GET" and _reads_pages(request):
            return RedirectResponse("/", 303)
        return JSONResponse({"detail": "Not Found"}, 404)

    @app.exception_handler(RequestValidationError)
    async def unacceptable(_: Request, __: Exception) -> Response:
        # The framework's own answer repeats what was sent.
        return JSONResponse({"detail": "Unprocessable Content"}, 422)

    @app.exception_handler(500)
    async def broken(request: Request, _: Exception) -> Response:
        if not _reads_pages(request):
            return JSONResponse({"detail": "Internal Server Error"}, 500)
        return _apology(request, speech, "broken", 500)

    @app.exception_handler(400)
    async def unreadable(request: Request, error: Exception) -> Response:
        detail = error.detail if isinstance(error, HTTPException) else "Bad Request"
        if not _reads_pages(request):
            return JSONResponse({"detail": detail}, 400)
        return _apology(request, speech, "broken", 400)


def too_large(speech: Speech) -> Refusal:
    """The answer to who has sent more than is taken: a page says so, a machine gets a problem."""

    def refuse(request: Request) -> Response:
        if not _reads_pages(request):
            return problem(413, "Too large")
        return _apology(request, speech, "too_long", 413)

    return refuse


def _apology(request: Request, speech: Speech, told: str, status: int) -> Response:
    """A page with one sentence, in the browser's language, and the way back to the talk."""
    language = hint(request.headers.get("accept-language", ""), speech.languages)
    words = says(speech, language)
    page = PAGES.get_template("apology.html").render(
        language=BY_CODE[language], says=words, told=words[told]
    )
    return HTMLResponse(page, status)


def _reads_pages(request: Request) -> bool:
    return "text/html" in request.headers.get("accept", "")


def add_privacy(app: FastAPI, lobby: Lobby, speech: Speech) -> None:
    """`/privacy` and `/privacy/bn`: the same notice as the chat's."""

    @app.get("/privacy/{language}")
    async def privacy_in(language: str) -> Response:
        if language not in speech.languages:
            raise HTTPException(404)
        return _page(language)

    @app.get("/privacy")
    async def privacy() -> Response:
        return _page(SOURCE_LANGUAGE)

    def _page(language: str) -> HTMLResponse:
        return HTMLResponse(
            PAGES.get_template("privacy.html").render(
                language=BY_CODE[language],
                says=says(speech, language),
                paragraphs=lobby.privacy(language),
                source=POSTCODES_SOURCE,
            )
        )
