"""A prescriber works a referral on a phone: accepts it, tries twice, reaches them, closes it."""

from dataclasses import dataclass

from playwright.async_api import Browser, Page, expect

from tests.support.browser import new_page, outside_requests, violations
from tests.support.staff_site import StaffSite, refer, sign_in

SAFE = {"phone": "07700 900123", "safe_call": "yes", "may_voicemail": True}
WIDER = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


@dataclass
class Prescriber:
    """Somebody with a phone, at the page of one referral."""

    page: Page
    url: str
    reference: str
    outside: list[str]

    async def opens_it(self) -> None:
        await self.page.goto(f"{self.url}/staff/referrals/{self.reference}")
        await expect(self.page.locator("#next")).to_be_visible()

    async def presses(self, name: str) -> None:
        found = self.page.locator("main").get_by_role("button", name=name, exact=True)
        await found.click()

    async def tries(self, outcome: str, note: str = "") -> None:
        await self.presses("Log a contact attempt")
        await self.can_be_used_by_everybody()
        await self.page.get_by_label(outcome, exact=True).check()
        await self.page.get_by_label("Note, if you want to leave one").fill(note)
        await self.presses("Log it")

    async def reads(self, words: str) -> None:
        await expect(self.page.locator("#next")).to_contain_text(words)

    async def can_be_used_by_everybody(self) -> None:
        assert await violations(self.page) == []
        assert not await self.page.evaluate(WIDER)


async def test_a_referral_is_worked_on_a_phone(chromium: Browser, site: StaffSite) -> None:
    page = await new_page(chromium, reduced_motion=True)
    reference = await refer(site, "conversation-casework", contact=SAFE, name="Worked On")
    prescriber = Prescriber(page, site.url, reference, outside_requests(page))
    # Given a prescriber at a referral of their practice
    await sign_in(page, site, "amina")
    await prescriber.opens_it()
    await prescriber.can_be_used_by_everybody()
    # When they accept it and try twice
    await prescriber.presses("Accept")
    await prescriber.reads("Next, make contact.")
    await prescriber.tries("No answer")
    await prescriber.reads("Tried once.")
    await prescriber.tries("Left a voicemail", "asked to ring the practice")
    await prescriber.reads("Tried twice.")
    # And close it
    await prescriber.presses("Close")
    await prescriber.can_be_used_by_everybody()
    await page.get_by_label("They decided against it").check()
    await prescriber.presses("Close it")
    # Then all of it stands on the page, and nobody else has heard of it
    await prescriber.reads("It is closed: They decided against it.")
    history = page.locator("main")
    await expect(history).to_contain_text("Contact attempt: No answer, by")
    await expect(history).to_contain_text("Note: asked to ring the practice")
    await prescriber.can_be_used_by_everybody()
    assert prescriber.outside == []
    await page.context.close()
