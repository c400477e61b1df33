"""Who is faster than anybody can be is told so on the page, and what was typed stays there."""

from playwright.async_api import expect

from bot.channels.webchat.pace import OF_A_TALK
from tests.browser.conftest import Visit
from tests.browser.script import TO_CONCERNS, to_welcome

TO_POSTCODE = (*to_welcome("en"), *TO_CONCERNS[:3])
POSTCODE = "E1 4DG"
# The very same form each time, so that all of them together are answered once.
HURRY = """async (times) => {
  const form = new URLSearchParams(new FormData(document.getElementById("say")));
  form.set("text", "xx");
  for (let done = 0; done < times; done++)
    await fetch("/say", { method: "POST", body: form, headers: { "hx-request": "true" } });
}"""


async def test_it_is_said_with_scripts_too(visit: Visit) -> None:
    visitor = await visit()
    await visitor.is_already_at(TO_POSTCODE)
    await visitor.page.evaluate(HURRY, OF_A_TALK.a_minute)
    visitor.complaints.clear()  # the console tells of each answer that was refused
    await visitor.types(POSTCODE)
    await expect(visitor.page.get_by_role("alert")).to_have_text(
        visitor.words("webchat", "too_fast")
    )
    await expect(visitor.box).to_have_value(POSTCODE)
    await expect(visitor.said(POSTCODE)).to_have_count(0)
    await visitor.button("do=urgent").last.click()
    await expect(visitor.page.get_by_role("link", name="0800 1111")).to_be_visible()
    await expect(visitor.page.get_by_role("alert")).to_have_count(0)
