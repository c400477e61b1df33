"""The stream of changes brings every page to where the talk is, nothing lost and nothing twice."""

from pathlib import Path

from bot.dialogue.effects import words
from tests.support.webbot import REFERENCE, WebBot, served_bot
from tests.support.webpage import PageForm
from tests.support.webstream import Follower
from tests.support.webtalk import FACTS, TO_THE_CONCERNS, TO_THE_REVIEW, walk
from tests.support.webvisitor import SAME_ORIGIN, Visitor
from tests.support.world import translator

SCRIPTED = {**SAME_ORIGIN, "hx-request": "true"}
OLD_BUTTON = translator().label(words("general", "old_button"), "en")


async def said(visitor: Visitor, form: PageForm, **fields: str) -> None:
    """Send a form as the page's script does: the stream brings the answer."""
    answer = await visitor.posted(form, SCRIPTED, **fields)
    assert (answer.status_code, answer.content) == (204, b"")


async def as_the_page(visitor: Visitor, follower: Follower) -> bool:
    """Whether a page that is asked for now shows what this one does."""
    fresh = Follower(await visitor.open())
    return (list(fresh.talk.items()), fresh.pending) == (
        list(follower.talk.items()),
        follower.pending,
    )


async def finished(bot: WebBot, visitor: Visitor, follower: Follower) -> None:
    """Follow until all is answered and this page shows all of it."""
    await bot.done()
    latest = Follower(await visitor.open()).address.partition("=")[2]
    if follower.seen == latest:
        return
    async with follower.connected(visitor) as stream:
        while follower.seen != latest:
            await stream.next()


async def test_what_is_said_comes_to_every_page_that_is_open(tmp_path: Path) -> None:
    async with served_bot(tmp_path) as (bot, _):
        visitor = await walk(bot.visitor(), *TO_THE_CONCERNS, "concerns=work", "concerns=done")
        first, second = Follower(visitor.page), Follower(await visitor.open())
        form = visitor.page.box
        async with first.connected(visitor) as one, second.connected(visitor) as other:
            await said(visitor, form, text=FACTS[0])
            for stream in (one, other):
                await stream.until(FACTS[0])
        for follower in (first, second):
            await finished(bot, visitor, follower)
            assert await as_the_page(visitor, follower)
        assert set(first.talk.values()) == set(second.talk.values())


async def test_a_button_of_the_other_page_is_answered_kindly(tmp_path: Path) -> None:
    async with served_bot(tmp_path) as (bot, _):
        visitor = await walk(bot.visitor(), "language=en", "welcome=yes")
        behind, ahead = Follower(visitor.page), Follower(visitor.page)
        form = visitor.page.form("press", "who_for=me")
        async with ahead.connected(visitor) as stream:
            await said(visitor, form, press="who_for=me")
            await bot.done()
            await said(visitor, form, press="who_for=child")
            await stream.until(OLD_BUTTON)
        await finished(bot, visitor, behind)
        assert behind.talk == ahead.talk
        assert "safe_now=safe" in (await visitor.open()).choices


async def test_it_goes_on_after_a_break_without_loss_or_doubling(tmp_path: Path) -> None:
    async with served_bot(tmp_path) as (bot, _):
        visitor = await walk(bot.visitor(), *TO_THE_REVIEW[:3])
        follower = Follower(visitor.page)
        for did in TO_THE_REVIEW[3:]:
            await visitor.do(did)  # while nobody follows, but for one change of it
            async with follower.connected(visitor) as stream:
                await stream.next()
        await finished(bot, visitor, follower)
        assert await as_the_page(visitor, follower)
        assert len(follower.events) >= len(TO_THE_REVIEW[3:])
        assert len(" ".join(follower.events)) < 20 * len(visitor.page.source), "not all anew"


async def test_it_goes_on_over_a_restart_of_the_bot(tmp_path: Path) -> None:
    async with served_bot(tmp_path) as (bot, side):
        visitor = await walk(bot.visitor(), *TO_THE_REVIEW[:4])
        follower = Follower(visitor.page)
        async with follower.connected(visitor):
            await side.close()  # it does not wait for whoever looks on
            await side.open()
        await visitor.do(TO_THE_REVIEW[4])
        await finished(bot, visitor, follower)
        assert await as_the_page(visitor, follower)


async def test_what_was_sent_takes_our_copy_away_on_every_page(tmp_path: Path) -> None:
    async with served_bot(tmp_path) as (bot, _):
        visitor = await walk(bot.visitor(), *TO_THE_REVIEW)
        follower = Follower(visitor.page)
        assert any(FACTS[0] in one for one in follower.talk.values())
        async with follower.connected(visitor) as stream:
            await said(visitor, visitor.page.form("press", "review=send"), press="review=send")
            await stream.until(REFERENCE)
        await finished(bot, visitor, follower)
        assert await as_the_page(visitor, follower)
        assert not any(FACTS[0] in one for one in follower.talk.values())


async def test_leaving_empties_a_page_that_is_open_elsewhere(tmp_path: Path) -> None:
    async with served_bot(tmp_path) as (bot, _):
        visitor = await walk(bot.visitor(), *TO_THE_REVIEW[:4])
        follower = Follower(visitor.page)
        async with follower.connected(visitor) as stream:
            await visitor.leave()
            while follower.talk:
                await stream.next()
        assert follower.pending == {}


async def test_a_stranger_has_nothing_to_follow(tmp_path: Path) -> None:
    async with served_bot(tmp_path) as (bot, side):
        visitor = await walk(bot.visitor(), *TO_THE_REVIEW[:4])
        async with Follower(visitor.page).connected(bot.visitor()) as stream:
            assert await stream.ended()
        assert visitor.cookie not in " ".join(side.door.asked)


async def test_whoever_knows_too_much_or_nonsense_is_told_all(tmp_path: Path) -> None:
    async with served_bot(tmp_path) as (bot, _):
        visitor = await walk(bot.visitor(), *TO_THE_REVIEW[:4])
        for address in ("/stream?after=99999999999999999999", "/stream?after=-1", "/stream"):
            follower = Follower(visitor.page)
            follower.address = address
            async with follower.connected(visitor) as stream:
                follower.talk = {}
                await stream.next()
            assert await as_the_page(visitor, follower)
