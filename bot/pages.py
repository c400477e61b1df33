"""The few addresses the bot itself answers on: health, readiness, and the privacy page."""

from collections.abc import Callable
from html import escape

from fastapi import FastAPI, Response
from fastapi.responses import HTMLResponse, JSONResponse

from bot.channels.webchat.pages import STATIC
from common.contract.directory import POSTCODES_SOURCE
from common.contract.languages import BY_CODE
from common.runtime.assets import assets

Paragraphs = Callable[[str], list[str]]

_PAGE = """<!doctype html>
<html lang="{language}" dir="{direction}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Doorway</title></head>
<body><main>{paragraphs}</main>
<footer><p lang="en-GB" dir="ltr"><small>{source}</small></p></footer></body>
</html>
"""


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


def add_privacy(app: FastAPI, paragraphs: Paragraphs, languages: tuple[str, ...]) -> None:
    """`/privacy` and `/privacy/bn`: the same notice as the chat's; `paragraphs` are safe HTML."""

    @app.get("/privacy/{language}")
    async def privacy_in(language: str) -> Response:
        if language not in languages:
            return Response(status_code=404)
        return _page(language, paragraphs(language))

    @app.get("/privacy")
    async def privacy() -> Response:
        return _page("en", paragraphs("en"))


def _page(language: str, paragraphs: list[str]) -> HTMLResponse:
    known = BY_CODE[language]
    text = "".join(f"<p>{one}</p>" for one in paragraphs)
    return HTMLResponse(
        _PAGE.format(
            language=escape(known.bcp47),
            direction=known.direction,
            paragraphs=text,
            source=escape(POSTCODES_SOURCE),
        )
    )
