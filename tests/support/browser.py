"""A real browser for tests: Debian's Chromium, with axe to find what keeps people out of a page."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Literal
from urllib.parse import urlsplit
from weakref import WeakKeyDictionary

from playwright.async_api import (
    Browser,
    CDPSession,
    Page,
    Request,
    StorageState,
    WebSocket,
    async_playwright,
)

from tests.support.sources import ROOT

PATIENCE = 10_000  # milliseconds until something that does not appear fails the test
FLAGS = (
    "--no-sandbox",  # the build runs as root
    "--disable-dev-shm-usage",  # which is small in a container
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--disable-gpu",
    "--no-first-run",
    # Whatever a page asks for, no test reaches beyond this machine.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
)
AXE = (ROOT / "tests" / "vendor" / "axe.min.js").read_text(encoding="utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
HAS_AXE = "typeof window.axe?.run === 'function'"
RUN_AXE = """
async (tags) => {
  const options = {runOnly: tags, resultTypes: ["violations"], preload: false};
  const {violations} = await axe.run(document, options);
  return violations.flatMap(({id, nodes}) => nodes.map(({target}) => `${id}: ${target.join(" ")}`));
}
"""
# Axe never looks into noscript, though here it is what people see.
UNWRAP = 'document.querySelectorAll("noscript").forEach(one => one.replaceWith(...one.childNodes))'

# Of each page without scripts, what turns them off: it is ours, since axe needs them for a moment.
_SWITCHES: WeakKeyDictionary[Page, CDPSession] = WeakKeyDictionary()


@asynccontextmanager
async def browser() -> AsyncIterator[Browser]:
    """A browser that is gone again afterwards, with all its pages."""
    # Without windows, each visitor costs a third of what one costs in the whole browser.
    program = shutil.which("chromium-headless-shell")
    assert program is not None, "run make browser"
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path=program, args=FLAGS)
        try:
            yield chromium
        finally:
            await chromium.close()


async def new_page(  # noqa: PLR0913 each says something else about one visitor
    browser: Browser,
    *,
    width: int = 390,
    height: int = 844,
    javascript: bool = True,
    dark: bool = False,
    reduced_motion: bool = False,
    locale: str = "en-GB",
    kept: StorageState | None = None,
) -> Page:
    """A page of a visitor who was never here, or who has `kept` cookies. Sizes in CSS pixels."""
    scheme: Literal["dark", "light"] = "dark" if dark else "light"
    context = await browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme=scheme,
        reduced_motion="reduce" if reduced_motion else "no-preference",
        locale=locale,
        storage_state=kept,
    )
    context.set_default_timeout(PATIENCE)
    page = await context.new_page()
    if not javascript:
        _SWITCHES[page] = await page.context.new_cdp_session(page)
        await _scripts(_SWITCHES[page], off=True)
    return page


async def violations(page: Page) -> list[str]:
    """What breaks WCAG 2.2 AA or good practice on the page as it is now, as `rule: where`."""
    async with _scripting(page):
        if not await page.evaluate(HAS_AXE):  # to read it takes as long as to run it
            # Not by a script element, which the page's own policy rightly refuses.
            await page.evaluate(AXE)
        found: list[str] = await page.evaluate(RUN_AXE, TAGS)
    return found


@asynccontextmanager
async def _scripting(page: Page) -> AsyncIterator[None]:
    """Lets axe work on a page without scripts; the page's own were passed over and stay so."""
    switch = _SWITCHES.get(page)
    if switch is None:
        yield
        return
    await _scripts(switch, off=False)
    try:
        await page.evaluate(UNWRAP)
        yield
    finally:
        await _scripts(switch, off=True)


async def _scripts(switch: CDPSession, *, off: bool) -> None:
    await switch.send("Emulation.setScriptExecutionDisabled", {"value": off})


def outside_requests(page: Page) -> list[str]:
    """From now on, every address beyond the host and port that the page is first taken to.

    The list grows while the page is used; a request is in it even when it is refused or fails.
    """
    hosts: list[str] = []
    outside: list[str] = []

    def hear(made: Request | WebSocket) -> None:
        parts = urlsplit(made.url)
        if parts.scheme in {"data", "blob"}:
            return  # these leave no trace anywhere
        hosts.append(parts.netloc)
        if hosts[-1] != hosts[0]:
            outside.append(made.url)

    page.context.on("request", hear)
    page.on("websocket", hear)
    return outside
