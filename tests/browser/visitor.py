"""Somebody at our page with a browser of their own: looks, presses, types, comes back."""

import asyncio
import re
import secrets
from dataclasses import dataclass, field
from typing import Literal

from playwright.async_api import ConsoleMessage, Locator, Page, expect

from bot.dialogue.effects import Words
from tests.browser.script import Script
from tests.support.browser import PATIENCE, outside_requests, violations
from tests.support.world import translator

REFERENCE = re.compile(r"TH-[0-9A-Z]{4}-[0-9A-Z]{3}")
ISOLATES = "\u2068\u2069"  # around what keeps its own direction
BUTTON = re.compile(r"[a-z_]+=[\w.-]+")
_TOKEN = re.compile(r'name="token" value="([0-9a-f]{64})"')
_START = re.compile(r'name="start" value="([\w-]*)"')

expect.set_options(timeout=PATIENCE)


@dataclass
class Visitor:
    """One tab. `complaints` are what its console says is wrong; `outside` who else was asked."""

    page: Page
    url: str
    language: str = "en"
    complaints: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.outside = outside_requests(self.page)
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    # --- looking ---------------------------------------------------------------------------

    @property
    def box(self) -> Locator:
        """Where answers are typed."""
        return self.page.locator("#text")

    @property
    def lines(self) -> Locator:
        """Everything said so far."""
        return self.page.locator(".line")

    def words(self, step: str, key: str) -> str:
        """Words of the catalogue, in this visitor's language."""
        return translator().label(Words(step, key), self.language)

    def button(self, data: str) -> Locator:
        """A button by what it stands for."""
        return self.page.locator(f'button[value="{data}"]')

    def send_button(self) -> Locator:
        """The one beside the box."""
        return self.page.get_by_role("button", name=self.words("webchat", "send"), exact=True)

    def leave_button(self) -> Locator:
        """The one that closes everything."""
        return self.page.get_by_role("button", name=self.words("webchat", "leave"), exact=True)

    def question(self, name: str) -> Locator:
        """Something that is there while this question is open."""
        return self.page.locator(f'.choices input[name="question"][value="{name}"]')

    def said(self, text: str) -> Locator:
        """Lines of the visitor's own with these words."""
        return self.page.locator(".line--you", has_text=text)

    async def asked(self, question: str) -> None:
        """This question is open now."""
        await expect(self.question(question)).to_be_attached()

    async def reference(self) -> str:
        """The reference that the page shows."""
        shown = self.page.locator("code", has_text=REFERENCE)
        await expect(shown).to_be_visible()
        return (await shown.inner_text()).strip(ISOLATES)

    async def barriers(self, looks: int = 4) -> list[str]:
        """What axe finds on the page as it is now, in this many looks that it can have."""
        found = []
        for scheme, width in _LOOKS[:looks]:
            await self.page.emulate_media(color_scheme=scheme)
            # So tall that the bars, which stay in sight, cover nothing.
            await self.page.set_viewport_size({"width": width, "height": 2600})
            found += [f"{scheme} at {width}: {one}" for one in await violations(self.page)]
        await self.page.emulate_media(color_scheme=_LOOKS[0][0])
        await self.page.set_viewport_size({"width": 390, "height": 844})
        return found

    @property
    def trouble(self) -> list[str]:
        """Errors, what the page's policy has refused, and everybody else who was asked."""
        return [*self.complaints, *self.outside]

    # --- doing -----------------------------------------------------------------------------

    async def another_tab(self) -> "Visitor":
        """The same visitor's second look at the page."""
        return Visitor(await self.page.context.new_page(), self.url, self.language)

    async def comes(self, path: str = "/") -> None:
        """Open a page of ours."""
        await self.page.goto(self.url + path)

    async def looks_again_until_asked(self, question: str) -> None:
        """Press the plain page's link until this question is there."""
        look = self.page.get_by_role("link", name=self.words("webchat", "look"))
        async with asyncio.timeout(PATIENCE / 1000):
            while not await self.question(question).count():
                await look.click()  # which waits for the page it leads to

    async def presses(self, data: str) -> None:
        """Press a button, and see that a toggle has changed."""
        button = self.button(data)
        before = await button.get_attribute("aria-pressed")
        await button.click()
        if before is not None:
            after = "false" if before == "true" else "true"
            await expect(button).to_have_attribute("aria-pressed", after)

    async def types(self, words: str) -> None:
        """Type an answer and send it."""
        await self.box.fill(words)
        await self.send_button().click()

    async def does(self, did: str) -> None:
        """Press or type, whichever it is."""
        await (self.presses(did) if BUTTON.fullmatch(did) else self.types(did))

    async def walks(self, script: Script) -> None:
        """Do each thing, and see the question after it."""
        for did, question in script:
            await self.does(did)
            await self.asked(question)

    async def is_already_at(self, *scripts: Script) -> None:
        """Have done all this before, without looking; then open the page where it has come to."""
        requests = self.page.context.request
        page = await (await requests.get(self.url)).text()
        for did, _ in (one for script in scripts for one in script):
            token, start = _TOKEN.search(page), _START.search(page)
            assert token is not None
            form = {"token": token[1], "update": secrets.token_hex(8)}
            form |= {"start": start[1]} if start else {}
            form |= {"press": did} if BUTTON.fullmatch(did) else {"text": did}
            page = await (await requests.post(f"{self.url}/say", form=form)).text()
        await self.comes()
        await self.asked(scripts[-1][-1][1])

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(message.text)


_LOOKS: tuple[tuple[Literal["light", "dark"], int], ...] = (
    ("light", 390),
    ("dark", 1280),
    ("dark", 390),
    ("light", 1280),
)
