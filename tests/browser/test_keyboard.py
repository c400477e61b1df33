"""A keyboard is enough: nothing needs a mouse, and where one is can always be seen."""

from playwright.async_api import Locator, Route, expect

from tests.browser.conftest import Visit
from tests.browser.script import NAME, TO_CONCERNS, TO_NAME, TO_REVIEW, TO_SENT, to_welcome
from tests.browser.visitor import BUTTON, REFERENCE, Visitor

MOST = 60  # presses from anywhere to anywhere
WHICH_KEY = """
(target) => {
  const here = document.activeElement;
  if (here === target) return "";
  const after = here.compareDocumentPosition(target) & Node.DOCUMENT_POSITION_FOLLOWING;
  return after ? "Tab" : "Shift+Tab";
}
"""
# Colours of a focus are compared with those without; a transparent outline is none.
WHAT_IS_WRONG = """
() => {
  const here = document.activeElement;
  const name = `${here.tagName} ${here.id || here.value || here.textContent.trim()}: `;
  if (here === document.body) return "nothing has the focus";
  const look = () => {
    const {outlineStyle, outlineWidth, outlineColor, boxShadow, backgroundColor, borderColor} =
      getComputedStyle(here);
    const clear = outlineStyle === "none" || outlineWidth === "0px" || / 0\\)/.test(outlineColor);
    const outline = clear ? "" : outlineColor + outlineWidth;
    return [outline, boxShadow, backgroundColor, borderColor].join();
  };
  const focused = look();
  here.blur();
  const plain = look();
  here.focus({preventScroll: true});
  if (focused === plain) return name + "no sign of the focus";
  const {left, top, width, height} = here.getBoundingClientRect();
  const shown = document.elementFromPoint(left + width / 2, top + Math.min(height / 2, 20));
  return here.contains(shown) ? "" : name + "something covers it";
}
"""


async def goes_to(visitor: Visitor, target: Locator) -> None:
    """Tab there, and see at every stop where one is."""
    for _ in range(MOST):
        key = await target.evaluate(WHICH_KEY)
        if not key:
            return
        await visitor.page.keyboard.press(key)
        assert await visitor.page.evaluate(WHAT_IS_WRONG) == ""
    raise AssertionError(f"{target} cannot be reached")


async def does(visitor: Visitor, did: str) -> None:
    """Answer by keys alone; Space and Enter press a button alike."""
    keys = visitor.page.keyboard
    if BUTTON.fullmatch(did):
        await goes_to(visitor, visitor.button(did))
        await keys.press("Space" if did.startswith("concerns") else "Enter")
    else:
        await goes_to(visitor, visitor.box)
        await keys.type(did)
        await keys.press("Enter")


async def test_a_referral_needs_no_mouse(visit: Visit) -> None:
    visitor = await visit(reduced_motion=True)
    await visitor.comes()
    await does(visitor, "language=en")
    await visitor.asked("welcome")
    for did, question in (*TO_CONCERNS, *TO_NAME, *TO_REVIEW, *TO_SENT):
        await does(visitor, did)
        await visitor.asked(question)
        if did == "xx place":
            await expect(visitor.button("practice=F84122")).to_be_visible()
        if did != "welcome=yes":
            await expect(visitor.page.locator("body")).not_to_be_focused()
    assert REFERENCE.fullmatch(await visitor.reference())


async def test_after_the_first_answer_tab_goes_on_at_the_next_question(visit: Visit) -> None:
    visitor = await visit(reduced_motion=True)
    await visitor.comes()
    await does(visitor, "language=en")
    await visitor.asked("welcome")
    await visitor.page.keyboard.press("Tab")
    await expect(visitor.button("welcome=yes")).to_be_focused()


async def test_after_an_answer_tab_goes_on_at_the_next_question(visit: Visit) -> None:
    visitor = await visit(reduced_motion=True)
    await visitor.is_already_at(to_welcome("en"))
    await does(visitor, "welcome=yes")
    await visitor.asked("who_for")
    await visitor.page.keyboard.press("Tab")
    await expect(visitor.button("who_for=me")).to_be_focused()


async def test_what_is_toggled_keeps_the_focus(visit: Visit) -> None:
    visitor = await visit(reduced_motion=True)
    await visitor.is_already_at(to_welcome("en"), TO_CONCERNS)
    housing = visitor.button("concerns=housing")
    for pressed in ("true", "false"):
        await does(visitor, "concerns=housing")
        await expect(housing).to_have_attribute("aria-pressed", pressed)
        await expect(housing).to_be_focused()


async def test_the_first_stop_leads_to_the_newest_message(visit: Visit) -> None:
    visitor = await visit(reduced_motion=True)
    await visitor.is_already_at(to_welcome("en"), TO_CONCERNS)
    await does(visitor, "concerns=housing")
    await expect(visitor.button("concerns=housing")).to_have_attribute("aria-pressed", "true")
    skip = visitor.page.get_by_role("link", name=visitor.words("webchat", "skip"))
    await goes_to(visitor, skip)
    await expect(skip).to_be_in_viewport()
    await visitor.page.keyboard.press("Enter")
    await visitor.page.keyboard.press("Tab")
    await expect(visitor.page.locator(".choices button").first).to_be_focused()


async def test_enter_sends_and_with_shift_begins_a_line(visit: Visit) -> None:
    visitor = await visit(reduced_motion=True)
    await visitor.is_already_at(to_welcome("en"), TO_CONCERNS, TO_NAME)
    await visitor.box.focus()
    keys = visitor.page.keyboard
    for one in NAME.split():
        await expect(visitor.question("name")).to_be_attached()
        await keys.type(one)
        await keys.press("Shift+Enter")
    assert await visitor.box.input_value() == "Amina\nHassan\n"
    await keys.press("Enter")
    await visitor.asked("date_of_birth")
    await expect(visitor.box).to_have_value("")
    await expect(visitor.box).to_be_focused()


async def test_an_answer_that_overtakes_the_receipt_has_the_focus(visit: Visit) -> None:
    visitor = await visit(reduced_motion=True)
    await visitor.is_already_at(to_welcome("en"))
    await visitor.page.evaluate("performance.now = () => 5000")  # however slow this machine is

    async def dawdle(route: Route) -> None:
        receipt = await route.fetch()
        await visitor.asked("safe_now")
        await route.fulfill(response=receipt)

    await visitor.page.route("**/say", dawdle)
    for did, question in TO_CONCERNS[:2]:
        await does(visitor, did)
        await visitor.asked(question)
        await expect(visitor.lines.last).to_be_focused()
    await visitor.page.unroute_all(behavior="wait")
