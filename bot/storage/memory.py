"""A store that forgets with its process: for tests."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from bot.dialogue.session import Session
from bot.ports import Notes, Received, SentMessage, TurnResult, Waiting
from common.runtime.jobs import Change, JobRequest


class MemoryStore:
    """The Store port over plain collections; `jobs` are those that turns have asked for."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self.jobs: list[JobRequest] = []
        self._clock = clock
        self._known: dict[tuple[str, str], datetime | None] = {}
        self._inbox: dict[int, Received] = {}
        self._rows = 0
        self._sessions: dict[str, str] = {}
        self._messages: dict[str, dict[str, SentMessage]] = {}

    async def receive(self, batch: Sequence[Received]) -> None:
        self._receive(batch)

    def _receive(self, batch: Sequence[Received]) -> None:
        for received in batch:
            key = (received.source, received.update_id)
            if key not in self._known:
                self._known[key] = None
                self._rows += 1
                self._inbox[self._rows] = received

    async def answer(
        self, received: Received, work: Callable[[Session | None], TurnResult]
    ) -> TurnResult | None:
        earlier = await self.oldest(received.conversation)
        new = (received.source, received.update_id) not in self._known
        if earlier or not new:
            await self.receive([received])
            return None
        result = work(self._load(received.conversation))
        await self.receive([received])
        waiting = await self.oldest(received.conversation)
        return await self.turn(waiting, lambda _: result) if waiting else None

    async def waiting(self) -> Sequence[str]:
        return list(dict.fromkeys(one.conversation for one in self._inbox.values()))

    async def oldest(self, conversation: str) -> Waiting | None:
        rows = (row for row, one in self._inbox.items() if one.conversation == conversation)
        row = next(rows, None)
        return None if row is None else Waiting(row, self._inbox[row])

    async def session(self, conversation: str) -> Session | None:
        return self._load(conversation)

    async def turn(
        self, waiting: Waiting, work: Callable[[Session | None], TurnResult]
    ) -> TurnResult | None:
        received = self._inbox.get(waiting.row)
        if received is None:
            return None
        conversation = received.conversation
        result = work(self._load(conversation))
        del self._inbox[waiting.row]
        self._known[received.source, received.update_id] = self._clock()
        if result.session is None:
            self._forget(conversation, keep_messages=result.keep_messages)
        else:
            self._sessions[conversation] = result.session.dump()
        self.jobs.extend(result.jobs)
        for message in result.messages:
            await self.sent(conversation, message)
        return result

    async def messages(self, conversation: str) -> Sequence[SentMessage]:
        return list(self._messages.get(conversation, {}).values())

    async def sent(self, conversation: str, message: SentMessage) -> None:
        self._messages.setdefault(conversation, {}).setdefault(message.message, message)

    async def buttons_gone(self, conversation: str, messages: Sequence[str]) -> None:
        self._close(self._messages.get(conversation, {}), messages)

    def _close(self, known: dict[str, SentMessage], messages: Sequence[str]) -> None:
        for message in messages:
            if message in known:
                known[message] = replace(known[message], has_buttons=False)

    async def deleted(self, conversation: str, messages: Sequence[str]) -> None:
        for message in messages:
            self._messages.get(conversation, {}).pop(message, None)

    def receiving(self, batch: Sequence[Received]) -> Change:
        return lambda _: self._receive(batch)

    def noting(self, conversation: str, notes: Notes) -> Change:
        def note(_: Connection) -> None:
            known = self._messages.setdefault(conversation, {})
            for one in notes.sent:
                known.setdefault(one.message, one)
            self._close(known, notes.buttons_gone)
            for message in notes.deleted:
                known.pop(message, None)

        return note

    async def purge(self, before: datetime) -> int:
        """Drop the done rows and the messages from before this moment; returns how many rows."""
        old = [key for key, done in self._known.items() if done is not None and done < before]
        for key in old:
            del self._known[key]
        for known in self._messages.values():
            for message in [one for one in known.values() if one.sent_at < before]:
                del known[message.message]
        return len(old)

    def _load(self, conversation: str) -> Session | None:
        dumped = self._sessions.get(conversation)
        return None if dumped is None else Session.load(dumped)

    def _forget(self, conversation: str, *, keep_messages: bool) -> None:
        self._sessions.pop(conversation, None)
        if not keep_messages:
            self._messages.pop(conversation, None)
