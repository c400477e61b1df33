"""The staff site on a real port with something of everything in it, and every page that it has."""

import asyncio
import hashlib
import re
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx2
from fastapi import FastAPI
from playwright.async_api import Page
from pydantic import SecretStr
from sqlalchemy import Connection

from api import app as api_app
from api.domain.clips import Sound
from api.domain.door import Entry
from api.domain.events import Notice, Recipient
from api.domain.helplines import Proposal
from api.domain.phrases import Standing
from api.domain.referral import Status
from api.domain.staff import Role, StaffMember, StaffSession
from api.persistence import clips, door, factors, helplines, phrases, staff
from api.services import moves
from api.services.acting import Seen
from api.settings import ApiSettings
from common.runtime.clock import system_clock
from tests.support.caseload import AT_ALBION
from tests.support.intake_api import AMINA, KEYS, KOFI, TOKEN, fill, submission
from tests.support.routes import addresses
from tests.support.sides import PATIENCE, Side
from tests.support.sound import ogg_opus
from tests.support.translators_file import bring_words

MARYAM = 5
NOBODY, HALF_INSIDE = "nobody", "half-inside"
# In this order somebody is sought who is shown a page.
WHO: Mapping[str, int] = {"maryam": MARYAM, "kofi": KOFI, "amina": AMINA, NOBODY: 0, HALF_INSIDE: 0}
COOKIE, HALF_COOKIE = "doorway_staff", "doorway_entry"
LINK = "link-to-a-new-password"
SOUND = ogg_opus(2.0)
CLIP = hashlib.sha256(SOUND).hexdigest()
INTERPRETING = "020 7946 0999"
OWN_WORDS = "আমি খুব একা থাকি। ভাড়া দিতে পারছি না, আর কার কাছে যাব জানি না।"

RICH: Mapping[str, Any] = {
    "who_for": "other",
    "helper": {"name": "Mina Begum", "relation": "carer"},
    "safe_now": "rather_not_say",
    "concerns": ["loneliness", "money", "housing", "food_energy"],
    "concern_words": ["ভাড়া"],
    "contact": {"phone": "07700 900123", "safe_call": "careful", "best_time": "evening"},
    "own_words": [OWN_WORDS],
    "name_to_use": "Ruma",
    "call_language": "syl",
    "interpreter": True,
    "worker_gender": "woman",
    "access_needs": ["large_print", "hearing"],
    "flags": ["check_words"],
}
REFERRALS: Sequence[Mapping[str, Any]] = (
    RICH,
    {"home": None, "home_code": "no_fixed_address", "concerns": ["work"], "language": "so"},
    {"practice": None, "practice_code": "unknown", "contact": {}, "language": "ar"},
    {"contact": {"phone": "07700 900456", "safe_call": "yes", "may_text": True}, "language": "en"},
)


@dataclass
class StaffSite:
    """The running site; `cookies` sign its people in, `references` are of what was referred."""

    app: FastAPI
    url: str
    cookies: Mapping[str, str]
    references: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Found:
    """A page: its place in the router, an address of it, and who is shown it."""

    template: str
    path: str
    who: str

    @property
    def name(self) -> str:
        """A name for a file."""
        return re.sub(r"\W+", "-", self.template.removeprefix("/staff")).strip("-") or "inbox"


# What stands in an address where no other page links to one like it.
EXAMPLES: Mapping[str, Callable[[StaffSite], str]] = {
    "reference": lambda site: site.references[0],
    "token": lambda _site: LINK,
    "staff_id": lambda _site: str(AMINA),
    "language": lambda _site: "ar",
    "key": lambda _site: "talk",
    "sha256": lambda _site: CLIP,
}

# To a page of ours that is found by itself, or into the frame that shows the chat.
_LEADS_ON = re.compile(r"/staff/(?!sign-in)|http://127\.0\.0\.1:\d+/preview\?ticket=")


@asynccontextmanager
async def open_staff_site(folder: Path) -> AsyncIterator[StaffSite]:
    """A site with files in this folder; closed when left."""
    built: list[FastAPI] = []

    def build() -> FastAPI:
        built.append(_app(folder, side.url))
        return built[-1]

    side = Side(build)
    await side.open()
    try:
        site = StaffSite(built[-1], side.url, {who: f"browser-of-{who}" for who in WHO if WHO[who]})
        await _bring(site)
        yield site
    finally:
        await side.close()


async def every_page(site: StaffSite) -> list[Found]:
    """One of each page that answers a GET, with somebody who is shown it.

    Parameters are taken from `EXAMPLES`, else from the links of pages that were found before.
    What is no page (a file, a part of one) is left out.

    Raises:
        AssertionError: nobody is shown a page: give an example of its parameters.
    """
    asked = (one.path for one in addresses(site.app) if one.method == "GET")
    sought = sorted(one for one in asked if one.startswith("/staff/"))
    found: list[Found] = []
    links: set[str] = set()
    async with _browsers(site) as clients:
        for template in sorted(sought, key=lambda one: (one.count("{"), one)):
            one, page = await _first(site, clients, template, links)
            links |= set(re.findall(r'href="(/staff/[^"?#]*)', page))
            found += [one] if one else []
    return found


async def sign_in(page: Page, site: StaffSite, who: str) -> None:
    """Let a browser be somebody's; of nobody it has no cookie."""
    await page.context.clear_cookies()
    for name, value in _cookies(site, who).items():
        cookie = {"name": name, "value": value, "url": site.url}
        await page.context.add_cookies([cookie])  # type: ignore[list-item] # its type is not public


def _cookies(site: StaffSite, who: str) -> dict[str, str]:
    if who == HALF_INSIDE:
        return {HALF_COOKIE: HALF_INSIDE}
    return {COOKIE: site.cookies[who]} if who in site.cookies else {}


