"""The store over SQL: one transaction takes a turn from the inbox to its jobs."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

from sqlalchemy import Connection

from bot.dialogue.session import Session
from bot.ports import Notes, Received, SentMessage, TurnResult, Waiting
from bot.storage import rows
from common.runtime.clock import Clock
from common.runtime.database import Database, locks
from common.runtime.jobs import Change, JobRequest
from common.runtime.sqljobs import SqlDispatcher, Taken
from common.runtime.vault import Vault

Work = Callable[[Session | None], TurnResult]


class SqlStore:
    """The Store port over a database; see `tables` for what is kept and how."""

    def __init__(
        self, database: Database, dispatcher: SqlDispatcher, vault: Vault, clock: Clock
    ) -> None:
        self._database = database
        self._dispatcher = dispatcher
        self._clock = clock
        self._rows = rows.Rows(vault)
        self._lane = rows.remembered(partial(vault.fingerprint, "lane"))

    async def receive(self, batch: Sequence[Received]) -> None:
        if batch:
            await self._database.write(lambda connection: self._rows.receive(connection, batch))

    async def answer(self, received: Received, work: Work) -> TurnResult | None:
        def turn(connection: Connection) -> tuple[TurnResult, Taken] | None:
            answering = self._rows.answer(connection, received, self._clock())
            if answering is None:
                return None
            result = work(answering.session)
            return result, self._keep(connection, answering.key, result)

        return self._begun(await self._database.write(turn))

    async def waiting(self) -> Sequence[str]:
        first = await self._database.read(self._rows.waiting)
        return [one.received.conversation for one in first]

    async def oldest(self, conversation: str) -> Waiting | None:
        key = self._rows.key(conversation)
        return await self._database.peek(lambda connection: self._rows.oldest(connection, key))

    async def session(self, conversation: str) -> Session | None:
        key = self._rows.key(conversation)
        return await self._database.peek(lambda connection: self._rows.load(connection, key))

    async def turn(self, waiting: Waiting, work: Work) -> TurnResult | None:
        key = self._rows.key(waiting.received.conversation)

        def turn(connection: Connection) -> tuple[TurnResult, Taken] | None:
            locks.hold(connection, self._rows.lock(key))
            if not rows.claim(connection, waiting.row, self._clock()):
                return None
            result = work(self._rows.load(connection, key))
            return result, self._keep(connection, key, result)

        return self._begun(await self._database.write(turn))

    async def messages(self, conversation: str) -> Sequence[SentMessage]:
        key = self._rows.key(conversation)
        return await self._database.peek(lambda connection: rows.messages(connection, key))

    async def sent(self, conversation: str, message: SentMessage) -> None:
        key = self._rows.key(conversation)
        await self._database.write(lambda connection: rows.note(connection, key, [message]))

    async def buttons_gone(self, conversation: str, messages: Sequence[str]) -> None:
        key = self._rows.key(conversation)
        await self._database.write(lambda connection: rows.close_buttons(connection, key, messages))

    async def deleted(self, conversation: str, messages: Sequence[str]) -> None:
        key = self._rows.key(conversation)
        await self._database.write(lambda connection: rows.drop(connection, key, messages))

    def receiving(self, batch: Sequence[Received]) -> Change:
        return lambda connection: self._rows.receive(connection, batch)

    def noting(self, conversation: str, notes: Notes) -> Change:
        key = self._rows.key(conversation)
        return lambda connection: rows.note_all(connection, key, notes)

    async def purge(self, before: datetime) -> int:
        """Drop the done rows and the messages from before this moment; returns how many rows."""
        return await self._database.write(lambda connection: rows.purge(connection, before))

    def _keep(self, connection: Connection, key: str, result: TurnResult) -> Taken:
        if result.session is None:
            rows.forget(connection, key, keep_messages=result.keep_messages)
        else:
            self._rows.save(connection, key, result.session)
        rows.note(connection, key, result.messages)
        jobs = [self._unnamed(one) for one in result.jobs]
        return self._dispatcher.take(connection, jobs)

    def _begun(self, done: tuple[TurnResult, Taken] | None) -> TurnResult | None:
        """The result, when its jobs have begun."""
        if done is None:
            return None
        result, taken = done
        self._dispatcher.begin(taken)
        return result

    def _unnamed(self, request: JobRequest) -> JobRequest:
        """The job with its lane unreadable: lanes stand in clear, and name conversations."""
        lane = request.lane and self._lane(request.lane)
        return replace(request, lane=lane)
