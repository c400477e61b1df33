"""A talk in the terminal: the same bot, with a store that is gone when the talk ends."""

import logging
import sys
from pathlib import Path

from bot.app import Bot
from bot.channels import console
from bot.settings import BotSettings
from common.runtime import logs
from common.runtime.clock import system_clock

JOURNEYS = Path("tests/journeys")


async def talk(settings: BotSettings) -> None:
    """Talk until the input ends; what is confirmed is brought to the running api.

    Raises:
        NoDirectoryError: the api has never been reached from here.
    """
    logs.configure(json=False)
    logging.getLogger().setLevel(logging.ERROR)  # a talk is read by a person
    # Beside a running bot, whose file belongs to it alone.
    bot = Bot(settings.model_copy(update={"database_url": "sqlite://"}))
    try:
        if not await bot.directory.refresh():
            print("The api does not answer: what you send will not arrive.")  # noqa: T201 for whoever sits here
        bot.directory.current()
        terminal = console.Console(bot.store, system_clock)
        bot.plug(console.SOURCE, terminal, console.read)
        await terminal.run(bot.conversations.wake, lambda: settle(bot))
    finally:
        await bot.close()
    if sys.stdin.isatty():
        console.offer_journey(terminal, input, JOURNEYS)


async def settle(bot: Bot) -> None:
    """Take all turns and work all jobs, until neither leads to more of the other."""
    handlers = bot.delivery.handlers()
    while await bot.conversations.take_waiting() + await bot.dispatcher.work_due(handlers):
        pass
