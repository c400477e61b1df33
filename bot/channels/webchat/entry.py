"""The addresses of the web chat: the page, its form, its stream of changes, and the way out."""

import secrets
from collections.abc import AsyncIterable
from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Request, Response
from fastapi.responses import FileResponse, RedirectResponse
from fastapi.sse import EventSourceResponse, ServerSentEvent

from bot.channels.webchat import SOURCE, arrivals
from bot.channels.webchat.bells import within
from bot.channels.webchat.forms import Form, payload, posted
from bot.channels.webchat.pace import (
    has_something_to_leave,
    may_begin,
    refuse_too_many_streams,
    wait_to_say,
)
from bot.channels.webchat.pages import (
    AWAY,
    LONGEST,
    Trouble,
    changes,
    closed_page,
    neutral_page,
    talk_page,
)
from bot.channels.webchat.site import (
    Site,
    Visit,
    is_from_elsewhere,
    is_from_here,
    is_own_form,
    mark_left,
    visit,
)
from bot.ports import Outgoing
from bot.talks import Line, Talk

POLL = 5.0  # seconds: how late a page learns of what no bell has rung for

_LATEST = "/#now"


class WebChat:
    """Serves the talk to browsers. What is posted is stored before the browser is answered."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def router(self) -> APIRouter:
        """Its addresses."""
        router = APIRouter(include_in_schema=False)
        router.add_api_route("/", self.show, methods=["GET"])
        router.add_api_route("/say", self.say, methods=["POST"])
        router.add_api_route(
            "/stream",
            self.stream,
            methods=["GET"],
            response_class=EventSourceResponse,
            dependencies=[Depends(self._not_too_many)],
        )
        router.add_api_route("/leave", self.leave, methods=["POST"])
        router.add_api_route("/voices/{language}/{step}", self.listen, methods=["GET"])
        router.add_api_route(AWAY, neutral_page, methods=["GET"])
        return router

    async def show(self, request: Request, start: str | None = None) -> Response:
        """The page: the talk as far as it has come, or a newcomer's first question."""
        visitor = visit(request, self._site)
        if visitor.left and start is None and "open" not in request.query_params:
            return closed_page(request, visitor)
        talk = await self._site.talks.read(visitor.conversation)
        if talk.lines and start is not None:
            if await may_begin(visitor):
                await self._store(visitor, arrivals.started(visitor, payload(start)))
                await self._answered(visitor)
            return RedirectResponse(_LATEST, 303)
        response = self._page(request, visitor, talk, payload(start or ""))
        visitor.keep(response)
        if visitor.left:
            self._site.forget(response, "left")
        return response

    async def say(self, request: Request) -> Response:
        """Take what was pressed or typed."""
        visitor, form = visit(request, self._site), await posted(request)
        talk = await self._site.talks.read(visitor.conversation)
        trouble = self._trouble(request, visitor, form)
        if trouble is not None:
            return self._not_taken(request, visitor, talk, form, trouble)
        if form.is_empty:
            return RedirectResponse(_LATEST, 303)
        shown = talk if talk.lines else self._newcomers(visitor, form.start or "")
        arrived = arrivals.said(visitor, form, shown)
        if wait := await wait_to_say(request, visitor, arrived, new=not talk.lines):
            self._site.watch.refused(SOURCE)
            too_fast = Trouble("too_fast", form.text, status=429, wait=wait)
            return self._not_taken(request, visitor, talk, form, too_fast)
        await self._store(visitor, arrived)
        if "hx-request" in request.headers:
            response = Response(status_code=204)  # the stream brings the answer
        else:
            await self._answered(visitor)
            response = RedirectResponse(_LATEST, 303)
        visitor.keep(response)
        return response

    async def stream(
        self,
        request: Request,
        after: int = 0,
        last_event_id: Annotated[int | None, Header()] = None,
    ) -> AsyncIterable[ServerSentEvent]:
        """What changes in the talk, from the change that the page has seen last."""
        visitor = visit(request, self._site)
        if not visitor.known:
            return  # there is no talk that could change
        seen, talks, bells = last_event_id or after, self._site.talks, self._site.bells
        with bells.listening(visitor.conversation):
            while True:
                bell = bells.heard(visitor.conversation)
                talk = await talks.read(visitor.conversation, seen)
                if talk.change != seen:
                    yield ServerSentEvent(
                        raw_data=changes(visitor, talk, seen), id=str(talk.change)
                    )
                    seen = talk.change
                await within(bell, POLL)

    async def listen(self, language: str, step: str) -> Response:
        """A question as it is spoken now; nothing in it is of anybody. In parts, if so asked."""
        path = await self._site.voices.sound(f"{language}/{step}")
        if path is None:
            return Response(status_code=404)
        return FileResponse(path, media_type="audio/ogg", headers={"cache-control": "no-cache"})

    async def leave(self, request: Request) -> Response:
        """Close the chat on this device; what was not sent is deleted at once."""
        visitor, form = visit(request, self._site), await posted(request)
        response = RedirectResponse(self._site.exit_url or AWAY, 303)
        # The privacy page knows no talk, and so no token: there the browser's word is enough.
        ours = is_own_form(request, visitor, form.token) or is_from_here(request, visitor)
        if ours and await has_something_to_leave(visitor):
            await self._site.talks.clear(visitor.conversation)
            await self._store(visitor, arrivals.left(visitor))
        if not is_from_elsewhere(request, visitor):  # nobody else sends a resident away
            mark_left(visitor, response)
        return response

    def _not_taken(
        self, request: Request, visitor: Visit, talk: Talk, form: Form, trouble: Trouble
    ) -> Response:
        if trouble.wait and "hx-request" in request.headers:
            return Response(status_code=trouble.status, headers=trouble.headers)
        response = self._page(request, visitor, talk, form.start or "", trouble)
        # Another site's form comes without the cookie of the talk that is here, and must not
        # put a new one in its place.
        if not is_from_elsewhere(request, visitor):
            visitor.keep(response)
        return response

    async def _not_too_many(self, request: Request) -> None:
        await refuse_too_many_streams(request, self._site)

    def _trouble(self, request: Request, visitor: Visit, form: Form) -> Trouble | None:
        if not visitor.known:
            return Trouble("cookies", form.text)
        if not is_own_form(request, visitor, form.token):
            return Trouble("stale", form.text, status=403)
        return Trouble("too_long", form.text) if len(form.text) > LONGEST else None

    def _page(
        self,
        request: Request,
        visitor: Visit,
        talk: Talk,
        start: str,
        trouble: Trouble | None = None,
    ) -> Response:
        if talk.lines:
            return talk_page(request, visitor, talk, trouble=trouble)
        newcomers = self._newcomers(visitor, start)
        return talk_page(request, visitor, newcomers, start=start, trouble=trouble)

    def _newcomers(self, visitor: Visit, start: str) -> Talk:
        """The talk as it will begin. It is stored with the first answer, not with a look."""
        lines = tuple(
            _shown(place, said)
            for place, said in enumerate(self._site.first_words(visitor.hint, start), start=1)
        )
        return Talk(lines)

    async def _store(self, visitor: Visit, arrived: arrivals.Arrived) -> None:
        await self._site.talks.receive(arrived.received, arrived.mine)
        self._site.watch.received(SOURCE)
        self._site.wake(visitor.conversation)
        self._site.bells.ring(visitor.conversation)

    async def _answered(self, visitor: Visit) -> None:
        """Wait for the answer, but not for ever: a page can be looked at again."""
        bells, talks = self._site.bells, self._site.talks
        until = self._site.clock() + timedelta(seconds=self._site.patience)
        moment = _MOMENT
        with bells.listening(visitor.conversation):
            while True:
                bell = bells.heard(visitor.conversation)
                settled = await talks.settled(visitor.conversation)
                if settled or self._site.clock() >= until:
                    return
                # A job's end rings no bell; it follows what it has written at once. While nothing
                # comes, many who look often would keep from its work what they wait for.
                rang = await within(bell, moment)
                moment = _MOMENT if rang else min(moment * 1.5, _LONGEST_MOMENT)


def _shown(place: int, said: Outgoing) -> Line:
    # A new name each time: an answer to it is not one that was given before.
    return Line(secrets.token_hex(6), said=said, place=place, is_open=bool(said.rows))


_MOMENT, _LONGEST_MOMENT = 0.02, 0.5  # seconds
