"""In a real browser no page of either side asks anybody else, or is stopped by its own policy."""

from playwright.async_api import expect

from tests.browser.conftest import Visit
from tests.browser.place import Place
from tests.browser.script import TO_CONCERNS, TO_NAME, TO_REVIEW, TO_SENT, to_welcome
from tests.browser.visitor import Visitor
from tests.support.staff_browser import PASSWORD

PRESCRIBER = "prescriber.f84122@example.org"
HEARD = """
window.heardRefusals = [];
document.addEventListener("securitypolicyviolation", event => {
  window.heardRefusals.push(`${event.effectiveDirective}: ${event.blockedURI}`);
});
"""


async def listening(visitor: Visitor) -> Visitor:
    """Every page of this visitor says what its policy has refused."""
    await visitor.page.add_init_script(HEARD)
    return visitor


async def trouble(visitor: Visitor) -> list[str]:
    refused: list[str] = await visitor.page.evaluate("window.heardRefusals")
    return [*refused, *visitor.trouble]


async def test_no_page_for_residents_asks_anybody_else(visit: Visit) -> None:
    visitor = await listening(await visit())
    found = []
    for path in ("/privacy/ar", "/away", "/nowhere", "/"):
        await visitor.comes(path)
        found += await trouble(visitor)
    for script in (to_welcome("en"), TO_CONCERNS, TO_NAME, TO_REVIEW, TO_SENT):
        await visitor.walks(script)
        found += await trouble(visitor)
    await visitor.leave_button().click()
    await visitor.page.wait_for_url("**/away")
    found += await trouble(visitor)
    await visitor.comes("/")
    assert found + await trouble(visitor) == []


async def test_no_page_for_staff_asks_anybody_else(visit: Visit, place: Place) -> None:
    resident = await visit()
    await resident.is_already_at(to_welcome("en"), TO_CONCERNS, TO_NAME, TO_REVIEW, TO_SENT)
    reference = await resident.reference()
    visitor = await listening(await visit())
    visitor.url = place.api.url
    page = visitor.page
    found = []
    for path in (f"/staff/referrals/{reference}", "/staff/nowhere", "/staff/sign-in"):
        await visitor.comes(path)
        found += await trouble(visitor)
    for password in ("wrong", PASSWORD):
        await page.get_by_label("E-mail address").fill(PRESCRIBER)
        await page.get_by_label("Password", exact=True).fill(password)
        await page.get_by_role("button", name="Sign in").click()
        await page.wait_for_load_state()
        found += await trouble(visitor)
    await page.get_by_label("Code from your app").fill(place.code(PRESCRIBER))
    await page.get_by_role("button", name="Continue").click()
    await page.get_by_role("link", name=reference).click()
    await expect(page.get_by_role("heading", name=reference)).to_be_visible()
    found += await trouble(visitor)
    await page.get_by_role("button", name="Sign out").click()
    await expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    # The console also tells of each answer that is an error, as these were meant to be.
    meant = "Failed to load resource: the server responded with a status of"
    assert [one for one in found + await trouble(visitor) if not one.startswith(meant)] == []


async def test_what_the_policy_refuses_is_heard(visit: Visit) -> None:
    visitor = await listening(await visit())
    await visitor.comes("/")
    await visitor.page.evaluate("document.body.innerHTML = '<p style=color:red>Red</p>'")
    await visitor.page.wait_for_function("window.heardRefusals.length")
    assert await trouble(visitor) != []
