"""The talk is there again after a reload, in another tab, and when the browser was closed."""

import pytest
from playwright.async_api import Route, expect

from tests.browser.conftest import Visit
from tests.browser.script import NAME, TO_CONCERNS, TO_NAME, TO_REVIEW, to_welcome
from tests.browser.visitor import Visitor

TO_WHO_FOR = (*to_welcome("en"), TO_CONCERNS[0])


async def shown(visitor: Visitor) -> list[str]:
    """Every line with its buttons."""
    return await visitor.lines.all_inner_texts()


async def test_a_reload_in_the_middle_shows_everything_again(visit: Visit) -> None:
    visitor = await visit()
    await visitor.comes()
    await visitor.walks((*TO_WHO_FOR, *TO_CONCERNS[1:4]))
    before = await shown(visitor)
    await visitor.page.reload()
    assert await shown(visitor) == before
    await expect(visitor.said("E1 4DG")).to_be_visible()
    await visitor.walks(TO_CONCERNS[4:])
    assert visitor.trouble == []


async def test_a_browser_that_was_closed_finds_the_talk_again(visit: Visit) -> None:
    visitor = await visit()
    await visitor.is_already_at(to_welcome("en"), TO_CONCERNS, TO_NAME)
    await visitor.walks(TO_REVIEW[:1])
    before = await shown(visitor)
    kept = await visitor.page.context.storage_state()
    await visitor.page.context.close()
    again = await visit(kept=kept)
    await again.comes()
    assert await shown(again) == before
    await expect(again.said(NAME)).to_have_count(1)
    await again.walks(TO_REVIEW[1:2])


async def test_an_answer_in_one_tab_appears_in_the_other(visit: Visit) -> None:
    one = await visit()
    await one.is_already_at(TO_WHO_FOR)
    other = await one.another_tab()
    await other.comes()
    await other.page.evaluate("document.wasHere = true")  # which a reload would take away
    await one.walks(TO_CONCERNS[1:2])
    await other.asked("safe_now")
    assert await other.page.evaluate("document.wasHere")
    assert await shown(other) == await shown(one)
    await other.walks(TO_CONCERNS[2:3])
    await one.asked("postcode")


async def test_a_button_that_is_no_longer_asked_gives_a_notice(visit: Visit) -> None:
    one = await visit()
    await one.is_already_at(TO_WHO_FOR)
    late = await one.another_tab()

    async def hold(_: Route) -> None:
        """Nothing of what is new arrives there."""

    await late.page.route("**/stream?*", hold)
    await late.comes()
    await one.walks(TO_CONCERNS[1:2])
    await late.presses("who_for=child")
    notice = one.page.locator(".line--note")
    await expect(notice).to_be_visible()
    await late.page.unroute_all()  # which lets go what is held
    await late.asked("safe_now")
    await expect(late.page.locator(".line--note")).to_have_text(await notice.inner_text())
    assert await shown(late) == await shown(one)
    await expect(one.question("safe_now")).to_have_count(1)
    await expect(one.said(one.words("who_for", "me"))).to_have_count(1)


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "plain forms"])
async def test_a_button_pressed_twice_counts_once(visit: Visit, *, javascript: bool) -> None:
    visitor = await visit(javascript=javascript)
    await visitor.is_already_at(TO_WHO_FOR)
    before = await visitor.lines.count()
    await visitor.button("who_for=me").dblclick()
    await visitor.asked("safe_now")
    await visitor.walks(TO_CONCERNS[2:3])
    await expect(visitor.lines).to_have_count(before + 4)
