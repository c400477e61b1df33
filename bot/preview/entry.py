"""The addresses of previews: one opens it by a ticket, the other takes what is pressed in it.

Neither needs a cookie, which a browser may refuse in a frame: the forms carry what is needed.
"""

import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace

import httpx2
from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import HTMLResponse
from pydantic import ValidationError

from bot.catalogue import Catalogue
from bot.channels.webchat import inbound
from bot.channels.webchat.forms import Form, posted
from bot.channels.webchat.pages import LONGEST, PAGES, pressed_label, talk_page
from bot.channels.webchat.site import Site, Visit
from bot.dialogue.world import World
from bot.ports import Listener
from bot.preview.room import Held, Room
from bot.preview.stage import Props, Stage
from bot.translation import Translator
from bot.vocabulary import Shipped, helplines, layered
from common.contract.languages import BY_CODE, SOURCE_LANGUAGE
from common.contract.preview import TICKET, Preview
from common.contract.publication import Publication
from common.runtime import logs
from common.runtime.addresses import network
from common.runtime.pace import Rate
from common.runtime.web import csrf_token, framed_by

SAY = "/preview/say#now"
OPENING = Rate("preview-address", 120)

log = logs.get(__name__)


@dataclass(frozen=True, slots=True)
class Ground:
    """What previews stand on: the api that knows the tickets, and what residents have as well."""

    client: httpx2.AsyncClient
    site: Site
    shipped: Shipped
    world: Callable[[], World]
    listener: Listener


class Previews:
    """Shows the web chat in words that are not out: no store, no jobs, no figures."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self.room = Room(ground.site.clock)
        self._last_framed_by = ""

    def router(self) -> APIRouter:
        """Its addresses."""
        router = APIRouter(prefix="/preview", include_in_schema=False)
        router.add_api_route("", self.open, methods=["GET"])
        router.add_api_route("/say", self.say, methods=["POST"])
        return router

    async def open(self, request: Request, ticket: str = "") -> Response:
        """The page that a ticket opens; it is used up by that."""
        if wait := await self._ground.site.pace.take(OPENING, network(request)):
            raise HTTPException(429, headers={"Retry-After": str(wait)})
        preview = await self._redeemed(ticket)
        if preview is None:
            return self._over()
        self._last_framed_by = preview.framed_by
        stage = Stage(self._props(preview.words), preview.language, preview.step)
        await stage.begin()
        secret = secrets.token_urlsafe(32)
        held = self.room.hold(csrf_token(secret), stage, secret, preview.framed_by)
        return self._page(request, held)

    async def say(self, request: Request) -> Response:
        """Take what was pressed or typed in a preview."""
        form = await posted(request)
        held = self.room.find(form.token)
        if held is None:
            return self._over()
        if not form.is_empty and len(form.text) <= LONGEST:
            await self._take(held.stage, form)
        return self._page(request, held)

    async def _take(self, stage: Stage, form: Form) -> None:
        body = {"question": form.question, "update": form.name}
        for name in ("press", "command", "text"):
            if said := getattr(form, name):
                body[name] = said
                break
        arrival = inbound.read(body)
        if arrival is not None:
            await stage.take(arrival, _mine(stage, form))

    async def _redeemed(self, ticket: str) -> Preview | None:
        if not re.fullmatch(TICKET, ticket):
            return None
        try:
            answer = await self._ground.client.post("/v1/previews", json={"ticket": ticket})
            answer.raise_for_status()
            return Preview.model_validate_json(answer.content)
        except (httpx2.HTTPError, ValidationError) as error:
            log.warning("preview.not_opened", error=type(error).__name__)
            return None

    def _props(self, words: Publication) -> Props:
        site, shipped = self._ground.site, self._ground.shipped
        translator = Translator(_drafts(shipped, words))
        today = site.clock().date()
        numbers = helplines(shipped.helplines, words.helplines, today)
        names = {one.key: one.name for one in words.helplines_on(today)}
        world = replace(self._ground.world(), lexicon=translator, helplines=numbers, names=names)
        return Props(translator, world, self._ground.listener, site.clock)

    def _page(self, request: Request, held: Held) -> Response:
        stage, props = held.stage, held.stage.props
        numbers = (*props.world.helplines.values(), props.world.service.phone)
        site = replace(self._ground.site, speech=props.translator, numbers=numbers, say=SAY)
        visit = Visit(site, held.secret, known=True, hint=stage.language, left=False)
        page = talk_page(request, visit, stage.page.talk, start="")
        framed_by(page, held.framed_by)
        return page

    def _over(self) -> Response:
        language = BY_CODE[SOURCE_LANGUAGE]
        page = HTMLResponse(PAGES.get_template("preview_over.html").render(language=language), 410)
        if self._last_framed_by:
            framed_by(page, self._last_framed_by)
        return page


def _drafts(shipped: Shipped, words: Publication) -> dict[str, Catalogue]:
    """What cannot be used of a draft is shown as it would be to residents: as it was shipped."""
    return dict(layered(shipped.catalogues, words, lambda _, __: None))


def _mine(stage: Stage, form: Form) -> str:
    """The person's own line, as the page shows it to residents."""
    talk = stage.page.talk
    if form.press:
        return pressed_label(talk, form.press) or ""
    if form.command:
        language = _spoken(stage)
        menu = stage.props.translator.commands(language)
        return next((one.label for one in menu if one.data == form.command), "")
    return form.text.strip()


def _spoken(stage: Stage) -> str:
    lines = stage.page.talk.lines
    spoken = (one.said.language for one in reversed(lines) if one.said and one.said.language)
    return next(spoken, stage.language)
