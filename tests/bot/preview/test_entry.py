"""A preview in a frame: opened once by its ticket, gone on with by plain forms, and forgotten."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path

import httpx2
import pytest

from bot.app import build
from common.contract.preview import Preview
from common.contract.publication import Helpline
from tests.support.bot_settings import bot_settings
from tests.support.clock import START, MovedClock
from tests.support.released import PublishingApi, Texts, publication

STAFF = "https://staff.example"
TICKET = "t" * 43
DRAFT: Texts = {("who_for", "me"): "It is for me, in new words"}


@dataclass
class House:
    """A running bot, the api behind it, and a frame of a coordinator's page."""

    api: PublishingApi
    frame: httpx2.AsyncClient
    clock: MovedClock

    async def open(self, step: str, language: str = "en", ticket: str = TICKET) -> httpx2.Response:
        """Open a preview with a new ticket."""
        helplines = (Helpline(key="police", name="Police", contact="101"),)
        words = publication(0, en=DRAFT).model_copy(update={"helplines": helplines})
        self.api.previews[ticket] = Preview(
            language=language, step=step, framed_by=STAFF, words=words
        )
        return await self.frame.get("/preview", params={"ticket": ticket})

    async def say(self, page: httpx2.Response, **fields: str) -> httpx2.Response:
        """Press or type something on a page."""
        token = re.search(r'name="token" value="([0-9a-f]{64})"', page.text)
        assert token is not None
        return await self.frame.post("/preview/say", data={"token": token[1], **fields})


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    api, clock = PublishingApi(), MovedClock(START)
    app = build(bot_settings(tmp_path), clock=clock, transport=httpx2.MockTransport(api))
    async with app.router.lifespan_context(app):
        transport = httpx2.ASGITransport(app)
        async with httpx2.AsyncClient(transport=transport, base_url="http://bot") as frame:
            while (await frame.get("/readyz")).status_code != 200:
                pass
            yield House(api, frame, clock)


async def test_a_step_is_shown_in_the_draft_words_to_the_staff_pages_alone(house: House) -> None:
    page = await house.open("who_for")
    assert page.status_code == 200
    assert "It is for me, in new words" in page.text
    assert f"frame-ancestors {STAFF};" in f"{page.headers['content-security-policy']};"
    assert "x-doorway-framed-by" not in page.headers
    assert "set-cookie" not in page.headers
    assert "<script" not in page.text
    assert 'action="/say"' not in page.text
    newcomers = await house.frame.get("/")
    assert "frame-ancestors 'none'" in newcomers.headers["content-security-policy"]


async def test_the_language_is_the_one_that_is_looked_at(house: House) -> None:
    page = await house.open("review", "ar")
    assert '<html lang="ar" dir="rtl">' in page.text
    assert 'action="/preview/say#now"' in page.text


async def test_what_is_pressed_and_typed_goes_on_in_the_preview(house: House) -> None:
    page = await house.open("who_for")
    page = await house.say(page, press="who_for=me", question="who_for")
    assert 'value="safe_now=safe"' in page.text
    assert page.text.count("It is for me, in new words") == 1, "as said: its button is gone"
    page = await house.say(page, press="do=urgent")
    assert "116 123" in page.text
    page = await house.say(page, text="I want to kill myself")
    page = await house.say(page, command="help")
    assert 'value="safe_now=safe"' in page.text
    same = await house.say(page, text="  ")
    assert same.text.count('class="line ') == page.text.count('class="line ')


async def test_nothing_is_sent_or_kept_or_counted(house: House) -> None:
    page = await house.open("review")
    page = await house.say(page, press="review=send", question="review")
    assert "TH-7K3M-9QX" in unescape(page.text)
    page = await house.say(page, press="sent=status", question="sent")
    page = await house.say(page, command="delete")
    assert page.status_code == 200
    figures = (await house.frame.get("/metrics")).text
    counted = re.findall(
        r"^bot_(?:received|turn_seconds_count|in_english)\S*", figures, re.MULTILINE
    )
    assert [one for one in counted if "{" in one] == []
    assert "deliver" not in figures


async def test_a_ticket_opens_one_preview_once(house: House) -> None:
    await house.open("who_for")
    again = await house.frame.get("/preview", params={"ticket": TICKET})
    assert again.status_code == 410
    assert "The preview is over" in again.text
    assert f"frame-ancestors {STAFF}" in again.headers["content-security-policy"]
    assert (await house.frame.get("/preview", params={"ticket": "../etc"})).status_code == 410
    assert (await house.frame.get("/preview")).status_code == 410


async def test_it_is_over_after_half_an_hour(house: House) -> None:
    page = await house.open("who_for")
    house.clock.move(minutes=29, seconds=59)
    assert (await house.say(page, text="?")).status_code == 200
    house.clock.move(seconds=1)
    assert (await house.say(page, text="?")).status_code == 410
    stranger = await house.frame.post("/preview/say", data={"token": "0" * 64, "text": "?"})
    assert stranger.status_code == 410
