"""The reference on paper: what is needed later, and nothing to press."""

import pytest
from playwright.async_api import expect

from tests.browser.conftest import Visit
from tests.browser.script import TO_CONCERNS, TO_NAME, TO_REVIEW, TO_SENT, to_welcome
from tests.browser.visitor import Visitor
from tests.support.bot_settings import FACTS

PALE = """
() => [...document.querySelectorAll("body *")]
  .filter(one => one.checkVisibility() && one.innerText?.trim())
  .filter(one => getComputedStyle(one).color.match(/[0-9]+/g).slice(0, 3).some(part => part > 190))
  .map(one => `${one.tagName}.${one.className} ${getComputedStyle(one).color}`)
"""


async def has_sent(visitor: Visitor) -> None:
    await visitor.is_already_at(to_welcome("en"), TO_CONCERNS, TO_NAME, TO_REVIEW, TO_SENT)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
async def test_paper_shows_the_reference_and_nothing_to_press(visit: Visit, *, dark: bool) -> None:
    visitor = await visit(dark=dark)
    await has_sent(visitor)
    page = visitor.page
    await page.emulate_media(media="print")
    await visitor.reference()
    await expect(page.get_by_text("within 5 working days")).to_be_visible()
    await expect(page.get_by_text(FACTS["service_phone"]).last).to_be_visible()
    for gone in ("button", "summary", "textarea", ".bar", ".composer", ".line--you"):
        assert not any([await one.is_visible() for one in await page.locator(gone).all()]), gone
    assert await page.evaluate(PALE) == []


async def test_the_page_can_be_printed_by_a_button(visit: Visit) -> None:
    visitor = await visit()
    await has_sent(visitor)
    await visitor.page.evaluate("addEventListener('beforeprint', () => console.log('printed'))")
    async with visitor.page.expect_console_message() as told:
        await visitor.page.get_by_role("button", name=visitor.words("webchat", "print")).click()
    assert (await told.value).text == "printed"
