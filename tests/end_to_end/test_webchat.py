"""A referral by plain forms: through restarts, an api that is away, and a quick exit."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import httpx2
import pytest

from tests.end_to_end.conftest import OpenHouse
from tests.end_to_end.talk import PRACTICE, REFERENCE
from tests.end_to_end.test_referral import PRESCRIBER, check_letter, check_page, text_of
from tests.end_to_end.visitor import browser, link_in
from tests.support.house import House, until
from tests.support.sides import PATIENCE
from tests.support.webpage import Page
from tests.support.webtalk import FACTS, TO_THE_REVIEW, walk
from tests.support.webvisitor import SAME_ORIGIN, Visitor

INTAKE = "/v1/referrals"
SCRIPTED = {**SAME_ORIGIN, "hx-request": "true"}
FROM_A_POSTER = (
    *("welcome=yes", "who_for=me", "safe_now=safe", "E1 4DG"),
    *("concerns=housing", "concerns=work", "concerns=done"),
    *FACTS,
    "send_now=send",
)
ENGLISH = ("Amina Hassan", TO_THE_REVIEW)
BENGALI = (
    "আমিনা বেগম",
    (
        *("welcome=yes", "who_for=me", "safe_now=safe", "E1 4DG", "concerns=housing"),
        *("concerns=done", "আমিনা বেগম", "২৫ মার্চ ১৯৮০", "০৭৭০০ ৯০০১২৩", "send_now=send"),
    ),
)


@asynccontextmanager
async def visiting(house: House) -> AsyncIterator[Visitor]:
    """Somebody with a browser at the bot's page."""
    async with browser(house.bot.url) as client:
        yield Visitor(client)


def references(visitor: Visitor) -> list[str]:
    """The references that the page shows."""
    return sorted(set(REFERENCE.findall(visitor.page.text)))


async def looked(visitor: Visitor, seen: Callable[[Page], bool]) -> None:
    """Look at the page again until this is so."""
    async with asyncio.timeout(PATIENCE):
        while not seen(await visitor.open()):
            continue


async def arrived(visitor: Visitor) -> str:
    """The reference, when the page has it: what is on its way is looked for again."""
    await looked(visitor, lambda page: bool(REFERENCE.search(page.text)))
    (reference,) = references(visitor)
    return reference


@pytest.mark.parametrize(
    ("start", "name", "steps"),
    [("/", *ENGLISH), (f"/?start=bn-{PRACTICE}", *BENGALI)],
    ids=["en", "bn from a poster"],
)
async def test_a_referral_on_the_page_reaches_the_prescriber(
    open_house: OpenHouse, start: str, name: str, steps: tuple[str, ...]
) -> None:
    async with open_house() as house, visiting(house) as visitor:
        await visitor.open(start)
        for did in steps:
            await visitor.do(did)
        assert name in visitor.page.text
        assert house.referrals() == {}
        form = visitor.page.form("press", "review=send")
        for _ in range(2):
            await visitor.send(form, press="review=send")
        reference = await arrived(visitor)
        assert list(house.referrals()) == [reference]
        assert house.api.door.done.count((INTAKE, 201)) == 1
        await house.post.replied(1)
        (letter,) = house.post.letters
        check_letter(letter, reference, name)
        assert house.post.recipients == [PRESCRIBER]
        await check_page(house, link_in(text_of(letter)), name)


async def test_the_bot_may_be_restarted_between_any_two_answers(open_house: OpenHouse) -> None:
    async with open_house() as house:
        said = []
        for restarting in (False, True):
            async with visiting(house) as visitor:
                await visitor.open(f"/?start=en-{PRACTICE}")
                for did in FROM_A_POSTER:
                    if restarting:
                        await house.bot.close()
                        await house.bot.open()
                    await visitor.do(did)
                said.append(visitor.said)
                await visitor.press("review=send")
                await arrived(visitor)
        assert said[0] == said[1]
        assert len(house.referrals()) == 2


async def test_what_was_said_to_a_bot_that_was_stopped_is_answered_when_it_is_back(
    open_house: OpenHouse,
) -> None:
    async with open_house() as house, visiting(house) as visitor:
        await walk(visitor, *TO_THE_REVIEW)
        house.bot.door.lost["/say"] = 1
        form = visitor.page.form("press", "review=send")
        with pytest.raises(httpx2.RemoteProtocolError, match="peer closed"):
            await visitor.posted(form, SCRIPTED, press="review=send")
        await house.bot.close()
        await house.bot.open()
        reference = await arrived(visitor)
        await visitor.send(form, press="review=send")  # the browser's "send again?"
        assert references(visitor) == [reference]
        assert list(house.referrals()) == [reference]


async def test_it_is_saved_while_the_api_is_away(open_house: OpenHouse) -> None:
    async with open_house() as house, visiting(house) as visitor:
        await walk(visitor, *TO_THE_REVIEW)
        await house.api.close()
        await visitor.posted(
            visitor.page.form("press", "review=send"), SCRIPTED, press="review=send"
        )
        await looked(visitor, lambda page: "review=send" not in page.choices)
        await house.put_off("bot", "deliver")
        assert (references(visitor), house.referrals()) == ([], {})
        await house.api.open()
        house.clock.move(minutes=5)
        reference = await arrived(visitor)
        assert list(house.referrals()) == [reference]


async def test_what_was_confirmed_arrives_though_the_page_was_left(open_house: OpenHouse) -> None:
    async with open_house() as house, visiting(house) as visitor:
        await walk(visitor, *TO_THE_REVIEW)
        (leave,) = [one for one in visitor.page.forms if one.action == "/leave"]
        await house.api.close()
        await visitor.posted(
            visitor.page.form("press", "review=send"), SCRIPTED, press="review=send"
        )
        await house.put_off("bot", "deliver")
        await visitor.send(leave)
        await until(lambda: not house.rows("bot", "SELECT 1 FROM inbox WHERE done_at IS NULL"))
        await house.bot.close()
        await house.bot.open()
        await house.api.open()
        house.clock.move(minutes=5)
        await until(lambda: len(house.referrals()) == 1)
        await house.post.replied(1)
        page = await visitor.open()
        assert "Doorway" not in page.source
        assert house.bot.door.done[-1] == ("/", 200)
