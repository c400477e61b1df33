"""Opens each channel that has what it needs; each other one is off, and says so."""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta

from fastapi import APIRouter

from bot.channels.telegram import WEBHOOK_PATH, library
from bot.channels.webchat import SOURCE, elsewhere, entry
from bot.channels.webchat import inbound as web_inbound
from bot.channels.webchat.outbound import WebSender
from bot.channels.webchat.says import Speech
from bot.channels.webchat.site import FirstWords, Site
from bot.ports import Arrive, OutgoingButton, Reader, Sender, SendError, Store, Voices
from bot.settings import BotSettings
from bot.talks import Talks
from bot.watch import Watch
from common.runtime import logs
from common.runtime.clock import Clock
from common.runtime.pace import Pace

PAUSE = 10.0

Work = Callable[[], Awaitable[None]]
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


@dataclass(frozen=True, slots=True)
class House:
    """What a channel may stand on.

    `arrive` takes in what a platform brought: it is stored when that returns. `wake` is called
    when a channel has stored something itself, with the conversation it is for.

    `shared`: other processes may be at work on the same store.
    `next_words` gives what rings when the words change.
    `numbers` are the telephone numbers that may be shown; `first_words` is what is said to a
    newcomer before anything of theirs is stored.
    """

    settings: BotSettings
    store: Store
    talks: Talks
    arrive: Arrive
    wake: Callable[[str], None]
    clock: Clock
    speech: Speech
    next_words: Callable[[], asyncio.Event]
    first_words: FirstWords
    voices: Voices
    numbers: Collection[str]
    shared: bool
    watch: Watch


def open_channels(house: House) -> tuple[Channel, ...]:
    """The channels that are on."""
    found = [_webchat(house)]
    if house.settings.telegram_token is None:
        log.warning("channel.off", channel="telegram")
    else:
        found.append(_telegram(house))
    return tuple(found)


def web_site(house: House) -> Site:
    """What the pages stand on."""
    settings = house.settings
    return Site(
        talks=house.talks,
        wake=house.wake,
        clock=house.clock,
        speech=house.speech,
        first_words=house.first_words,
        voices=house.voices,
        public_url=settings.public_url,
        numbers=house.numbers,
        keep=timedelta(days=settings.expire_after_days),
        exit_url=settings.exit_url,
        pace=Pace(settings.vault.fingerprint, house.clock),
        watch=house.watch,
    )


def _webchat(house: House) -> Channel:
    """The page at `/`, which needs nothing but the port that the bot has anyway."""
    site = web_site(house)
    sender = WebSender(house.talks, site.bells)

    async def follow() -> None:
        await elsewhere.follow(house.talks, site.bells)

    works: tuple[Work, ...] = (follow,) if house.shared else ()
    router = entry.WebChat(site).router()
    return Channel(SOURCE, sender, web_inbound.read, works, _nothing, router)


def _telegram(house: House) -> Channel:
    """Telegram by webhook when there is an address for one, else by long polling."""
    # Only here: whoever does without Telegram need not wait for its library.
    library.load()
    from bot.channels.telegram import entry, inbound  # noqa: PLC0415 as said above
    from bot.channels.telegram.client import make_bot  # noqa: PLC0415 the same
    from bot.channels.telegram.flood import Sieve  # noqa: PLC0415 the same
    from bot.channels.telegram.outbound import TelegramSender  # noqa: PLC0415 the same

    settings, clock = house.settings, house.clock
    token = settings.telegram_token.get_secret_value() if settings.telegram_token else ""
    api = make_bot(token, settings.telegram_api_url)
    sender = TelegramSender(api, clock, house.voices)
    sieve = Sieve(house.arrive, Pace(settings.vault.fingerprint, clock), house.watch)

    async def name_commands() -> None:
        named: dict[str, Sequence[OutgoingButton]] = {}
        while True:
            other_words = house.next_words()
            menus = {code: house.speech.commands(code) for code in house.speech.languages}
            changed = {code: menu for code, menu in menus.items() if menu != named.get(code)}
            await entry.register_commands(api, changed)
            named |= changed
            await other_words.wait()

    async def poll() -> None:
        await entry.poll(api, sieve.arrive, clock)

    address = webhook_address(settings.telegram_webhook_url)
    if not address or settings.telegram_webhook_secret is None:
        works: tuple[Work, ...] = (poll, name_commands)
        return Channel("telegram", sender, inbound.read, works, api.session.close)
    secret = settings.telegram_webhook_secret.get_secret_value()

    async def set_webhook() -> None:
        await _until_done(lambda: entry.set_webhook(api, address, secret))

    router = entry.webhook_router(secret, sieve.arrive, clock)
    works = (set_webhook, name_commands)
    return Channel("telegram", sender, inbound.read, works, api.session.close, router)


async def telegram_name(settings: BotSettings) -> str:
    """The name of the token's own bot, as in https://t.me/name.

    Raises:
        SendError: Telegram did not tell.
    """
    library.load()
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


async def _nothing() -> None:
    """Nothing to let go of."""


async def _until_done(work: Work) -> None:
    while True:
        try:
            await work()
        except SendError as error:
            log.warning("webhook.not_set", error=str(error))
            await asyncio.sleep(PAUSE)
        else:
            return
