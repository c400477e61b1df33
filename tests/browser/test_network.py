"""A network that fails loses nothing: the page says so, and goes on when it is back."""

import pytest
from playwright.async_api import Route, expect

from tests.browser.conftest import Visit
from tests.browser.place import Place
from tests.browser.script import TO_CONCERNS, to_welcome
from tests.browser.visitor import Visitor

TO_POSTCODE = (*to_welcome("en"), *TO_CONCERNS[:3])
POSTCODE = "E1 4DG"
OTHERS_ARE_HERE = """others => document.readyState !== 'loading'
    && performance.getEntriesByType('resource').filter(one => one.name.endsWith('.js'))
        .length >= others"""


async def fail(route: Route) -> None:
    """It never arrives."""
    await route.abort()


async def lose_the_answer(route: Route) -> None:
    """It arrives, but nobody hears so."""
    await route.fetch()
    await route.abort()


async def is_told_that_it_was_not_sent(visitor: Visitor) -> None:
    await expect(visitor.page.get_by_role("alert")).to_have_text(
        visitor.words("webchat", "not_sent")
    )
    await expect(visitor.box).to_have_value(POSTCODE)


async def counts_once(visitor: Visitor) -> None:
    await visitor.asked("practice")
    await expect(visitor.said(POSTCODE)).to_have_count(1)
    await expect(visitor.box).to_have_value("")
    await expect(visitor.page.get_by_role("alert")).to_have_count(0)


async def test_what_cannot_be_sent_stays_in_the_box(visit: Visit) -> None:
    visitor = await visit()
    await visitor.is_already_at(TO_POSTCODE)
    await visitor.page.route("**/say", fail)
    await visitor.types(POSTCODE)
    await is_told_that_it_was_not_sent(visitor)
    await expect(visitor.said(POSTCODE)).to_have_count(0)
    await visitor.page.unroute_all()
    await visitor.send_button().click()
    await counts_once(visitor)


async def test_what_arrived_unheard_counts_once_when_sent_again(visit: Visit) -> None:
    visitor = await visit()
    await visitor.is_already_at(TO_POSTCODE)
    await visitor.page.route("**/say", lose_the_answer)
    await visitor.types(POSTCODE)
    await is_told_that_it_was_not_sent(visitor)
    await visitor.page.unroute_all()
    await visitor.send_button().click()
    await counts_once(visitor)


async def test_what_was_missed_is_shown_when_the_connection_is_back(
    visit: Visit, place: Place
) -> None:
    visitor = await visit()
    await visitor.is_already_at(TO_POSTCODE)
    elsewhere = await visit(kept=await visitor.page.context.storage_state())
    notice = visitor.page.locator("#offline")
    await expect(notice).to_be_hidden()
    await visitor.page.evaluate("document.wasHere = true")
    await visitor.page.route("**/stream?*", fail)
    await place.bot.close()
    await expect(notice).to_be_visible()
    await expect(notice).to_have_text(visitor.words("webchat", "offline"))
    await place.bot.open()
    await elsewhere.is_already_at(TO_CONCERNS[3:4])
    await visitor.page.unroute_all()
    await visitor.asked("practice")
    await expect(notice).to_be_hidden()
    assert await visitor.page.evaluate("document.wasHere")
    assert await visitor.lines.all_inner_texts() == await elsewhere.lines.all_inner_texts()


async def test_a_page_that_finds_no_stream_at_first_finds_it_later(visit: Visit) -> None:
    visitor = await visit()
    await visitor.is_already_at(TO_POSTCODE)
    await visitor.page.route("**/stream?*", fail)
    await visitor.comes()
    notice = visitor.page.locator("#offline")
    await expect(notice).to_be_visible()
    await visitor.page.unroute_all()
    await expect(notice).to_be_hidden()
    await visitor.walks(TO_CONCERNS[3:4])


async def test_without_its_stream_the_page_looks_by_itself(visit: Visit) -> None:
    visitor = await visit()
    await visitor.is_already_at(TO_POSTCODE)
    elsewhere = await visit(kept=await visitor.page.context.storage_state())
    await elsewhere.comes()
    await visitor.page.clock.install()
    await visitor.page.route("**/stream?*", fail)
    await visitor.comes()
    await visitor.types(POSTCODE)
    await elsewhere.asked("practice")
    await expect(visitor.box).to_have_value("")
    await visitor.page.clock.fast_forward(10_000)
    await visitor.asked("practice")


async def test_an_answer_that_overtakes_the_receipt_needs_no_second_look(visit: Visit) -> None:
    visitor = await visit()
    await visitor.is_already_at(TO_POSTCODE)
    await visitor.page.clock.install()
    await visitor.comes()
    await visitor.page.evaluate("document.wasHere = true")

    async def dawdle(route: Route) -> None:
        receipt = await route.fetch()
        await visitor.asked("practice")
        await route.fulfill(response=receipt)

    await visitor.page.route("**/say", dawdle)
    await visitor.types(POSTCODE)
    await expect(visitor.box).to_have_value("")
    await visitor.page.clock.fast_forward(10_000)
    await visitor.page.unroute_all()
    await visitor.types("xx place")
    await expect(visitor.button("practice=F84122")).to_be_visible()
    assert await visitor.page.evaluate("document.wasHere")


@pytest.mark.parametrize("late", range(2))
async def test_a_script_that_comes_late_does_not_keep_the_page_from_following(
    visit: Visit, late: int
) -> None:
    visitor = await visit()
    page = visitor.page

    async def come_last(route: Route) -> None:
        scripts = await page.locator("script[src]").evaluate_all("all => all.map(one => one.src)")
        if route.request.url == scripts[late]:
            await page.wait_for_function(OTHERS_ARE_HERE, arg=len(scripts) - 1)
            await page.evaluate("() => new Promise(done => setTimeout(() => setTimeout(done)))")
        await route.continue_()

    await page.route("**/*.js", come_last)
    async with page.expect_request("**/stream?*"):
        await visitor.is_already_at(TO_POSTCODE)
    assert await page.locator("script[src]").count() == 2
