"""Has a practice's poster drawn: with the directory, the words and the chat's own name."""

import logging
from pathlib import Path

from bot.app import LOCALES
from bot.dialogue.effects import words
from bot.directory import DirectorySource
from bot.intake import make_client
from bot.poster import PosterError, PosterOrder, write_poster
from bot.publication import PublicationSource
from bot.settings import BotSettings
from bot.switchboard import telegram_name
from bot.vocabulary import Shipped, Vocabulary
from common.runtime import logs

TEXTS = {
    "heading": words("poster", "heading"),
    "how": words("poster", "how"),
    "free": words("poster", "free"),
}


async def draw_poster(
    settings: BotSettings, practice: str, language: str, bot: str, folder: Path
) -> Path:
    """Write the poster and say where it is.

    Raises:
        PosterError: it would lead nowhere.
        NoDirectoryError: the api has never been reached from here.
        SendError: Telegram was asked for the chat's name and did not tell.
    """
    logs.configure(json=False)
    logging.getLogger().setLevel(logging.ERROR)  # that the api is away is no trouble here
    vocabulary = Vocabulary(Shipped.load(LOCALES))
    async with make_client(settings.intake_url, settings.token) as client:
        directory = DirectorySource(client, settings.directory_file)
        publication = PublicationSource(client, settings.publication_file, vocabulary.take)
        for source in (directory, publication):
            source.read_kept()
            await source.refresh()
    if language not in vocabulary.languages:
        known = ", ".join(vocabulary.languages)
        raise PosterError(f"There are no words in {language} yet; a poster can be in: {known}.")
    order = PosterOrder(practice, language, bot or await _chat(settings))
    return write_poster(
        order,
        directory.current(),
        lambda code, message: vocabulary.label(TEXTS[message], code),
        folder,
    )


async def _chat(settings: BotSettings) -> str:
    if settings.telegram_token is not None:
        return await telegram_name(settings)
    if settings.https:
        return settings.public_url
    raise PosterError("Say which chat the poster leads to: --bot and its Telegram name.")
