"""Whoever only looks leaves no trace; a talk begins with the first answer."""

from pathlib import Path

import pytest

from tests.support.webbot import web_bot

TABLES = ("talk", "line", "inbox", "conversation", "message")


async def test_a_look_stores_nothing(tmp_path: Path) -> None:
    async with web_bot(tmp_path) as bot:
        visitor = bot.visitor()
        for path in ("/", "/?start=bn-F84122", "/?open", "/", "/?start=%00%3Cscript%3E"):
            page = await visitor.open(path)
            assert visitor.answer.status_code == 200
            assert page.choices
        assert bot.count(*TABLES) == [0] * len(TABLES)
        assert bot.rows("SELECT kind FROM job WHERE kind <> 'purge'") == []
        assert bot.intake.asked.count("/v1/referrals") == 0


async def test_the_first_answer_begins_the_talk(tmp_path: Path) -> None:
    async with web_bot(tmp_path) as bot:
        visitor = bot.visitor()
        first = await visitor.open()
        greeting, cookie = visitor.said, visitor.cookie
        page = await visitor.press("language=en")
        assert visitor.said[: len(greeting)] == greeting, "it begins with what was shown before"
        assert visitor.said[len(greeting)] == "English"
        assert "welcome=yes" in page.choices
        assert (visitor.cookie, page.pending) == (cookie, [])
        assert bot.count("talk", "inbox", "conversation") == [1, 2, 1]
        assert [one.is_mine for one in page.lines] == [False] * len(greeting) + [True, False]
        assert first.labels["do=urgent"]


async def test_a_first_word_that_is_typed_begins_it_too(tmp_path: Path) -> None:
    async with web_bot(tmp_path) as bot:
        visitor = bot.visitor()
        await visitor.open()
        page = await visitor.write("English")
        assert "welcome=yes" in page.choices
        assert "English" in visitor.said
        other = bot.visitor()
        await other.open()
        page = await other.command("help")
        assert "language=bn" in page.choices
        assert other.page.lines[-1].language == "en-GB"


@pytest.mark.parametrize(
    ("accepted", "language"),
    [("bn-BD,bn;q=0.9", "bn"), ("xx", "en-GB"), ("", "en-GB"), ("en-US,bn", "en-GB")],
)
async def test_the_page_is_in_the_browsers_language(
    tmp_path: Path, accepted: str, language: str
) -> None:
    async with web_bot(tmp_path) as bot:
        page = await bot.visitor(accepted).open()
        assert (page.language, page.direction) == (language, "ltr")


async def test_another_language_is_the_pages_too(tmp_path: Path) -> None:
    async with web_bot(tmp_path) as bot:
        visitor = bot.visitor()
        await visitor.open()
        page = await visitor.press("language=bn")
        assert page.language == "bn"
        assert page.lines[-1].language == "bn"
        page = await visitor.press("do=language")
        page = await visitor.press("language=en")
        assert page.language == "en-GB"
        assert {one.language for one in page.lines if not one.is_mine} == {"en-GB", "bn"}


async def test_a_posters_link_knows_language_and_practice(tmp_path: Path) -> None:
    async with web_bot(tmp_path) as bot:
        visitor = bot.visitor()
        page = await visitor.open("/?start=bn-F84122")
        assert (page.language, "welcome=yes" in page.choices) == ("bn", True)
        for did in ("welcome=yes", "who_for=me", "safe_now=safe", "E1 4DG"):
            page = await visitor.do(did)
        assert "concerns=housing" in page.choices, "the practice is not asked for"


async def test_a_posters_link_in_the_middle_of_a_talk(tmp_path: Path) -> None:
    async with web_bot(tmp_path) as bot:
        visitor = bot.visitor()
        await visitor.open()
        for did in ("language=en", "welcome=yes", "who_for=me"):
            await visitor.do(did)
        page = await visitor.open("/?start=bn-F84122")
        assert (visitor.answer.url.path, visitor.answer.url.query) == ("/", b"")
        assert "resume=go_on" in page.choices
        page = await visitor.press("resume=go_on")
        assert "safe_now=safe" in page.choices


async def test_two_tabs_of_a_newcomer_are_one_talk(tmp_path: Path) -> None:
    async with web_bot(tmp_path) as bot:
        visitor = bot.visitor()
        await visitor.open()
        second = await visitor.open()
        await visitor.press("language=en")
        await visitor.press("welcome=yes")
        page = await visitor.send(second.form("press", "language=en"), press="language=en")
        assert bot.count("talk", "conversation") == [1, 1]
        assert [one for one in page.choices if one.startswith(("resume=", "who_for="))]
        assert "English" in visitor.said


async def test_each_language_is_named_in_itself(tmp_path: Path) -> None:
    """So that a screen reader says বাংলা as Bengali does (WCAG 2.2, 3.1.2)."""
    async with web_bot(tmp_path) as bot:
        page = await bot.visitor().open()
        assert 'value="language=bn" lang="bn"' in page.source
        assert 'value="language=other">' in page.source
