"""Draws the pictures of the README: a short referral on the page, in each language and width."""

import asyncio
import logging
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.async_api import Browser, Page
from rich.progress import track

from common.contract.languages import BY_CODE
from tests.browser.place import Place, open_place
from tests.support.browser import browser, new_page
from tests.support.sources import ROOT

FOLDER = ROOT / "docs" / "screenshots"
SETTLED = 300  # milliseconds until what has come stands where it is to be read
PHONE, DESK = (390, 844), (1280, 860)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody made up, with what they type in their own script and digits."""

    name: str
    born: str
    phone: str = "07700 900123"  # kept by Ofcom for drama


PEOPLE = {
    "en": Person("Sam Demo", "3 April 1980"),
    "bn": Person("আমিনা ডেমো", "৩/৪/১৯৮০", "০৭৭০০ ৯০০১২৩"),
    "so": Person("Hodan Demo", "3/4/1980"),
    "ar": Person("سميرة ديمو", "٣/٤/١٩٨٠", "٠٧٧٠٠ ٩٠٠١٢٣"),
}


async def draw(folder: Path) -> None:
    """Walk the chat in every language at both widths, with one walk in the dark."""
    walks = [(code, size, False) for code in PEOPLE for size in (PHONE, DESK)]
    async with _place() as place, browser() as chromium:
        for code, size, dark in track([*walks, ("en", PHONE, True)], "Taking pictures"):
            name = f"{code}-{size[0]}{'-dark' if dark else ''}"
            page = await _visit(chromium, code, size, dark=dark)
            await page.goto(place.url)
            await _walk(page, code, PEOPLE[code], folder / name)
            await page.context.close()


async def _walk(page: Page, code: str, person: Person, path: Path) -> None:
    await _press(page, f"language={code}")
    await _picture(page, path, "1-welcome")
    for data in ("welcome=yes", "who_for=me", "safe_now=safe"):
        await _press(page, data)
    await _reply(page, "E14 6PG")
    await _reply(page, "chrisp street")
    await _press(page, "practice=F84062")
    for data in ("concerns=money", "concerns=housing"):
        await _press(page, data, pressed=True)
    await _picture(page, path, "2-concerns")
    await _press(page, "concerns=done")
    for typed in (person.name, person.born, person.phone):
        await _reply(page, typed)
    await _press(page, "send_now=send")
    await _picture(page, path, "3-review")
    await _press(page, "review=send")
    await page.locator("#talk code").wait_for()
    await page.locator('#talk [value="sent=status"]').wait_for()
    await _picture(page, path, "4-sent")


async def _press(page: Page, data: str, *, pressed: bool = False) -> None:
    button = page.locator(f'#talk button[value="{data}"]')
    await button.click()
    if pressed:
        await page.locator(f'#talk button[value="{data}"][aria-pressed="true"]').wait_for()
    else:
        await button.wait_for(state="detached")
        await page.locator("#talk .choices").wait_for()


async def _reply(page: Page, text: str) -> None:
    asked = await page.locator("#talk .choices").evaluate("form => form.parentElement.id")
    await page.fill("#text", text)
    await page.click(".send")
    await page.locator(f"#{asked} .choices").wait_for(state="detached")
    await page.locator("#talk .choices").wait_for()


async def _picture(page: Page, path: Path, step: str) -> None:
    await page.mouse.move(0, 0)
    await page.evaluate("document.fonts.ready")
    await page.wait_for_timeout(SETTLED)
    await page.screenshot(path=f"{path}-{step}.png", animations="disabled")


async def _visit(chromium: Browser, code: str, size: tuple[int, int], *, dark: bool) -> Page:
    width, height = size
    return await new_page(
        chromium,
        width=width,
        height=height,
        dark=dark,
        reduced_motion=True,  # a picture must not be taken in the middle of scrolling
        locale=BY_CODE[code].bcp47,
    )


@asynccontextmanager
async def _place() -> AsyncIterator[Place]:
    with tempfile.TemporaryDirectory() as folder:
        async with open_place(Path(folder)) as place:
            yield place


if __name__ == "__main__":
    logging.disable(logging.ERROR)  # whoever takes pictures looks at those
    asyncio.run(draw(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER))
