"""Every page that staff have keeps nobody out: at each width, by keyboard, and on paper.

The pages are found from the router; see `tests/support/staff_site.py` for what is in them.
"""

import pytest
from playwright.async_api import Browser, ConsoleMessage, Page, Response

from tests.support.browser import new_page, violations
from tests.support.staff_site import Found, StaffSite, every_page, sign_in

NARROWEST = 320  # CSS pixels: WCAG 2.2, 1.4.10
WIDTHS = {"phone": 390, "desk": 1280}
# Each thing in turn is given the focus and must look different with it.
UNSEEN = """
() => {
  const look = (one) => {
    const {outlineStyle, outlineWidth, outlineColor, boxShadow, backgroundColor, borderColor,
           textDecorationLine} = getComputedStyle(one);
    const clear = outlineStyle === "none" || outlineWidth === "0px" || / 0\\)/.test(outlineColor);
    return [clear ? "" : outlineColor + outlineWidth, boxShadow, backgroundColor, borderColor,
            textDecorationLine].join();
  };
  document.activeElement.blur();
  const all = "a[href], button, input, select, textarea, summary, [tabindex]:not([tabindex='-1'])";
  return [...document.querySelectorAll(all)]
    .filter(one => one.checkVisibility() && !one.disabled && one.type !== "hidden")
    .filter(one => {
      const before = look(one);
      one.focus({preventScroll: true, focusVisible: true});
      const seen = document.activeElement === one && look(one) !== before;
      one.blur();
      return !seen;
    })
    .map(one => `no sign of the focus: ${one.tagName} ${one.id || one.textContent.trim()}`);
}
"""
TOO_WIDE = """
(width) => document.documentElement.scrollWidth <= width ? [] :
  [...document.querySelectorAll("body *")]
    .filter(one => one.getBoundingClientRect().right > width + 1)
    .slice(0, 3).map(one => `wider than the page: ${one.tagName}.${one.className}`)
"""


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
async def test_no_page_keeps_anybody_out(site: StaffSite, chromium: Browser, width: int) -> None:
    page = await new_page(chromium, width=width)
    found = await every_page(site)
    assert {one.name for one in found} >= {"inbox", "sign-in", "referrals-reference"}
    wrong: list[str] = []
    page.on("console", lambda said: wrong.extend(_complaint(said)))
    page.on("response", lambda answer: wrong.extend(_missing(answer)))
    for one in found:
        await _open(page, site, one)
        wrong += [f"{one.template}: {what}" for what in await _faults(page, width)]
    await page.context.close()
    assert wrong == []


def _complaint(said: ConsoleMessage) -> list[str]:
    """What the browser refuses, as by the page's own policy; what is missing is told elsewhere."""
    is_one = said.type == "error" and not said.text.startswith("Failed to load resource")
    return [said.text] if is_one else []


def _missing(answer: Response) -> list[str]:
    """A sheet, a script or a picture that is not there; of pages some are about what is not."""
    is_one = answer.status >= 400 and answer.request.resource_type != "document"
    return [f"{answer.status} of {answer.url}"] if is_one else []


async def _faults(page: Page, width: int) -> list[str]:
    found = [*await violations(page), *await page.evaluate(TOO_WIDE, width)]
    await page.keyboard.press("Tab")  # whoever uses keys is shown where they are
    found += await page.evaluate(UNSEEN)
    if width == WIDTHS["phone"]:
        size = page.viewport_size
        assert size is not None
        await page.set_viewport_size({**size, "width": NARROWEST})
        found += await page.evaluate(TOO_WIDE, NARROWEST)
        await page.set_viewport_size(size)
    return found


async def _open(page: Page, site: StaffSite, one: Found) -> None:
    await sign_in(page, site, one.who)
    await page.goto(site.url + one.path)
