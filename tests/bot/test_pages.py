"""What somebody sees who mistypes an address, or comes while something of ours is broken."""

from pathlib import Path

import httpx2
import pytest

from bot.dialogue.effects import words
from tests.support.sides import PATIENCE
from tests.support.webbot import served_bot, web_bot
from tests.support.world import translator

READS_PAGES = {"accept": "text/html", "accept-language": "so"}
MACHINE = {"accept": "application/json"}


async def test_whoever_mistypes_an_address_comes_to_the_chat(tmp_path: Path) -> None:
    async with web_bot(tmp_path) as bot:
        client = bot.visitor().client
        answer = await client.get("/wellcome", headers=READS_PAGES)
        assert (answer.status_code, answer.headers["location"]) == (303, "/")
        assert (await client.get("/wellcome", headers=MACHINE)).status_code == 404
        assert (await client.post("/wellcome", headers=READS_PAGES)).status_code == 404


@pytest.mark.parametrize(
    ("headers", "told"),
    [
        (READS_PAGES, translator().label(words("webchat", "broken"), "so")),
        (MACHINE, '"Internal Server Error"'),
    ],
)
async def test_a_fault_of_ours_is_told_kindly_and_tells_nothing(
    tmp_path: Path, headers: dict[str, str], told: str
) -> None:
    async with (
        served_bot(tmp_path) as (bot, _),
        httpx2.AsyncClient(base_url=bot.url, timeout=PATIENCE) as client,
    ):
        bot.rows("ALTER TABLE talk RENAME TO away")
        answer = await client.get("/", headers=headers)
    assert answer.status_code == 500
    assert told in answer.text
    assert not any(one in answer.text for one in ("sqlite", "Traceback", "talk"))
