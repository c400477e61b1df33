"""Every page that staff have keeps nobody out: at each width, by keyboard, and on paper.

The pages are found from the router; see `tests/support/staff_site.py` for what is in them.
"""

from contextlib import suppress

import pytest
from playwright.async_api import Browser, ConsoleMessage, Page, Response
from playwright.async_api import TimeoutError as PlaywrightTimeout

from tests.support.browser import new_page, violations
from tests.support.staff_site import Found, StaffSite, sign_in

SETTLED = 3_000  # milliseconds: a script moves what has no room, when the width has changed
NARROWEST = 320  # CSS pixels: WCAG 2.2, 1.4.10
WIDTHS = {"desk": 1280, "phone": 390}
HEIGHT = 844
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


@pytest.mark.timeout(240)  # some thirty pages, each looked at whole, twice
@pytest.mark.parametrize("half", [0, 1])
async def test_no_page_keeps_anybody_out(
    site: StaffSite, staff_pages: list[Found], chromium: Browser, half: int
) -> None:
    page = await new_page(chromium)
    assert {one.name for one in staff_pages} >= {"inbox", "sign-in", "referrals-reference"}
    wrong: list[str] = []
    page.on("console", lambda said: wrong.extend(_complaint(said)))
    page.on("response", lambda answer: wrong.extend(_missing(answer)))
    for one in staff_pages[half::2]:
        await _open(page, site, one)
        wrong += [f"{one.template} {what}" for what in await _faults(page)]
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


async def _too_wide(page: Page, width: int) -> list[str]:
    """What reaches beyond the page, once the header has found room for its places."""
    with suppress(PlaywrightTimeout):
        fits = "width => document.documentElement.scrollWidth <= width"
        await page.wait_for_function(fits, arg=width, timeout=SETTLED)
    found: list[str] = await page.evaluate(TOO_WIDE, width)
    return found


async def _faults(page: Page) -> list[str]:
    """What is wrong at each width; a page is turned and made wider while it is looked at, too."""
    found: list[str] = []
    for name, width in WIDTHS.items():
        await page.set_viewport_size({"width": width, "height": HEIGHT})
        faults = [*await violations(page), *await _too_wide(page, width)]
        await page.keyboard.press("Tab")  # whoever uses keys is shown where they are
        faults += await page.evaluate(UNSEEN)
        found += [f"({name}): {one}" for one in faults]
    await page.set_viewport_size({"width": NARROWEST, "height": HEIGHT})
    found += [f"(narrow): {one}" for one in await _too_wide(page, NARROWEST)]
    return found


async def _open(page: Page, site: StaffSite, one: Found) -> None:
    await page.set_viewport_size({"width": WIDTHS["desk"], "height": HEIGHT})
    await sign_in(page, site, one.who)
    await page.goto(site.url + one.path)
