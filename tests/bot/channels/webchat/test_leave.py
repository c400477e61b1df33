"""Leaving quickly: nothing is to be seen here any more, and only what was confirmed goes on."""

from pathlib import Path

import pytest

from tests.support.webbot import REFERENCE, web_bot
from tests.support.webtalk import FACTS, TO_THE_REVIEW, walk
from tests.support.webvisitor import COOKIE, LEFT

OF_THE_SERVICE = ("doorway", "prescrib", "tower hamlets", "referral", "health", "amina")


def named(source: str) -> list[str]:
    """What in a page tells of the service or the person."""
    return [one for one in OF_THE_SERVICE if one in source.lower()]


async def test_a_draft_is_gone_at_once_from_here_and_from_the_database(tmp_path: Path) -> None:
    async with web_bot(tmp_path) as bot:
        visitor = await walk(bot.visitor(), *TO_THE_REVIEW)
        page = await visitor.leave()
        assert (visitor.answer.url.path, visitor.answer.status_code) == ("/away", 200)
        assert named(page.source) == []
        assert (visitor.cookie, visitor.client.cookies.get(LEFT)) == ("", "1")
        assert bot.count("line") == [0]
        await bot.done()
        assert bot.count("line", "conversation") == [0, 0]
        assert bot.intake.taken == {}


async def test_back_shows_nothing_until_it_is_asked_for(tmp_path: Path) -> None:
    async with web_bot(tmp_path) as bot:
        visitor = await walk(bot.visitor(), *TO_THE_REVIEW)
        await visitor.leave()
        page = await visitor.open("/")
        assert (visitor.answer.status_code, page.forms) == (200, [])
        assert named(page.source) == []
        assert not visitor.cookie
        page = await visitor.open(page.links[0])
        assert "language=en" in page.choices
        assert FACTS[0] not in page.source
        assert visitor.client.cookies.get(LEFT) is None
        assert "language=en" in (await visitor.open("/")).choices


async def test_a_posters_link_opens_it_again_too(tmp_path: Path) -> None:
    async with web_bot(tmp_path) as bot:
        visitor = await walk(bot.visitor(), "language=en")
        await visitor.leave()
        page = await visitor.open("/?start=bn-F84122")
        assert (page.language, "welcome=yes" in page.choices) == ("bn", True)
        assert visitor.client.cookies.get(LEFT) is None


@pytest.mark.parametrize("when", ["before anything", "half way"])
async def test_a_page_that_is_still_open_elsewhere_brings_nothing_back(
    tmp_path: Path, when: str
) -> None:
    steps = () if when == "before anything" else TO_THE_REVIEW[:3]
    async with web_bot(tmp_path) as bot:
        visitor = await walk(bot.visitor(), *steps)
        still_open = visitor.page
        await visitor.leave()
        await bot.done()
        page = await visitor.send(still_open.box, text="hello")
        assert visitor.answer.status_code == 422
        assert "language=en" in page.choices
        assert bot.count("line", "conversation") == [0, 0]


async def test_whoever_leaves_twice_leaves_nothing_the_second_time_either(tmp_path: Path) -> None:
    async with web_bot(tmp_path) as bot:
        visitor = await walk(bot.visitor(), "language=en", "welcome=yes")
        cookie = visitor.cookie
        (form,) = [one for one in visitor.page.forms if one.action == "/leave"]
        await visitor.posted(form)
        await bot.done()
        # The browser never heard the answer: its cookie is still there, and the talk goes on.
        visitor.client.cookies.set(COOKIE, cookie, domain="127.0.0.1", path="/")
        await visitor.open("/?open")
        await visitor.press("language=en")
        assert bot.count("conversation") == [1]
        await visitor.leave()
        await bot.done()
        assert bot.count("line", "conversation") == [0, 0]


async def test_without_a_token_or_the_browsers_word_nothing_is_deleted(tmp_path: Path) -> None:
    """A browser too old to say where a form comes from: it is left, and no more."""
    async with web_bot(tmp_path) as bot:
        visitor = await walk(bot.visitor(), "language=en", "welcome=yes")
        kept = bot.count("line", "conversation")
        (form,) = [one for one in visitor.page.forms if one.action == "/leave"]
        answer = await visitor.posted(form, {}, token="0" * 64)
        assert (answer.status_code, answer.headers["location"]) == (303, "/away")
        assert not visitor.cookie
        assert bot.count("line", "conversation") == kept


async def test_it_leads_where_the_service_has_said(tmp_path: Path) -> None:
    async with web_bot(tmp_path, exit_url="https://news.example/today") as bot:
        visitor = await walk(bot.visitor(), "language=en")
        (form,) = [one for one in visitor.page.forms if one.action == "/leave"]
        answer = await visitor.posted(form)
        assert answer.headers["location"] == "https://news.example/today"


async def test_what_was_sent_stays_sent(tmp_path: Path) -> None:
    async with web_bot(tmp_path) as bot:
        visitor = await walk(bot.visitor(), *TO_THE_REVIEW, "review=send")
        assert REFERENCE in visitor.page.text
        await visitor.leave()
        await bot.done()
        assert len(bot.intake.taken) == 1
        assert bot.count("line", "conversation") == [0, 1]
        assert bot.intake.asked.count("/v1/referrals") == 1
        assert not [one for one in bot.intake.asked if one.endswith(("erasure", "withdrawal"))]


async def test_what_was_confirmed_arrives_after_leaving(tmp_path: Path) -> None:
    async with web_bot(tmp_path) as bot:
        visitor = await walk(bot.visitor(), *TO_THE_REVIEW)
        send = visitor.page.form("press", "review=send")
        (leave,) = [one for one in visitor.page.forms if one.action == "/leave"]
        await visitor.posted(send, {"hx-request": "true"}, press="review=send")
        await visitor.posted(leave)
        await bot.done()
        (referral,) = bot.intake.taken.values()
        assert referral["name"] == FACTS[0]
        assert named((await visitor.open()).source) == []


async def test_nothing_that_is_said_meanwhile_stays(tmp_path: Path) -> None:
    """Somebody answers and leaves within the moment that the answer takes."""
    async with web_bot(tmp_path) as bot:
        visitor = await walk(bot.visitor(), *TO_THE_REVIEW[:-4])
        (leave,) = [one for one in visitor.page.forms if one.action == "/leave"]
        await visitor.posted(visitor.page.box, {"hx-request": "true"}, text="Amina Hassan")
        await visitor.posted(leave)
        await bot.done()
        assert bot.count("line", "conversation") == [0, 0]


async def test_no_other_site_sends_a_resident_away(tmp_path: Path) -> None:
    async with web_bot(tmp_path) as bot:
        visitor = await walk(bot.visitor(), *TO_THE_REVIEW[:3])
        (leave,) = [one for one in visitor.page.forms if one.action == "/leave"]
        await visitor.posted(leave, {"sec-fetch-site": "cross-site"})
        assert visitor.cookie
        assert bot.count("conversation") == [1]


async def test_the_privacy_page_has_the_same_way_out(tmp_path: Path) -> None:
    async with web_bot(tmp_path) as bot:
        visitor = await walk(bot.visitor(), *TO_THE_REVIEW)
        await visitor.open("/privacy/en")
        await visitor.leave()
        await bot.done()
        assert (visitor.cookie, bot.count("line", "conversation")) == ("", [0, 0])
