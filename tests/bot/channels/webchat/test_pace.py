"""A page that is used faster than anybody can is told so kindly, and always lets people out."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx2
import pytest
from fastapi import FastAPI, HTTPException
from starlette.requests import Request

from bot.channels.webchat import pace
from bot.channels.webchat.arrivals import said
from bot.channels.webchat.entry import WebChat
from bot.channels.webchat.forms import Form
from bot.channels.webchat.site import Site, visit
from bot.dialogue.effects import words
from tests.support.clock import MovedClock
from tests.support.talks import TalkPlace, site
from tests.support.webbot import WebBot, web_bot
from tests.support.webtalk import walk
from tests.support.webvisitor import SAME_ORIGIN, Visitor
from tests.support.world import translator

SCRIPTED = {**SAME_ORIGIN, "hx-request": "true"}
TEXT = "My <b>name</b> & more"
MOST = pace.OF_A_TALK.a_minute
LIBRARY = "203.0.113.7"


@pytest.fixture
def clock() -> MovedClock:
    return MovedClock()


@pytest.fixture
async def bot(tmp_path: Path, clock: MovedClock) -> AsyncIterator[WebBot]:
    async with web_bot(tmp_path, clock=clock) as bot:
        yield bot


async def hurried(bot: WebBot, language: str = "en") -> Visitor:
    """Somebody who has said as much within a minute as is taken."""
    visitor = await walk(bot.visitor(language), f"language={language}", "welcome=yes")
    for _ in range(MOST):  # the very same each time: it is answered once
        answer = await visitor.posted(visitor.page.box, SCRIPTED, text="again")
    await bot.done()
    assert answer.status_code == 429
    return visitor


@pytest.mark.parametrize("language", ["en", "bn", "so", "ar"])
async def test_it_is_said_kindly_and_no_word_is_lost(
    bot: WebBot, clock: MovedClock, language: str
) -> None:
    visitor = await hurried(bot, language)
    before = bot.count("inbox", "line")
    page = await visitor.write(TEXT)
    assert visitor.answer.status_code == 429
    assert 0 < int(visitor.answer.headers["retry-after"]) <= 60
    assert page.alert == translator().label(words("webchat", "too_fast"), language)
    assert page.box.fields["text"] == TEXT
    assert bot.count("inbox", "line") == before
    clock.move(minutes=1)
    await visitor.write(page.box.fields["text"])
    assert visitor.answer.status_code == 200
    assert TEXT in visitor.said


async def test_the_pages_script_is_told_and_has_the_words_already(bot: WebBot) -> None:
    visitor = await hurried(bot)
    answer = await visitor.posted(visitor.page.box, SCRIPTED, text=TEXT)
    assert (answer.status_code, answer.content) == (429, b"")
    assert int(answer.headers["retry-after"]) > 0
    assert translator().label(words("webchat", "too_fast"), "en") in visitor.answer.text


@pytest.mark.parametrize(
    "asked",
    [
        {"press": "do=urgent"},
        {"press": "do=callme"},
        {"press": "safe_now=help_now"},
        {"command": "urgent"},
        {"command": "callme"},
        {"command": "stop"},
        {"command": "delete"},
        {"text": "/urgent"},
    ],
    ids=str,
)
async def test_help_is_never_refused(bot: WebBot, asked: dict[str, str]) -> None:
    visitor = await hurried(bot)
    answer = await visitor.posted(visitor.page.box, SCRIPTED, **asked)
    assert answer.status_code == 204


async def test_leaving_is_never_refused(bot: WebBot) -> None:
    visitor = await hurried(bot)
    cookie = visitor.cookie
    for _ in range(pace.LEAVING.a_minute * 2):
        visitor.client.cookies.set("doorway_talk", cookie)
        (form,) = [one for one in visitor.page.forms if one.action == "/leave"]
        answer = await visitor.posted(form)
        assert answer.status_code == 303
        assert 'doorway_talk=""' in answer.headers["set-cookie"]
    await bot.done()
    assert bot.count("line", "conversation") == [0, 0]
    left = bot.rows("SELECT count(*) FROM inbox")[0][0]
    assert left <= 4 + pace.LEAVING.a_minute, "an empty talk is not left over and over"


async def test_what_is_said_after_many_leavings_is_left_too(bot: WebBot) -> None:
    visitor = await walk(bot.visitor(), "language=en")
    cookie = visitor.cookie
    (form,) = [one for one in visitor.page.forms if one.action == "/leave"]
    for _ in range(pace.LEAVING.a_minute * 2):
        visitor.client.cookies.set("doorway_talk", cookie)
        await visitor.posted(form)
    await bot.done()
    visitor.client.cookies.set("doorway_talk", cookie)
    await visitor.posted(visitor.page.box, SCRIPTED, text=TEXT)
    await visitor.posted(form)
    await bot.done()
    assert bot.count("line", "conversation") == [0, 0]


async def test_a_posters_link_is_not_followed_over_and_over(bot: WebBot) -> None:
    visitor = await hurried(bot)
    before = bot.count("inbox")
    answer = await visitor.client.get("/?start=bn-F84122")
    assert (answer.status_code, bot.count("inbox")) == (303, before)


async def test_other_people_do_not_notice(bot: WebBot) -> None:
    await hurried(bot)
    other = await walk(bot.visitor(), "language=en", "welcome=yes")
    assert "who_for=me" in other.page.choices


# --- by network address, on what the pages stand on ---------------------------------------------


def come(address: str, cookie: str = "x" * 43) -> Request:
    headers = [(b"cookie", f"__Host-doorway_talk={cookie}".encode())]
    return Request({"type": "http", "client": (address, 1), "headers": headers})


async def wait(where: Site, request: Request, *, new: bool = False) -> int:
    visitor, form = visit(request, where), Form(text="hello")
    shown = await where.talks.read(visitor.conversation)
    return await pace.wait_to_say(request, visitor, said(visitor, form, shown), new=new)


async def test_many_may_sit_in_one_library(place: TalkPlace) -> None:
    here = site(place.talks)
    for person in range(500):
        assert await wait(here, come(LIBRARY, f"{person:043}"), new=True) == 0
        assert await wait(here, come(LIBRARY, f"{person:043}")) == 0


async def test_one_address_does_not_do_what_hundreds_of_people_could_not(
    place: TalkPlace,
) -> None:
    here = site(place.talks)
    await here.pace.take(pace.OF_AN_ADDRESS, LIBRARY, pace.OF_AN_ADDRESS.a_minute)
    assert await wait(here, come(LIBRARY)) > 0
    assert await wait(here, come("203.0.113.8")) == 0
    assert await wait(here, come("127.0.0.1", "y" * 43)) == 0, "a proxy that does not say whose"


async def test_new_talks_of_one_address_are_counted_by_themselves(place: TalkPlace) -> None:
    here = site(place.talks)
    await here.pace.take(pace.NEW_TALKS, LIBRARY, pace.NEW_TALKS.a_minute)
    assert await wait(here, come(LIBRARY), new=True) > 0
    assert await wait(here, come(LIBRARY)) == 0


async def test_a_page_does_not_open_streams_without_end(place: TalkPlace) -> None:
    here = site(place.talks)
    for _ in range(pace.STREAMS_OF_A_TALK.a_minute):
        await pace.refuse_too_many_streams(come(LIBRARY), here)
    with pytest.raises(HTTPException) as refused:
        await pace.refuse_too_many_streams(come(LIBRARY), here)
    assert (refused.value.status_code, int((refused.value.headers or {})["Retry-After"]) > 0) == (
        429,
        True,
    )
    await pace.refuse_too_many_streams(come(LIBRARY, "y" * 43), here)


async def test_a_stream_too_many_is_answered_before_it_begins(place: TalkPlace) -> None:
    here, app = site(place.talks), FastAPI()
    app.include_router(WebChat(here).router())
    await here.pace.take(pace.STREAMS_OF_AN_ADDRESS, LIBRARY, pace.STREAMS_OF_AN_ADDRESS.a_minute)
    transport = httpx2.ASGITransport(app, client=(LIBRARY, 1))
    async with httpx2.AsyncClient(transport=transport, base_url="http://bot") as client:
        answer = await client.get("/stream")
    assert (answer.status_code, int(answer.headers["retry-after"]) > 0) == (429, True)