async def _first(
    site: StaffSite, clients: Mapping[str, httpx2.AsyncClient], template: str, links: set[str]
) -> tuple[Found | None, str]:
    answers, leads_on = [], False
    for path in _paths(site, template, links):
        for who, client in clients.items():
            answer = await client.get(path)
            answers.append(f"{who} {path}: {answer.status_code}")
            if answer.is_success:
                is_page = "<html" in answer.text
                return (Found(template, path, who) if is_page else None), answer.text
            leads_on |= bool(_LEADS_ON.match(answer.headers.get("location", "")))
    if leads_on:
        return None, ""  # who comes here by the browser's own button is sent to the page itself
    raise AssertionError(f"nobody is shown {template} ({answers}): add to EXAMPLES in {__name__}")


def _paths(site: StaffSite, template: str, links: set[str]) -> list[str]:
    """Addresses of this kind: as the examples have it, then as pages link to it."""
    names = re.findall(r"\{(\w+)[^}]*\}", template)
    like = re.compile(re.sub(r"\\\{.*?\\\}", "[^/]+", re.escape(template)))
    linked = sorted(one for one in links if like.fullmatch(one)) if names else []
    if not all(one in EXAMPLES for one in names):
        return linked
    path = template
    for name in names:
        path = re.sub(rf"\{{{name}[^}}]*\}}", EXAMPLES[name](site), path)
    return [path, *linked]


@asynccontextmanager
async def _browsers(site: StaffSite) -> AsyncIterator[Mapping[str, httpx2.AsyncClient]]:
    clients = {
        who: httpx2.AsyncClient(
            base_url=site.url, trust_env=False, cookies=_cookies(site, who), timeout=PATIENCE
        )
        for who in WHO
    }
    try:
        yield clients
    finally:
        await asyncio.gather(*(one.aclose() for one in clients.values()))


def _app(folder: Path, url: str) -> FastAPI:
    settings = ApiSettings(
        database_url=f"sqlite:///{folder}/api.sqlite3",
        intake_tokens=SecretStr(TOKEN),
        encryption_keys=SecretStr(KEYS),
        public_url=url,
        interpreting_phone=INTERPRETING,
    )
    app = api_app.build(settings, tell=_told)
    app.state.desk.database.prepare(_people)
    return app


async def _told(_notice: Notice, _to: Recipient) -> None:
    return


def _people(connection: Connection) -> None:
    fill(connection)
    maryam = StaffMember(0, "Maryam", "maryam@example.org", Role.MANAGER, "no password")
    assert staff.add(connection, maryam, capacity=0) == MARYAM
    now, day = system_clock(), timedelta(days=1)
    for who, staff_id in WHO.items():
        if staff_id:
            hashed = _hash(f"browser-of-{who}")
            session = StaffSession(hashed, staff_id, now, now + day, now + day)
            staff.open_session(connection, session)
    factors.set_secret(connection, AMINA, b"sealed", 0, now)
    factors.set_codes(connection, AMINA, ["a keyed hash"])
    door.open_entry(connection, Entry(_hash(HALF_INSIDE), AMINA, "", 0, now + day), now)
    door.add_link(connection, _hash(LINK), AMINA, now + day, now)
    _lists(connection)


def _lists(connection: Connection) -> None:
    """A clip, and something that waits for a second coordinator in each list."""
    now = system_clock()
    clips.keep(connection, CLIP, SOUND, Sound(2.0, -20.0, 0.0))
    clips.put(connection, "syl", "access_needs", sha256=CLIP, staff_id=KOFI, at=now)
    proposal = Proposal("talk", "Samaritans", "116 123", "their own page", KOFI, now)
    helplines.propose(connection, proposal)
    for one in phrases.ever(connection)[:2]:
        phrases.move(connection, one.phrase_id, Standing.LEAVING, phrases.By(KOFI, now))


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


async def refer(site: StaffSite, key: str, **told: Any) -> str:  # noqa: ANN401 any JSON
    """Bring a referral, as the bot does; its reference."""
    headers = {"authorization": f"Bearer {TOKEN}", "idempotency-key": key}
    async with httpx2.AsyncClient(base_url=site.url, headers=headers, trust_env=False) as bot:
        answer = await bot.post("/v1/referrals", json=submission(conversation_id=key, **told))
    return str(answer.raise_for_status().json()["reference"])


async def _bring(site: StaffSite) -> None:
    """Something of everything: referrals short and long, a call back, wishes for later."""
    headers = {"authorization": f"Bearer {TOKEN}"}
    async with httpx2.AsyncClient(base_url=site.url, headers=headers, trust_env=False) as bot:
        for number, told in enumerate((*REFERRALS, RICH)):  # the last may be the first once more
            site.references.append(await refer(site, f"conversation-{number}", **told))
        call = {
            "conversation_id": "conversation-9",
            "channel": "telegram",
            "language": "so",
            "phone": "07700 900999",
            "safe_call": "careful",
            "words": ["fadlan i soo wac"],
        }
        key = {"idempotency-key": "key-callback"}
        (await bot.post("/v1/callbacks", json=call, headers=key)).raise_for_status()
        own = {"x-conversation-id": "conversation-0", "idempotency-key": "key-later"}
        path = f"/v1/referrals/{site.references[0]}"
        again = {"phone": "07700 900789", "safe_call": "yes"}
        (await bot.post(f"{path}/corrections", json=again, headers=own)).raise_for_status()
        (await bot.post(f"{path}/erasure", json={}, headers=own)).raise_for_status()
    at = Seen(site.references[0], 0, Status.ASSIGNED)
    await moves.accept(site.app.state.desk, AT_ALBION, at)
    await bring_words(site.app.state.desk)
