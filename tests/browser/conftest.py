"""One browser and one house for all that open pages; each visitor is new."""

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext

from tests.browser.place import Place, open_place
from tests.browser.visitor import Visitor
from tests.support.browser import browser, new_page
from tests.support.staff_site import Found, StaffSite, every_page, open_staff_site

# Each way of writing once: left to right, with joined letters, with long words, right to left.
LANGUAGES = ("en", "bn", "so", "ar")
Visit = Callable[..., Awaitable[Visitor]]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All of these live in the one loop in which the browser and the house do."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def chromium() -> AsyncIterator[Browser]:
    async with browser() as one:
        yield one


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def place(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Place]:
    async with open_place(tmp_path_factory.mktemp("place")) as one:
        yield one


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def site(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[StaffSite]:
    """The staff's pages, with something of everything in them."""
    async with open_staff_site(tmp_path_factory.mktemp("staff")) as one:
        yield one


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def staff_pages(site: StaffSite) -> list[Found]:
    """Every page of the staff's; to find them takes as long as to look at some."""
    return await every_page(site)


@pytest_asyncio.fixture(loop_scope="session")
async def visit(chromium: Browser, place: Place) -> AsyncIterator[Visit]:
    """Makes a visitor: `language`, and whatever `new_page` can be told about one."""
    contexts: list[BrowserContext] = []

    async def come(language: str = "en", **more: Any) -> Visitor:  # noqa: ANN401 as said
        page = await new_page(chromium, locale=language, **more)
        contexts.append(page.context)
        return Visitor(page, place.url, language)

    yield come
    for one in contexts:
        await one.close()
