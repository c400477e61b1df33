"""A member of staff with a browser, over real HTTP."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime

import httpx2

from api.services import apps
from tests.support.staff_browser import APP

PASSWORD = "correct horse battery staple"
SAME_ORIGIN = {"sec-fetch-site": "same-origin"}
_TOKEN = re.compile(r'name="token" value="([0-9a-f]{64})"')
_LINK = re.compile(r"https?://\S+/staff/referrals/\S+")


def link_in(text: str) -> str:
    """The link that a letter is all about."""
    (link,) = set(_LINK.findall(text))
    return str(link)


@asynccontextmanager
async def browser(url: str) -> AsyncIterator[httpx2.AsyncClient]:
    """A fresh browser, as one that has never been here."""
    async with httpx2.AsyncClient(base_url=url, headers=SAME_ORIGIN, trust_env=False) as client:
        yield client


async def opened(
    client: httpx2.AsyncClient, link: str, email: str, now: datetime
) -> httpx2.Response:
    """Open a link that leads to the sign-in, sign in there, and go where that leads."""
    asked = await client.get(link)
    assert asked.status_code == 303, "the page must be behind the sign-in"
    form = await client.get(asked.headers["location"])
    after = re.search(r'name="next" value="([^"]*)"', form.text)
    assert after is not None
    fields = {"email": email, "password": PASSWORD, "next": after[1]}
    half_way = await _sent(client, "/staff/sign-in", form, fields)
    second = await client.get(half_way.headers["location"])
    code = {"code": apps.code_at(APP, now)}
    let_in = await _sent(client, "/staff/sign-in/code", second, code)
    return await client.get(let_in.headers["location"])


async def _sent(
    client: httpx2.AsyncClient, path: str, page: httpx2.Response, fields: dict[str, str]
) -> httpx2.Response:
    """Fill in the form of a page; it must be taken."""
    found = _TOKEN.search(page.text)
    assert found is not None
    answer = await client.post(path, data={"token": found[1], **fields})
    assert answer.status_code == 303, answer.text
    return answer
