"""Sends spoken clips to Telegram: the bytes once, then by Telegram's own name for them."""

import asyncio
from collections import OrderedDict
from pathlib import Path

from aiogram import Bot
from aiogram.types import BufferedInputFile

from bot.channels.telegram import client
from bot.channels.telegram.client import Quirk, RefusedError
from bot.channels.telegram.methods import SendVoice, Spoken
from bot.ports import Voices

MOST_KNOWN = 1024
"""More than there are questions in all languages together."""


class Speaker:
    """Remembers what Telegram calls each clip, by the clip's hash.

    In memory alone: to forget it costs one more upload of each clip after a restart, and a table
    of its own would have to be kept in step with a platform that may drop what it has.
    """

    def __init__(self, bot: Bot, voices: Voices) -> None:
        self._bot = bot
        self._voices = voices
        self._known: OrderedDict[str, str] = OrderedDict()

    async def speak(self, chat: int, clip: str) -> int | None:
        """Send a clip such as `syl/postcode`; its message's number, None when there is none.

        Raises:
            SendError: it was not sent.
        """
        path = await self._voices.sound(clip)
        if path is None:
            return None
        if known := self._known.get(path.stem):
            try:
                return (await self._send(chat, known)).message_id
            except RefusedError as error:
                if error.quirk is Quirk.UNREACHABLE:
                    raise
                del self._known[path.stem]  # Telegram has dropped it
        return await self._upload(chat, path)

    async def _upload(self, chat: int, path: Path) -> int:
        content = await asyncio.to_thread(path.read_bytes)
        spoken = await self._send(chat, BufferedInputFile(content, path.name))
        if spoken.voice is not None:
            self._known[path.stem] = spoken.voice.file_id
            while len(self._known) > MOST_KNOWN:
                self._known.popitem(last=False)
        return spoken.message_id

    async def _send(self, chat: int, voice: str | BufferedInputFile) -> Spoken:
        return await client.call(self._bot, SendVoice(chat_id=chat, voice=voice))
