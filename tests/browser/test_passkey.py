"""A passkey in a real browser: made when somebody first signs in, and used from then on."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest_asyncio
from playwright.async_api import Browser, Page, expect
from pydantic import SecretStr

from api import app as api_app
from api.settings import ApiSettings
from tests.support.browser import new_page, violations
from tests.support.intake_api import KEYS, TOKEN, filled
from tests.support.sides import Side
from tests.support.staff_browser import PASSWORD, password_hash

AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest_asyncio.fixture(loop_scope="session")
async def door(tmp_path: Path) -> AsyncIterator[str]:
    """The address of an api by a name, for there are no passkeys for numbers."""
    file = tmp_path / "api.sqlite3"
    await asyncio.to_thread(filled, f"sqlite:///{file}")
    with closing(sqlite3.connect(file)) as store, store:
        store.execute("UPDATE staff_member SET password_hash = ?", [password_hash()])
    side = Side(lambda: api_app.build(settings))
    address = side.url.replace("127.0.0.1", "localhost")
    settings = ApiSettings(
        database_url=f"sqlite:///{file}",
        intake_tokens=SecretStr(TOKEN),
        encryption_keys=SecretStr(KEYS),
        public_url=address,
    )
    await side.open()
    yield address
    await side.close()


@pytest_asyncio.fixture(loop_scope="session")
async def page(chromium: Browser) -> AsyncIterator[Page]:
    """A browser whose computer has a fingerprint reader, always pressed by the right finger."""
    one = await new_page(chromium)
    session = await one.context.new_cdp_session(one)
    await session.send("WebAuthn.enable")
    await session.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    yield one
    await one.context.close()


async def knock(page: Page, door: str) -> None:
    """The first step of signing in."""
    await page.goto(f"{door}/staff/sign-in")
    await page.get_by_label("E-mail address").fill("amina@example.org")
    await page.get_by_label("Password", exact=True).fill(PASSWORD)
    await page.get_by_role("button", name="Sign in").click()


async def test_a_passkey_is_made_used_and_looked_after(page: Page, door: str) -> None:
    # Given somebody who signs in for the first time, and makes a passkey
    await knock(page, door)
    await expect(page.get_by_role("heading", name="Set up your second step")).to_be_visible()
    assert await violations(page) == []
    await page.get_by_label("A name for it").fill("Work laptop")
    await page.get_by_role("button", name="Make a passkey").click()
    await expect(page.get_by_role("heading", name="Your recovery codes")).to_be_visible()
    assert await violations(page) == []
    await page.get_by_role("button", name="I have kept them").click()
    await expect(page.get_by_role("heading", name="Your referrals")).to_be_visible()

    # When they come back another time, the passkey lets them in
    await page.get_by_role("button", name="Sign out").click()
    await knock(page, door)
    assert await violations(page) == []
    await page.get_by_role("button", name="Use my passkey").click()
    await expect(page.get_by_role("heading", name="Your referrals")).to_be_visible()

    # Then it stands among what is theirs, and the only one cannot be taken away
    await page.goto(f"{door}/staff/you/security")
    await expect(page.get_by_text("Work laptop", exact=True)).to_be_visible()
    await expect(page.get_by_text("with a passkey")).to_be_visible()
    await page.get_by_role("link", name="Remove the passkey Work laptop").click()
    await page.get_by_label("Your password", exact=True).fill(PASSWORD)
    await page.get_by_role("button", name="Remove it").click()
    await expect(page.get_by_text("This is your only second step").first).to_be_visible()


async def test_a_passkey_of_another_browser_does_not_open(page: Page, door: str) -> None:
    # Given somebody who has a passkey, signing in where it is not
    await knock(page, door)
    await page.get_by_role("button", name="Make a passkey").click()
    await expect(page.get_by_role("heading", name="Your recovery codes")).to_be_visible()
    await page.context.clear_cookies()
    await knock(page, door)
    # When they answer with what they have made up
    made_up = '{"id": "AAAA", "rawId": "AAAA", "type": "public-key", "response": {}}'
    put = "(form, answer) => { form.elements.answer.value = answer; form.submit(); }"
    await page.locator("#use-passkey").evaluate(put, made_up)
    # Then they stay outside
    await expect(page.get_by_text("That passkey did not work").first).to_be_visible()
