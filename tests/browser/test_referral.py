"""A referral on the page, from the first look to the reference, open to everybody on its way."""

import pytest
from playwright.async_api import expect

from tests.browser.conftest import LANGUAGES, Visit
from tests.browser.script import TO_CONCERNS, TO_NAME, TO_REVIEW, TO_SENT, to_welcome
from tests.browser.visitor import REFERENCE, Visitor

WAYS = pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "plain forms"])


@WAYS
async def test_a_referral_is_made_and_nobody_else_hears_of_it(
    visit: Visit, *, javascript: bool
) -> None:
    visitor = await visit(javascript=javascript)
    await visitor.comes()
    for script in (to_welcome("en"), TO_CONCERNS, TO_NAME, TO_REVIEW, TO_SENT):
        await visitor.walks(script)
    assert REFERENCE.fullmatch(await visitor.reference())
    assert visitor.trouble == []


@pytest.mark.parametrize("language", [one for one in LANGUAGES if one != "en"])
async def test_a_referral_is_made_in_every_language(visit: Visit, language: str) -> None:
    visitor = await visit(language)
    await visitor.is_already_at(to_welcome(language), TO_CONCERNS, TO_NAME, TO_REVIEW)
    await visitor.walks(TO_SENT)
    assert REFERENCE.fullmatch(await visitor.reference())
    assert visitor.trouble == []


# Both ways have the same sheets, so that one of them tells about colours and widths.
@pytest.mark.parametrize(
    ("javascript", "looks"), [(True, 4), (False, 1)], ids=["javascript", "plain forms"]
)
async def test_everybody_can_use_the_page_at_every_step(
    visit: Visit, *, javascript: bool, looks: int
) -> None:
    visitor = await visit(javascript=javascript, reduced_motion=True)
    await visitor.comes()
    assert await visitor.barriers(looks) == []
    await visitor.walks(to_welcome("en"))
    assert await visitor.barriers(looks) == []
    await visitor.is_already_at(TO_CONCERNS)
    await visitor.presses("concerns=housing")
    assert await visitor.barriers(looks) == []
    await visitor.is_already_at((("concerns=done", "name"), *TO_REVIEW))
    assert await visitor.barriers(looks) == []
    await visitor.walks(TO_SENT)
    await visitor.reference()
    assert await visitor.barriers(looks) == []
    assert visitor.trouble == []


async def test_everybody_can_use_what_is_shown_in_need(visit: Visit) -> None:
    visitor = await visit(reduced_motion=True)
    await visitor.is_already_at(to_welcome("en"), TO_CONCERNS[:2])
    await visitor.presses("safe_now=help_now")
    await expect(visitor.page.get_by_role("link", name="999").first).to_be_visible()
    assert await visitor.barriers() == []


async def everybody_can_use(visitor: Visitor, path: str, looks: int) -> None:
    await visitor.comes(path)
    assert await visitor.barriers(looks) == []
    assert visitor.trouble == []


@pytest.mark.parametrize("language", LANGUAGES)
async def test_everybody_can_use_the_pages_beside_the_talk(visit: Visit, language: str) -> None:
    visitor = await visit(language)
    looks = 4 if language == "en" else 1
    await everybody_can_use(visitor, f"/privacy/{language}", looks)
    await everybody_can_use(visitor, "/away", looks)
    await visitor.comes()
    await visitor.leave_button().click()
    await visitor.page.wait_for_url("**/away")
    await everybody_can_use(visitor, "/", looks)
    again = visitor.page.get_by_role("link")
    await expect(again).to_have_text(visitor.words("webchat", "open"))
