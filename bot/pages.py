"""The few addresses the bot itself answers on: health, readiness, and the privacy page."""

from collections.abc import Callable

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


def add_assets(app: FastAPI) -> None:
    """The sheets, scripts and fonts of our pages, which browsers keep for good."""
    app.mount("/assets", assets())
    app.mount("/chat-assets", STATIC.app)


def add_health(app: FastAPI, waits_for: Callable[[], str]) -> None:
    """`/healthz` (the process lives) and `/readyz` (it can work; `waits_for` names what not)."""

    @app.get("/healthz")
    async def healthz() -> dict[str, str]:
        return {"status": "alive"}

    @app.get("/readyz")
    async def readyz() -> Response:
        missing = waits_for()
        return JSONResponse({"waits_for": missing}, 503 if missing else 200)


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
    async def unreadable(_: Request, __: Exception) -> Response:
        # The framework's own answer repeats what was sent.
        return JSONResponse({"detail": "Unprocessable Content"}, 422)

    @app.exception_handler(500)
    async def broken(request: Request, _: Exception) -> Response:
        if not _reads_pages(request):
            return JSONResponse({"detail": "Internal Server Error"}, 500)
        language = hint(request.headers.get("accept-language", ""), speech.languages)
        template = PAGES.get_template("broken.html")
        known = BY_CODE[language]
        return HTMLResponse(template.render(language=known, says=says(speech, language)), 500)


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
