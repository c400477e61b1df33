"""The eyes that look at our pages see what they are there to see."""

import pytest
from playwright.async_api import Browser, Page, Route

from tests.support.browser import new_page, outside_requests, violations

ADDRESS = "http://127.0.0.1/"
STRICT = "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'"
GOOD = (
    "<!doctype html><html lang=en><meta name=viewport content='width=device-width'>"
    "<title>Page</title><main><h1>Page</h1>{}</main></html>"
)


async def show(page: Page, html: str, policy: str = STRICT) -> None:
    async def answer(route: Route) -> None:
        headers = {"content-security-policy": policy, "content-type": "text/html; charset=utf-8"}
        await route.fulfill(body=html, headers=headers)

    await page.route(ADDRESS, answer)
    await page.goto(ADDRESS)


@pytest.mark.parametrize("javascript", [True, False])
@pytest.mark.parametrize(
    ("mistake", "found"),
    [
        ("<img src=data:,>", "image-alt: img"),
        ("<p style='color:#aaa'>Faint</p>", "color-contrast: p"),
        ("<input>", "label: input"),
        ("<h3>Deep</h3>", "heading-order: h3"),
    ],
)
async def test_a_mistake_is_found_under_a_strict_policy(
    chromium: Browser, mistake: str, found: str, *, javascript: bool
) -> None:
    page = await new_page(chromium, javascript=javascript)
    await show(page, GOOD.format(mistake))
    assert found in await violations(page)


async def test_a_page_without_mistakes_has_none(chromium: Browser) -> None:
    page = await new_page(chromium, width=320, height=256)
    await show(page, GOOD.format("<p>Words.</p>"))
    assert await violations(page) == []


async def test_a_page_without_scripts_stays_so_after_it_was_looked_at(chromium: Browser) -> None:
    page = await new_page(chromium, javascript=False)
    script = "<script>document.title = 'Ran'</script><noscript><h3>Deep</h3></noscript>"
    for _ in range(2):
        await show(page, GOOD.format(script), "")
        assert await violations(page) == ["heading-order: h3"]
        assert await page.title() == "Page"
        assert await page.evaluate("matchMedia('(scripting: none)').matches")


async def test_a_request_to_anybody_else_is_heard_though_it_fails(chromium: Browser) -> None:
    page = await new_page(chromium)
    outside = outside_requests(page)
    await show(page, GOOD.format("<img src=//x.example/a.png><img src=data:,>"), "")
    assert outside == ["http://x.example/a.png"]


async def test_a_page_that_keeps_to_itself_asks_nobody_else(chromium: Browser) -> None:
    page = await new_page(chromium)
    outside = outside_requests(page)
    await show(page, GOOD.format("<img src=/a.png>"))
    assert outside == []


async def test_a_visitor_is_as_described(chromium: Browser) -> None:
    page = await new_page(
        chromium, width=320, height=256, dark=True, reduced_motion=True, locale="bn"
    )
    asked = "name => matchMedia(`(prefers-${name})`).matches"
    assert await page.evaluate(asked, "color-scheme: dark")
    assert await page.evaluate(asked, "reduced-motion: reduce")
    assert await page.evaluate("[innerWidth, navigator.language]") == [320, "bn"]
