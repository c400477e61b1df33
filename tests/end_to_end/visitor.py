"""A member of staff with a browser, over real HTTP."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx2

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


async def opened(client: httpx2.AsyncClient, link: str, email: str) -> httpx2.Response:
    """Open a link that leads to the sign-in, sign in there, and go where that leads."""
    asked = await client.get(link)
    assert asked.status_code == 303, "the page must be behind the sign-in"
    form = await client.get(asked.headers["location"])
    found = _TOKEN.search(form.text)
    after = re.search(r'name="next" value="([^"]*)"', form.text)
    assert found is not None
    assert after is not None
    fields = {"token": found[1], "email": email, "password": PASSWORD, "next": after[1]}
    let_in = await client.post("/staff/sign-in", data=fields)
    assert let_in.status_code == 303, let_in.text
    return await client.get(let_in.headers["location"])
