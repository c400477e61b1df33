"""The store over SQL: one transaction takes a turn from the inbox to its jobs."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from bot.dialogue.session import Session
from bot.ports import Received, SentMessage, TurnResult, Waiting
from bot.storage import rows
from common.runtime.clock import Clock
from common.runtime.database import Database
from common.runtime.jobs import JobRequest
from common.runtime.sqljobs import SqlDispatcher
from common.runtime.vault import Vault

Work = Callable[[Session | None], TurnResult]


class SqlStore:
    """The Store port over a database; see `tables` for what is kept and how."""

    def __init__(
        self, database: Database, dispatcher: SqlDispatcher, vault: Vault, clock: Clock
    ) -> None:
        self._database = database
        self._dispatcher = dispatcher
        self._vault = vault
        self._clock = clock
        self._rows = rows.Rows(vault)

    async def receive(self, batch: Sequence[Received]) -> None:
        if batch:
            await self._database.write(lambda connection: self._rows.receive(connection, batch))

    async def waiting(self) -> Sequence[str]:
        first = await self._database.read(self._rows.waiting)
        return [one.received.conversation for one in first]

    async def oldest(self, conversation: str) -> Waiting | None:
        key = self._rows.key(conversation)
        return await self._database.read(lambda connection: self._rows.oldest(connection, key))

    async def session(self, conversation: str) -> Session | None:
        key = self._rows.key(conversation)
        return await self._database.read(lambda connection: self._rows.load(connection, key))

    async def turn(self, waiting: Waiting, work: Work) -> TurnResult | None:
        result = await self._database.write(
            lambda connection: self._take(connection, waiting, work)
        )
        if result is not None and result.jobs:
            self._dispatcher.wake()
        return result

    async def messages(self, conversation: str) -> Sequence[SentMessage]:
        key = self._rows.key(conversation)
        return await self._database.read(lambda connection: rows.messages(connection, key))

    async def sent(self, conversation: str, message: SentMessage) -> None:
        key = self._rows.key(conversation)
        await self._database.write(lambda connection: rows.note(connection, key, [message]))

    async def buttons_gone(self, conversation: str, messages: Sequence[str]) -> None:
        key = self._rows.key(conversation)
        await self._database.write(lambda connection: rows.close_buttons(connection, key, messages))

    async def deleted(self, conversation: str, messages: Sequence[str]) -> None:
        key = self._rows.key(conversation)
        await self._database.write(lambda connection: rows.drop(connection, key, messages))

    async def purge(self, before: datetime) -> int:
        """Drop the done rows and the messages from before this moment; returns how many rows."""
        return await self._database.write(lambda connection: rows.purge(connection, before))

    def _take(self, connection: Connection, waiting: Waiting, work: Work) -> TurnResult | None:
        if not rows.claim(connection, waiting.row, self._clock()):
            return None
        key = self._rows.key(waiting.received.conversation)
        result = work(self._rows.load(connection, key))
        if result.session is None:
            rows.forget(connection, key, keep_messages=result.keep_messages)
        else:
            self._rows.save(connection, key, result.session)
        self._dispatcher.enqueue(connection, [self._unnamed(one) for one in result.jobs])
        rows.note(connection, key, result.messages)
        return result

    def _unnamed(self, request: JobRequest) -> JobRequest:
        """The job with its lane unreadable: lanes stand in clear, and name conversations."""
        lane = request.lane and self._vault.fingerprint("lane", request.lane)
        return replace(request, lane=lane)
