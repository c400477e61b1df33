"""While an answer is on its way the page says so, and tells everything only once."""

from playwright.async_api import expect

from tests.browser.conftest import Visit
from tests.browser.place import Place
from tests.browser.script import TO_CONCERNS, to_welcome

TO_POSTCODE = (*to_welcome("en"), *TO_CONCERNS[:3])
MARK = "() => { for (const line of document.querySelectorAll('.line')) line.wasHere = true; }"
NEW = "() => [...document.querySelectorAll('.line')].filter(line => !line.wasHere).length"
MOVING = "() => document.getAnimations().filter(one => one.playState === 'running').length"


async def test_the_page_says_in_words_that_the_answer_is_on_its_way(
    visit: Visit, place: Place
) -> None:
    visitor = await visit(reduced_motion=True)  # words that fade in are pale at first
    await visitor.is_already_at(TO_POSTCODE)
    says = visitor.page.get_by_role("status").filter(has_text=visitor.words("webchat", "waiting"))
    async with place.holding_its_tongue():
        await visitor.types("E1 4DG")
        await expect(says).to_be_visible()
        await expect(visitor.said("E1 4DG")).to_be_visible()
        assert await visitor.barriers() == []
    await visitor.asked("practice")
    await expect(says).to_have_count(0)
    await expect(visitor.said("E1 4DG")).to_have_count(1)


async def test_a_plain_page_says_so_too_and_can_be_looked_at_again(
    visit: Visit, place: Place
) -> None:
    visitor = await visit(javascript=False)
    await visitor.is_already_at(TO_POSTCODE)
    async with place.holding_its_tongue():
        await visitor.types("E1 4DG")
        await expect(visitor.page.get_by_text(visitor.words("webchat", "waiting"))).to_be_visible()
    await visitor.looks_again_until_asked("practice")


async def test_nothing_moves_for_whoever_wants_less_movement(visit: Visit, place: Place) -> None:
    still, lively = await visit(reduced_motion=True), await visit()
    for visitor in (still, lively):
        await visitor.is_already_at(TO_POSTCODE)
    async with place.holding_its_tongue():
        for visitor in (still, lively):
            await visitor.types("E1 4DG")
            await expect(visitor.page.locator(".dots")).to_be_visible()
        assert await still.page.evaluate(MOVING) == 0
        assert await lively.page.evaluate(MOVING) > 0
    calm = "getComputedStyle(document.documentElement).scrollBehavior"
    assert await still.page.evaluate(calm) == "auto"
    assert await lively.page.evaluate(calm) == "smooth"


async def test_only_what_is_new_is_added_to_the_log(visit: Visit) -> None:
    visitor = await visit()
    await visitor.is_already_at(TO_POSTCODE)
    log = visitor.page.get_by_role("log", name=visitor.words("webchat", "talk"))
    await expect(log).to_have_count(1)
    before = await visitor.lines.count()
    await visitor.page.evaluate(MARK)
    await visitor.walks((("E1 4DG", "practice"),))
    await expect(log.locator(".line")).to_have_count(before + 2)
    assert await visitor.page.evaluate(NEW) == 2


async def test_a_toggle_changes_nothing_but_itself(visit: Visit) -> None:
    visitor = await visit()
    await visitor.is_already_at(to_welcome("en"), TO_CONCERNS)
    await visitor.page.evaluate(MARK)
    await visitor.presses("concerns=housing")
    assert await visitor.page.evaluate(NEW) == 0
    await expect(visitor.page.locator("[aria-pressed=true]")).to_have_count(1)
