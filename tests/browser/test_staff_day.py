"""Staff in a real browser: a referral arrives while the inbox is open, and one goes on paper."""

import re
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, Page, expect

from tests.support.browser import new_page
from tests.support.staff_site import INTERPRETING, RICH, StaffSite, refer, sign_in

LONG = "আমি খুব একা থাকি এবং ভাড়া দিতে পারছি না। " * 60
# Everything that the form asks, with as much in it as a sheet must take.
FULL: dict[str, Any] = {
    **RICH,
    "concerns": ["activity", "loneliness", "money", "housing", "work", "food_energy", "other"],
    "concern_words": ["ভাড়া আর বিল", "কাজ নেই"],
    "own_words": [LONG, LONG],
    "access_needs": ["large_print", "easy_read", "hearing", "mobility", "text_relay"],
    "home": None,
    "home_code": "no_fixed_address",
    "flags": ["check_words", "urgent_words"],
}
PAGE_OF_A_PDF = re.compile(rb"/Type\s*/Page[^s]")
Y = "one => one.getBoundingClientRect().y"


async def _inbox(chromium: Browser, site: StaffSite, **more: Any) -> Page:  # noqa: ANN401 as new_page has it
    page = await new_page(chromium, **more)
    await sign_in(page, site, "kofi")
    await page.goto(f"{site.url}/staff/")
    return page


async def test_a_new_one_appears_and_nothing_moves(site: StaffSite, chromium: Browser) -> None:
    page = await _inbox(chromium, site)
    listed = page.locator("#entries > li")
    before, last = await listed.count(), await listed.last.get_attribute("id")
    stood = await page.locator(f"#{last}").evaluate(Y)
    urgent = await refer(site, "conversation-arrives", name="New One", flags=["urgent_words"])
    await page.evaluate("htmx.trigger('#listening', 'look')")
    await expect(page.get_by_role("status")).to_have_text(
        re.compile(rf"1 new referral, marked urgent:\s+{urgent}")
    )
    await expect(listed).to_have_count(before + 1)
    await expect(page.locator("#in-everybody")).to_have_text(str(before + 1))
    assert await page.locator(f"#{last}").evaluate(Y) == stood
    await page.evaluate("htmx.trigger('#listening', 'look')")
    await expect(listed).to_have_count(before + 1)
    await page.get_by_role("status").get_by_role("link", name=urgent).press("Enter")
    await page.keyboard.press("Tab")
    await expect(listed.last.get_by_role("link")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", level=1)).to_have_text(urgent)
    await page.context.close()


async def test_a_filter_works_without_scripts(site: StaffSite, chromium: Browser) -> None:
    page = await _inbox(chromium, site, javascript=False)
    await page.get_by_text("Filter the list").click()
    await page.get_by_label("Help with").select_option("Work")
    await page.get_by_role("button", name="Show these").click()
    await expect(page.locator("#entries > li")).to_have_count(1)
    assert "concern=work" in page.url
    assert await page.get_by_label("Help with").input_value() == "work"
    await page.get_by_role("link", name="Clear the filter").click()
    assert "concern" not in page.url
    await page.context.close()


async def test_all_of_a_referral_goes_on_one_sheet(
    site: StaffSite, chromium: Browser, tmp_path: Path
) -> None:
    reference = await refer(site, "conversation-on-paper", **FULL)
    page = await _inbox(chromium, site, width=1280)
    await page.goto(f"{site.url}/staff/referrals/{reference}/summary")
    await expect(page.get_by_role("button", name="Print this page")).to_be_visible()
    sheet = await page.pdf(path=tmp_path / "sheet.pdf", prefer_css_page_size=True)
    assert len(PAGE_OF_A_PDF.findall(sheet)) == 1
    await page.emulate_media(media="print")
    for gone in ("header", "footer", "nav", "button"):
        assert not any([await one.is_visible() for one in await page.locator(gone).all()]), gone
    await expect(page.get_by_text("Ring with care.")).to_be_visible()
    await expect(page.get_by_text("more in Doorway")).to_be_visible()
    await expect(page.get_by_text(INTERPRETING)).to_be_visible()
    await page.context.close()


async def test_the_text_for_the_record_is_copied(site: StaffSite, chromium: Browser) -> None:
    page = await _inbox(chromium, site)
    await page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await page.goto(f"{site.url}/staff/referrals/{site.references[0]}")
    await page.get_by_role("button", name="Copy the text").click()
    await expect(page.get_by_text("Copied.")).to_be_visible()
    copied = await page.evaluate("navigator.clipboard.readText()")
    assert "The prescriber decides" in copied
    assert site.references[0] in copied
    await page.context.close()
