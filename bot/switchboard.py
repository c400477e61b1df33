"""Opens each channel that has what it needs; each other one is off, and says so."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass

from fastapi import APIRouter

from bot.channels.telegram import WEBHOOK_PATH
from bot.ports import OutgoingButton, Reader, Sender, SendError, Store
from bot.settings import BotSettings
from common.runtime import logs
from common.runtime.clock import Clock

PAUSE = 10.0

Work = Callable[[], Awaitable[None]]
Menus = Mapping[str, Sequence[OutgoingButton]]

log = logs.get(__name__)


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel that is on: `works` run with the bot, `router` takes what is posted to it."""

    name: str
    sender: Sender
    reader: Reader
    works: tuple[Work, ...]
    close: Work
    router: APIRouter | None = None


def open_channels(
    settings: BotSettings, store: Store, wake: Callable[[], None], clock: Clock, menus: Menus
) -> tuple[Channel, ...]:
    """The channels that are on. `wake` is called when something was stored."""
    found: list[Channel] = []
    if settings.telegram_token is None:
        log.warning("channel.off", channel="telegram")
    else:
        found.append(_telegram(settings, store, wake, clock, menus))
    return tuple(found)


def _telegram(
    settings: BotSettings, store: Store, wake: Callable[[], None], clock: Clock, menus: Menus
) -> Channel:
    """Telegram by webhook when there is an address for one, else by long polling."""
    # Only here: whoever does without Telegram need not wait three seconds for its library.
    from bot.channels.telegram import entry, inbound  # noqa: PLC0415 as said above
    from bot.channels.telegram.client import make_bot  # noqa: PLC0415 the same
    from bot.channels.telegram.outbound import TelegramSender  # noqa: PLC0415 the same

    token = settings.telegram_token.get_secret_value() if settings.telegram_token else ""
    api = make_bot(token, settings.telegram_api_url)
    sender = TelegramSender(api, store, clock)

    async def name_commands() -> None:
        await entry.register_commands(api, menus)

    async def poll() -> None:
        await entry.poll(api, store, wake, clock)

    address = webhook_address(settings.telegram_webhook_url)
    if not address or settings.telegram_webhook_secret is None:
        works: tuple[Work, ...] = (poll, name_commands)
        return Channel("telegram", sender, inbound.read, works, api.session.close)
    secret = settings.telegram_webhook_secret.get_secret_value()

    async def set_webhook() -> None:
        await _until_done(lambda: entry.set_webhook(api, address, secret))

    router = entry.webhook_router(secret, store, wake, clock)
    works = (set_webhook, name_commands)
    return Channel("telegram", sender, inbound.read, works, api.session.close, router)


async def telegram_name(settings: BotSettings) -> str:
    """The name of the token's own bot, as in https://t.me/name.

    Raises:
        SendError: Telegram did not tell.
    """
    from aiogram.methods import GetMe  # noqa: PLC0415 as above

    from bot.channels.telegram.client import call, make_bot  # noqa: PLC0415 as above

    token = settings.telegram_token.get_secret_value() if settings.telegram_token else ""
    api = make_bot(token, settings.telegram_api_url)
    try:
        return str((await call(api, GetMe())).username)
    finally:
        await api.session.close()


def webhook_address(url: str) -> str:
    """Where Telegram posts to: the path may be left out of the setting."""
    return url if not url or url.endswith(WEBHOOK_PATH) else url.rstrip("/") + WEBHOOK_PATH


async def _until_done(work: Work) -> None:
    while True:
        try:
            await work()
        except SendError as error:
            log.warning("webhook.not_set", error=str(error))
            await asyncio.sleep(PAUSE)
        else:
            return
