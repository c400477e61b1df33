"""What a job does to the messages on a platform: seen at once, written down with the job's end."""

from collections.abc import Sequence
from dataclasses import replace

from bot.ports import Messages, Notes, SentMessage


class Ledger:
    """The `Messages` of one conversation, over those that the store knows.

    Each note would be a transaction of its own, and people wait; so they are kept until the end.
    """

    def __init__(self, store: Messages) -> None:
        self._store = store
        self._sent: dict[str, SentMessage] = {}
        self._gone: set[str] = set()
        self._deleted: set[str] = set()

    @property
    def notes(self) -> Notes:
        """What is still to be written down."""
        sent, gone, deleted = self._sent.values(), self._gone, self._deleted
        return Notes(tuple(sent), tuple(sorted(gone)), tuple(sorted(deleted)))

    async def messages(self, conversation: str) -> Sequence[SentMessage]:
        """What was sent and not deleted, oldest first."""
        known = [*await self._store.messages(conversation), *self._sent.values()]
        return [
            replace(one, has_buttons=False) if one.message in self._gone else one
            for one in known
            if one.message not in self._deleted
        ]

    async def sent(self, conversation: str, message: SentMessage) -> None:  # noqa: ARG002 it is for one
        """Note a message that the platform has accepted."""
        self._sent.setdefault(message.message, message)

    async def buttons_gone(self, conversation: str, messages: Sequence[str]) -> None:  # noqa: ARG002 the same
        """Note that these messages carry no buttons any more."""
        self._gone.update(messages)

    async def deleted(self, conversation: str, messages: Sequence[str]) -> None:  # noqa: ARG002 the same
        """Forget these messages: the platform has deleted them, or never will."""
        self._deleted.update(messages)
