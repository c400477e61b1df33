"""Languages from right to left, and one language after the other."""

import pytest
from playwright.async_api import Locator, expect

from common.contract.languages import BY_CODE
from tests.browser.conftest import LANGUAGES, Visit
from tests.browser.script import PHONE, TO_CONCERNS, TO_NAME, TO_REVIEW, TO_SENT, to_welcome
from tests.browser.visitor import Visitor

RIGHT_TO_LEFT = [one for one in LANGUAGES if BY_CODE[one].direction == "rtl"]
# What is seen from left to right wherever this stands, as each letter's own place tells.
AS_SEEN = """
(text) => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const start = node.data.replaceAll("\\u00a0", " ").indexOf(text);
    if (start < 0 || !node.parentElement.checkVisibility()) continue;
    const letters = [...text].map((letter, at) => {
      const range = document.createRange();
      range.setStart(node, start + at);
      range.setEnd(node, start + at + 1);
      const {left, bottom} = range.getBoundingClientRect();
      return {letter, left, bottom: Math.round(bottom)};
    });
    letters.sort((one, other) => one.bottom - other.bottom || one.left - other.left);
    found.push(letters.map(({letter}) => letter).join(""));
  }
  return found;
}
"""


async def reads_as_typed(visitor: Visitor, text: str, *, times: int) -> None:
    """It is seen so often at least, and never in another order."""
    seen = await visitor.page.evaluate(AS_SEEN, text)
    assert len(seen) >= times
    assert {one.replace(" ", "") for one in seen} == {text.replace(" ", "")}


async def room(locator: Locator) -> tuple[float, float]:
    """CSS pixels left free on its left and on its right."""
    box = await locator.bounding_box()
    assert box is not None
    return box["x"], 390 - box["x"] - box["width"]


@pytest.mark.parametrize("language", RIGHT_TO_LEFT)
async def test_the_page_is_mirrored(visit: Visit, language: str) -> None:
    visitor = await visit(language)
    await visitor.comes()
    await visitor.walks(to_welcome(language))
    await expect(visitor.page.locator("html")).to_have_attribute("dir", "rtl")
    await expect(visitor.page.locator("html")).to_have_attribute("lang", language)
    for left_to_right in (visitor.page.locator(".line--you .bubble"), visitor.leave_button()):
        left, right = await room(left_to_right.last)
        assert left < right
    for right_to_left in (
        visitor.page.locator(".line--doorway .bubble"),
        visitor.button("do=language"),
    ):
        left, right = await room(right_to_left.last)
        assert left > right


@pytest.mark.parametrize("language", RIGHT_TO_LEFT)
async def test_numbers_keep_their_order(visit: Visit, language: str) -> None:
    visitor = await visit(language)
    await visitor.is_already_at(to_welcome(language), TO_CONCERNS, TO_NAME, TO_REVIEW)
    await reads_as_typed(visitor, PHONE, times=2)
    await reads_as_typed(visitor, "E1 4DG", times=2)
    await visitor.walks(TO_SENT)
    await reads_as_typed(visitor, await visitor.reference(), times=1)


async def test_words_from_right_to_left_stand_right_on_an_english_page(visit: Visit) -> None:
    visitor = await visit()
    await visitor.is_already_at(to_welcome("en"), TO_CONCERNS, TO_NAME)
    await visitor.types("أمينة Hassan")
    await visitor.asked("date_of_birth")
    words = visitor.said("أمينة").locator("p")
    assert await words.evaluate("one => getComputedStyle(one).direction") == "rtl"
    left, right = await room(visitor.said("أمينة").locator(".bubble"))
    assert left > right  # though it is still one of the visitor's own


@pytest.mark.parametrize("language", ["bn", *RIGHT_TO_LEFT])
async def test_another_language_in_the_middle_loses_no_answer(visit: Visit, language: str) -> None:
    visitor = await visit()
    await visitor.is_already_at(to_welcome("en"), TO_CONCERNS, TO_NAME)
    before = visitor.page.locator('.line--doorway[lang="en-GB"][dir="ltr"]')
    count = await before.count()
    await visitor.walks((("do=language", "language"), (f"language={language}", "name")))
    page = visitor.page.locator("html")
    await expect(page).to_have_attribute("lang", BY_CODE[language].bcp47)
    await expect(page).to_have_attribute("dir", BY_CODE[language].direction)
    assert await before.count() >= count
    visitor.language = language
    await expect(visitor.leave_button()).to_be_visible()
    await visitor.walks(TO_REVIEW)
    await expect(visitor.lines.last).to_contain_text("XX Place")
    await expect(visitor.lines.last).to_contain_text("E1 4DG")
