"""Remembers how long Telegram asked to be left alone, so that nobody asks again before."""

from datetime import datetime, timedelta

from bot.ports import SendError
from common.runtime.clock import Clock

# Telegram does not say whether one chat or the whole bot is over its limit. So many chats told
# to wait at the same time mean the bot.
_CHATS_THAT_MEAN_ALL = 3


class Pauses:
    """The chats that must wait, and until when."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._until: dict[int, datetime] = {}

    def note(self, chat: int, seconds: float) -> None:
        """Telegram asked to leave this chat alone for so long."""
        now = self._clock()
        self._until = {one: until for one, until in self._until.items() if until > now}
        self._until[chat] = now + timedelta(seconds=seconds)

    def check(self, chat: int) -> None:
        """Let a call to this chat pass.

        Raises:
            SendError: not yet; `after` says when.
        """
        now = self._clock()
        waiting = [until for until in self._until.values() if until > now]
        own = self._until.get(chat, now)
        everyone = min(waiting) if len(waiting) >= _CHATS_THAT_MEAN_ALL else now
        left = (max(own, everyone) - now).total_seconds()
        if left > 0:
            raise SendError("Telegram asked to wait", after=left)
