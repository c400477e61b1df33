"""Room enough: for fingers, for small and zoomed screens, for long words, for wider letters."""

from dataclasses import dataclass

import pytest

from tests.browser.conftest import LANGUAGES, Visit
from tests.browser.script import (
    TO_CONCERNS,
    TO_NAME,
    TO_REVIEW,
    TO_SENT,
    Script,
    to_welcome,
)
from tests.browser.visitor import Visitor


@dataclass(frozen=True, slots=True)
class Screen:
    """CSS pixels; `spaced` as WCAG 1.4.12 wants to be able to set any text."""

    name: str
    width: int
    height: int
    spaced: bool = False


PHONE = Screen("a phone", 390, 844)
SCREENS = (
    PHONE,
    Screen("a phone, spaced", 390, 844, spaced=True),
    Screen("a small phone", 320, 568),
    Screen("a small phone, spaced", 320, 568, spaced=True),
    Screen("a phone at 200 %", 195, 422),
    Screen("a laptop at 200 %", 640, 400),
)
SPACED = """
(on) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important;
    word-spacing: .16em !important } p { margin-block-end: 2em !important }`);
  document.adoptedStyleSheets = on ? [sheet] : [];
}
"""
# The skip link is one pixel wide until it has the focus. A link among other words has no more
# room than its line.
SMALL = """
() => [...document.querySelectorAll("a[href], button, summary, textarea")]
  .map(one => ({one, box: one.getBoundingClientRect()}))
  .filter(({one, box}) => one.checkVisibility({visibilityProperty: true}) && box.width > 1)
  .filter(({one, box}) => {
    const around = one.closest("p, li")?.textContent.trim() ?? "";
    const least = one.matches("a") && around !== one.textContent.trim() ? 24 : 44;
    return Math.min(box.width, box.height) < least;
  })
  .map(({one, box}) => `${one.textContent.trim() || one.id} is ${box.width} by ${box.height}`)
"""
# Every line of text lies within the page, and within whatever has an edge around it.
CUT = """
() => {
  const page = document.documentElement;
  const found = page.scrollWidth > innerWidth ? [`the page is ${page.scrollWidth} wide`] : [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const around = node.parentElement.closest("button, .bubble, summary, .bar, .composer, body");
    const range = document.createRange();
    range.selectNodeContents(node);
    const box = around.getBoundingClientRect();
    const out = [...range.getClientRects()].filter(({width}) => width > 1).filter(
      ({left, right, top, bottom}) => left < Math.max(box.left, 0) - 1 || top < box.top - 1
        || right > Math.min(box.right, innerWidth) + 1 || bottom > box.bottom + 1);
    if (out.length && node.parentElement.checkVisibility({visibilityProperty: true})
        && !node.parentElement.closest(".nhsuk-u-visually-hidden, .nhsuk-skip-link"))
      found.push(`“${node.data.trim().slice(0, 40)}” leaves ${around.tagName}`);
  }
  return found;
}
"""


async def what_lacks_room(visitor: Visitor, where: str) -> list[str]:
    """At every size of screen, with all that can be folded out."""
    found = []
    page = visitor.page
    await page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    for screen in SCREENS:
        await page.set_viewport_size({"width": screen.width, "height": screen.height})
        await page.evaluate(SPACED, screen.spaced)
        small = await page.evaluate(SMALL) if screen is PHONE else []
        wrong = [*small, *await page.evaluate(CUT)]
        found += [f"{where} on {screen.name}: {one}" for one in wrong]
    return found


@pytest.mark.parametrize("language", LANGUAGES)
async def test_there_is_room_at_every_step(visit: Visit, language: str) -> None:
    visitor = await visit(language, reduced_motion=True)
    await visitor.comes()
    found = await what_lacks_room(visitor, "language")
    steps: tuple[Script, ...] = (to_welcome(language), TO_CONCERNS, TO_NAME, TO_REVIEW, TO_SENT)
    for script in steps:
        await visitor.is_already_at(script)
        found += await what_lacks_room(visitor, script[-1][1])
    assert found == []


@pytest.mark.parametrize("language", LANGUAGES)
async def test_there_is_room_on_the_pages_beside_the_talk(visit: Visit, language: str) -> None:
    visitor = await visit(language)
    found = []
    for path in (f"/privacy/{language}", "/away"):
        await visitor.comes(path)
        found += await what_lacks_room(visitor, path)
    assert found == []
