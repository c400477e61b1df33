"""Every page of both sides keeps to itself, and nobody else's form or cookie opens anything."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient
from structlog.testing import capture_logs

from tests.support.intake_api import TOKEN, Api, running_api, submission
from tests.support.routes import addresses
from tests.support.staff_browser import SECOND, Browser, give_passwords, sql
from tests.support.strictness import faults
from tests.support.webbot import WebBot, served_bot, web_bot
from tests.support.webstream import Follower
from tests.support.webtalk import FACTS, TO_THE_REVIEW, walk
from tests.support.webvisitor import COOKIE, SAME_ORIGIN

READS_PAGES = {"accept": "text/html"}
HOOK: dict[str, Any] = {
    "telegram_token": "1:x",
    "telegram_api_url": "http://127.0.0.1:9",  # where nothing listens
    "telegram_webhook_url": "https://doorway.example",
    "telegram_webhook_secret": "s" * 32,
}
FORGED: tuple[dict[str, str], ...] = (
    {"sec-fetch-site": "cross-site", "origin": "https://elsewhere.example"},
    {"sec-fetch-site": "same-site"},
    {"origin": "https://elsewhere.example"},
    {"origin": "null"},
    {},
)


@pytest.fixture
def api() -> Iterator[Api]:
    with running_api() as running:
        give_passwords(running)
        yield running


async def test_every_page_of_the_web_chat(tmp_path: Path) -> None:
    async with web_bot(tmp_path) as bot:
        visitor = bot.visitor()
        await visitor.open()
        found = faults(visitor.answer)
        for did in TO_THE_REVIEW:
            await visitor.do(did)
            found += faults(visitor.answer)
        await visitor.do("review=send")
        await bot.done()
        await visitor.open()
        found += faults(visitor.answer)
        form = visitor.page.box
        found += faults(await visitor.posted(form, {"sec-fetch-site": "cross-site"}, text="x"))
        found += faults(await visitor.posted(form, text="x" * 5_000))
        for path in ("/privacy", "/privacy/ar", "/away", "/nowhere", "/?start=bn-F84122"):
            found += faults(await visitor.client.get(path, headers=READS_PAGES))
        await visitor.leave()
        found += faults(visitor.answer)
        found += faults(await visitor.client.get("/"))
    assert found == []


async def test_a_page_about_a_fault_keeps_to_itself_too(tmp_path: Path) -> None:
    async with web_bot(tmp_path) as bot:
        visitor = await walk(bot.visitor(), "language=en")
        bot.rows("ALTER TABLE talk RENAME TO gone")
        for headers in (READS_PAGES, {}):
            transport = httpx2.ASGITransport(_app(bot), raise_app_exceptions=False)
            async with httpx2.AsyncClient(transport=transport, base_url=bot.url) as client:
                client.cookies = visitor.client.cookies
                answer = await client.get("/", headers=headers)
            assert answer.status_code == 500
            assert faults(answer) == []


def _app(bot: WebBot) -> FastAPI:
    assert bot.transport is not None
    app = bot.transport.app
    assert isinstance(app, FastAPI)
    return app


async def test_over_https_every_cookie_is_bound_to_this_host(tmp_path: Path) -> None:
    async with web_bot(tmp_path, public_url="https://doorway.example") as bot:
        visitor = await walk(bot.visitor(), "language=en")
        assert faults(visitor.answer) == []
        answer = await visitor.posted(
            next(one for one in visitor.page.forms if one.action == "/leave")
        )
        assert len(answer.headers.get_list("set-cookie")) == 2
        assert faults(answer) == []


def test_every_page_for_staff(api: Api) -> None:
    browser = Browser(api)
    reference = api.send(submission()).json()["reference"]
    found = faults(browser.get("/staff/sign-in"))
    for _ in range(12):  # until one has to wait
        refused = browser.sign_in("amina", "wrong")
        found += faults(refused)
    assert refused.status_code == 429
    found += faults(browser.post("/staff/sign-in", {}))
    found += faults(browser.knock("kofi"))
    found += faults(browser.get(SECOND))
    found += faults(browser.show_code("000000"))
    found += faults(browser.show_code())
    for path in ("/staff/forgotten", "/staff/forgotten/sent", "/staff/password/none"):
        found += faults(Browser(api).get(path))
    for path in ("", "/security", "/security/app", "/security/passkey", "/security/codes"):
        found += faults(browser.get(f"/staff/you{path}"))
    paths = ("/staff/", f"/staff/referrals/{reference}", "/staff/referrals/none", "/staff/x")
    pages = [browser.get(path) for path in paths]
    assert [one.status_code for one in pages] == [200, 200, 404, 404]
    found += [fault for one in pages for fault in faults(one)]
    found += faults(browser.post("/staff/sign-out", {"token": browser.token("/staff/")}))
    assert found == []


def test_a_fault_of_the_api_keeps_to_itself_too(api: Api) -> None:
    browser = Browser(api)
    assert browser.sign_in("kofi").status_code == 303
    client = TestClient(api.app, base_url="http://127.0.0.1:8000", raise_server_exceptions=False)
    client.portal, client.cookies = api.client.portal, browser.http.cookies
    reference = api.send(submission()).json()["reference"]
    sql(api, "ALTER TABLE referral RENAME TO gone")
    headers = {"authorization": f"Bearer {TOKEN}", "x-conversation-id": "conversation-1"}
    for path in ("/staff/", f"/v1/referrals/{reference}"):
        with capture_logs():  # each failure's full account takes longer than the test
            answer = client.get(path, headers=headers)
        assert (answer.status_code, faults(answer)) == (500, [])


def test_no_form_for_staff_is_taken_from_elsewhere(api: Api) -> None:
    posts = sorted(one.path for one in addresses(api.app) if one.method == "POST")
    for_people = [one for one in posts if one.startswith("/staff/")]
    assert for_people
    browser = Browser(api)
    assert browser.sign_in("amina").status_code == 303
    for path in (re.sub(r"\{\w+:int\}", "1", one) for one in for_people):
        for headers in FORGED:
            answer = browser.http.post(path, data={"email": "amina@example.org"}, headers=headers)
            assert (answer.status_code, answer.headers.get("set-cookie")) == (403, None), path
    assert browser.get("/staff/").status_code == 200, "still signed in"
    # Machines bring a token; a browser that is signed in brings them nothing.
    for path in set(posts) - set(for_people):
        answer = browser.http.post(path, json={}, headers=SAME_ORIGIN)
        assert answer.status_code == 401, path


async def test_no_form_of_the_bot_is_taken_from_elsewhere(tmp_path: Path) -> None:
    async with web_bot(tmp_path, **HOOK) as bot:
        visitor = await walk(bot.visitor(), "language=en", "welcome=yes")
        before, cookie = bot.count("inbox", "line", "talk", "job"), visitor.cookie
        posts = [one.path for one in addresses(_app(bot)) if one.method == "POST"]
        assert {"/say", "/leave", "/telegram/webhook"} <= set(posts)
        for path in posts:
            for headers in FORGED:
                form = {"text": "x", "press": "language=bn", "update": "u"}
                answer = await visitor.client.post(path, data=form, headers=headers)
                assert answer.status_code in {303, 401, 403, 410}, path  # 410: no such preview
                if headers:  # a browser so old that it says nothing may leave, and no more
                    assert "set-cookie" not in answer.headers, path
                visitor.client.cookies.set(COOKIE, cookie)
        assert bot.count("inbox", "line", "talk", "job") == before


async def test_a_talk_is_reached_by_its_own_cookie_alone(tmp_path: Path) -> None:
    async with served_bot(tmp_path) as (bot, _):
        first = await walk(bot.visitor(), *TO_THE_REVIEW)
        await first.press("review=send")
        await bot.done()
        (page,) = [await first.open()]
        told = {*FACTS, *(one.name for one in page.lines), *bot.intake.taken}
        names = [str(row[0]) for row in bot.rows("SELECT conversation FROM talk")]
        strangers = [bot.visitor(), await walk(bot.visitor(), "language=en")]
        strangers.append(bot.visitor())
        strangers[-1].client.cookies.set(COOKIE, "A" * 43)
        for stranger in strangers:
            for guess in ("", *names, *bot.intake.taken, *(one.name for one in page.lines)):
                for path in ("/", f"/?start={guess}", f"/?conversation={guess}", f"/{guess}"):
                    shown = await stranger.client.get(path, follow_redirects=True)
                    assert [one for one in told - {guess} if one in shown.text] == []


async def test_a_stream_brings_its_own_talk_alone(tmp_path: Path) -> None:
    async with served_bot(tmp_path) as (bot, _):
        first = await walk(bot.visitor(), *TO_THE_REVIEW[:-5])
        other = await walk(bot.visitor(), "language=en", "welcome=yes")
        follower = Follower(other.page)
        async with follower.connected(other) as stream:
            await first.write(FACTS[0])
            await other.posted(other.page.box, {**SAME_ORIGIN, "hx-request": "true"}, text="hm")
            await stream.until("hm")
            assert FACTS[0] not in "".join(follower.events)
