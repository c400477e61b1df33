"""Which channels open, and where Telegram posts to."""

from pathlib import Path

import pytest

from bot.switchboard import telegram_name, webhook_address
from tests.support.bot_settings import bot_settings
from tests.telegram_server.server import serving


@pytest.mark.parametrize(
    ("given", "address"),
    [
        ("", ""),
        ("https://bot.example", "https://bot.example/telegram/webhook"),
        ("https://bot.example/", "https://bot.example/telegram/webhook"),
        ("https://bot.example/telegram/webhook", "https://bot.example/telegram/webhook"),
    ],
)
def test_the_path_of_the_webhook_may_be_left_out(given: str, address: str) -> None:
    assert webhook_address(given) == address


async def test_the_poster_learns_the_chats_name_from_telegram(tmp_path: Path) -> None:
    async with serving() as telegram:
        on_telegram = {"telegram_token": telegram.token, "telegram_api_url": telegram.url}
        name = await telegram_name(bot_settings(tmp_path, **on_telegram))
    assert name
    assert telegram.unknown == []
