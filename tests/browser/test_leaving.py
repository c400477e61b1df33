"""Leaving quickly: nothing of ours is left to be seen, at once and afterwards."""

import asyncio
import json

import pytest
from playwright.async_api import Route, expect

from tests.browser.conftest import Visit
from tests.browser.place import Place
from tests.browser.script import NAME, TO_CONCERNS, TO_NAME, TO_REVIEW, to_welcome
from tests.browser.visitor import Visitor

WAYS = pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "plain forms"])
TELL_WHAT_IS_SHOWN = """
document.addEventListener("submit", () => {
  console.log(JSON.stringify([document.body.checkVisibility(), document.title]));
});
"""


async def cookies(visitor: Visitor) -> dict[str, str]:
    """What the browser keeps."""
    kept = await visitor.page.context.cookies()
    return {one["name"]: one["value"] for one in kept}


async def in_the_middle(visitor: Visitor) -> None:
    """A name was given, and is to be seen."""
    await visitor.is_already_at(to_welcome("en"), TO_CONCERNS, TO_NAME)
    await visitor.walks(TO_REVIEW[:1])
    await expect(visitor.said(NAME)).to_be_visible()


async def test_the_screen_is_empty_before_any_network(visit: Visit) -> None:
    visitor = await visit()
    await in_the_middle(visitor)

    async def hold(_: Route) -> None:
        """The network is as slow as can be."""

    await visitor.page.route("**/away", hold)
    # The page's own listener was first. Later a page on its way out can no longer be asked.
    await visitor.page.evaluate(TELL_WHAT_IS_SHOWN)
    await visitor.leave_button().focus()
    async with visitor.page.expect_console_message() as told:
        await visitor.page.keyboard.press("Enter")
    assert json.loads((await told.value).text) == [False, "\u200b"]


@WAYS
async def test_nothing_of_the_talk_comes_back(visit: Visit, *, javascript: bool) -> None:
    visitor = await visit(javascript=javascript)
    await in_the_middle(visitor)
    before = await cookies(visitor)
    await visitor.leave_button().click()
    await visitor.page.wait_for_url("**/away")
    assert await visitor.page.title() == "Weather and travel"
    await expect(visitor.page.get_by_text("Doorway")).to_have_count(0)
    for _ in range(2):
        await visitor.page.go_back()
        await expect(visitor.page.get_by_text(NAME)).to_have_count(0)
        await expect(visitor.lines).to_have_count(0)
    async with asyncio.timeout(15):
        while "doorway_talk" in await cookies(visitor):
            continue  # what is said in leaving arrives in its own time
    assert "doorway_talk" in before


@WAYS
async def test_the_draft_is_gone_even_for_who_kept_the_cookie(
    visit: Visit, place: Place, *, javascript: bool
) -> None:
    visitor = await visit(javascript=javascript)
    await in_the_middle(visitor)
    before = place.bot.door.done.count(("/leave", 303))
    kept = await visitor.page.context.storage_state()
    await visitor.leave_button().click()
    await visitor.page.wait_for_url("**/away")
    await place.bot.door.answered("/leave", times=before + 1)
    thief = await visit(kept=kept)
    await thief.comes()
    await thief.asked("language")
    await expect(thief.lines).to_have_count(1)


async def test_the_talk_can_be_begun_again(visit: Visit) -> None:
    visitor = await visit()
    await in_the_middle(visitor)
    await visitor.leave_button().click()
    await visitor.page.wait_for_url("**/away")
    await visitor.comes()
    await visitor.page.get_by_role("link", name=visitor.words("webchat", "open")).click()
    await visitor.asked("language")
    await visitor.walks(to_welcome("en"))
    await expect(visitor.page.get_by_text(NAME)).to_have_count(0)
