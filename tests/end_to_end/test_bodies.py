"""Whatever can be posted to, on either side, takes no more than it can need."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
from fastapi import FastAPI

from api.app import LONGEST_BODY
from api.app import build as build_api
from bot.app import build as build_bot
from bot.dialogue.effects import words
from tests.support.bot_settings import bot_settings
from tests.support.intake_api import Api, api_settings, running_api
from tests.support.posts import post_paths
from tests.support.world import translator

OF_THE_BOT = {"/say", "/leave", "/preview/say", "/telegram/webhook"}
TOO_MUCH = b"x" * (LONGEST_BODY + 1)
# What gives a text no more room than it needs, beside a length.
SHAPES = {"enum", "const", "format"}


def bot(folder: Path) -> FastAPI:
    """A bot with every address it can have."""
    return build_bot(
        bot_settings(
            folder,
            telegram_token="1:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
            telegram_webhook_url="https://bot.example",
            telegram_webhook_secret="0123456789abcdef0123456789abcdef",
        )
    )


async def chunks() -> AsyncIterator[bytes]:
    for start in range(0, len(TOO_MUCH), 65_536):
        yield TOO_MUCH[start : start + 65_536]


async def test_every_address_has_its_limit(tmp_path: Path) -> None:
    sides = (bot(tmp_path), build_api(api_settings()))
    found = [set(post_paths(list(app.routes))) for app in sides]
    assert found[0] == OF_THE_BOT
    assert {"/v1/referrals", "/v1/referrals/x/erasure", "/staff/sign-in"} <= found[1]
    for app, paths in zip(sides, found, strict=True):
        transport = httpx2.ASGITransport(app)
        async with httpx2.AsyncClient(transport=transport, base_url="http://side") as client:
            for path in paths:
                for body in (TOO_MUCH, chunks()):
                    answer = await client.post(path, content=body)
                    assert (path, answer.status_code) == (path, 413)


@pytest.mark.parametrize("language", ["en", "bn", "so", "ar"])
async def test_a_person_is_told_so_kindly(tmp_path: Path, language: str) -> None:
    transport = httpx2.ASGITransport(bot(tmp_path))
    reads = {"accept": "text/html", "accept-language": language}
    async with httpx2.AsyncClient(transport=transport, base_url="http://bot") as client:
        page = await client.post("/say", content=TOO_MUCH, headers=reads)
        machine = await client.post("/say", content=TOO_MUCH)
        field = {f"f{number}": "x" for number in range(40)}
        unreadable = await client.post("/say", data=field, headers=reads)
    assert page.status_code == 413
    assert translator().label(words("webchat", "too_long"), language) in page.text
    assert 'href="/"' in page.text
    assert machine.headers["content-type"] == "application/problem+json"
    assert unreadable.status_code == 400
    assert translator().label(words("webchat", "broken"), language) in unreadable.text


def _texts(schema: dict[str, Any], parts: dict[str, Any], path: str) -> Iterator[tuple[str, Any]]:
    """Every text that a body may hold, with where it stands."""
    schema = parts[schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema
    if schema.get("type") == "string":
        yield path, schema
    for name, one in schema.get("properties", {}).items():
        yield from _texts(one, parts, f"{path}.{name}")
    for one in (*schema.get("anyOf", ()), *([schema["items"]] if "items" in schema else ())):
        yield from _texts(one, parts, path)


def test_every_field_of_the_intake_has_its_limit() -> None:
    with running_api() as api:
        described = _described(api)
    parts = described["components"]["schemas"]
    bodies = {
        path: operation["post"]["requestBody"]["content"]["application/json"]["schema"]
        for path, operation in described["paths"].items()
        if "post" in operation
    }
    assert len(bodies) == 10
    texts = [found for path, schema in bodies.items() for found in _texts(schema, parts, path)]
    assert len(texts) > 40
    assert [where for where, one in texts if not _is_bounded(one)] == []


def _is_bounded(text: dict[str, Any]) -> bool:
    """A length, a fixed choice, a date, or a shape whose every part is counted."""
    shape = str(text.get("pattern", "*"))
    return "maxLength" in text or bool(SHAPES & set(text)) or not set("*+") & set(shape)


def _described(api: Api) -> dict[str, Any]:
    document: dict[str, Any] = api.client.get("/openapi.json").json()
    return document
