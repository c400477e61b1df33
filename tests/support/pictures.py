"""Takes a picture of every staff page, for a phone, a desk and paper, to be looked at.

By itself: `python -m tests.support.pictures`, or `make pictures`; they lie in `var/pictures`.
"""

import asyncio
import logging
import sys
import tempfile
from pathlib import Path

from playwright.async_api import Browser
from rich.progress import track

from tests.support.browser import browser, new_page
from tests.support.sources import ROOT
from tests.support.staff_site import Found, StaffSite, every_page, open_staff_site, sign_in

FOLDER = ROOT / "var" / "pictures"
# Of paper as much as is printed on.
SIZES = {"phone": (390, 844), "desk": (1280, 860), "paper": (718, 1000)}


async def draw(folder: Path) -> None:
    """One picture of each page at each size, on paper as it is printed."""
    with tempfile.TemporaryDirectory() as store:
        async with open_staff_site(Path(store)) as site, browser() as chromium:
            for one in track(await every_page(site), "Taking pictures"):
                for size in SIZES:
                    await _draw(chromium, site, one, size, folder)


async def _draw(chromium: Browser, site: StaffSite, one: Found, size: str, folder: Path) -> None:
    width, height = SIZES[size]
    page = await new_page(chromium, width=width, height=height)
    await sign_in(page, site, one.who)
    await page.goto(site.url + one.path)
    await page.wait_for_load_state("networkidle")
    if size == "paper":
        await page.emulate_media(media="print")
    await page.screenshot(path=folder / f"{one.name}-{size}.png", full_page=True)
    await page.context.close()


if __name__ == "__main__":
    logging.disable(logging.ERROR)  # whoever takes pictures looks at those
    into = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    into.mkdir(parents=True, exist_ok=True)
    asyncio.run(draw(into))
