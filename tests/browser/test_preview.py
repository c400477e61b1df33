"""A coordinator looks at the chat in a frame of the staff pages, and presses on in it."""

from playwright.async_api import Page, expect

from bot.dialogue.effects import Words
from tests.browser.conftest import Visit
from tests.browser.place import Place
from tests.browser.visitor import Visitor
from tests.support.browser import violations
from tests.support.staff_browser import PASSWORD
from tests.support.world import translator

COORDINATOR = "coordinator.1@example.org"
PREVIEW = "/staff/words/bn/preview?step=who_for"


async def sign_in(visitor: Visitor, place: Place) -> Page:
    page = visitor.page
    await page.goto(f"{place.api.url}/staff/sign-in")
    await page.get_by_label("E-mail address").fill(COORDINATOR)
    await page.get_by_label("Password", exact=True).fill(PASSWORD)
    await page.get_by_role("button", name="Sign in").click()
    await page.get_by_label("Code from your app").fill(place.code(COORDINATOR))
    await page.get_by_role("button", name="Continue").click()
    await expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    return page


async def test_any_step_is_seen_and_gone_on_with(visit: Visit, place: Place) -> None:
    visitor = await visit()
    page = await sign_in(visitor, place)
    await page.goto(f"{place.api.url}{PREVIEW}")
    chat = page.frame_locator("iframe.preview")
    for_me = chat.locator('button[value="who_for=me"]')
    await expect(for_me).to_be_visible()
    await expect(chat.locator("html")).to_have_attribute("lang", "bn")
    await for_me.click()
    await expect(chat.locator('button[value="safe_now=safe"]')).to_be_visible()
    await chat.locator("#text").fill("I want to kill myself")
    await chat.locator(".send").click()
    await expect(chat.get_by_text("116 123").first).to_be_visible()
    assert await violations(page) == []
    await page.get_by_label("Begin at").select_option("review")
    await page.get_by_role("button", name="Show").click()
    await expect(chat.locator('button[value="review=send"]')).to_be_visible()
    title = translator().label(Words("review", "title"), "bn")
    await expect(chat.get_by_text(title).first).to_be_visible()
    # The one who checks speaks to the frame, too, before it knows whose it is.
    assert [one for one in visitor.complaints if "postMessage" not in one] == []
    assert [one for one in visitor.outside if not one.startswith(place.bot.url)] == []
