"""The talks over SQL: every change counted in the transaction that makes it."""

import json
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from sqlalchemy import Connection, Row

from bot.envelopes import delivery_lane, dump_outgoing, load_outgoing
from bot.ports import Outgoing, Received
from bot.storage import lines as sql
from bot.storage.rows import Rows
from bot.talks import Line, Talk
from common.runtime.clock import Clock
from common.runtime.database import Database
from common.runtime.sqljobs import SqlDispatcher
from common.runtime.vault import Vault

T = TypeVar("T")


class SqlTalks:
    """The Talks port over a database; see `tables` for what is kept and how."""

    def __init__(
        self, database: Database, dispatcher: SqlDispatcher, vault: Vault, clock: Clock
    ) -> None:
        self._database = database
        self._dispatcher = dispatcher
        self._vault = vault
        self._clock = clock
        self._rows = Rows(vault)

    async def receive(self, batch: Sequence[Received], mine: Line | None) -> None:
        def work(connection: Connection) -> None:
            if self._rows.receive(connection, batch) and mine is not None:
                key = self._rows.key(batch[0].conversation)
                self._add(connection, key, replace(mine, change=self._count(connection, key)))

        await self._database.write(work)

    async def read(self, conversation: str, after: int = 0) -> Talk:
        key = self._rows.key(conversation)

        def work(connection: Connection) -> Talk:
            talk = connection.execute(sql.TALK, {"key": key}).first()
            if talk is None:
                return Talk()
            since = after if talk.cleared <= after <= talk.changes else 0
            changed = connection.execute(sql.CHANGED, {"key": key, "after": since})
            lines = tuple(self._opened(key, row) for row in changed)
            asks = connection.execute(sql.OPEN, {"key": key}).first() is not None
            return Talk(lines, talk.changes, whole=since == 0, asks=asks)

        return await self._database.read(work)

    async def changes(self, conversations: Sequence[str]) -> Mapping[str, int]:
        names = {self._rows.key(one): one for one in conversations}

        def work(connection: Connection) -> Mapping[str, int]:
            found = connection.execute(sql.CHANGES, {"keys": list(names)})
            return {names[row.conversation]: row.changes for row in found}

        return await self._database.peek(work)

    async def settled(self, conversation: str) -> bool:
        key = self._rows.key(conversation)
        # What is on its way to the api will be answered, too.
        lanes = [
            self._vault.fingerprint("lane", lane)
            for lane in (conversation, delivery_lane(conversation))
        ]

        def work(connection: Connection) -> bool:
            unread = self._rows.oldest(connection, key) is not None
            return not unread and not any(self._dispatcher.busy(connection, one) for one in lanes)

        return await self._database.read(work)

    async def say(self, conversation: str, said: Outgoing) -> None:
        def work(connection: Connection, key: str) -> None:
            change = self._count(connection, key)
            self._add(connection, key, _line(said, change))

        await self._change(conversation, work)

    async def redraw(self, conversation: str, said: Outgoing) -> None:
        def work(connection: Connection, key: str) -> None:
            shown = connection.execute(sql.OPEN, {"key": key}).first()
            change = self._count(connection, key)
            line = _line(said, change)
            if shown is not None:
                line = replace(line, name=shown.name, place=shown.place)
            self._add(connection, key, line)

        await self._change(conversation, work)

    async def close(self, conversation: str) -> None:
        def work(connection: Connection, key: str) -> None:
            if connection.execute(sql.OPEN, {"key": key}).first() is not None:
                change = self._count(connection, key)
                connection.execute(sql.CLOSE, {"key": key, "change": change})

        await self._change(conversation, work)

    async def take_up(self, conversation: str, name: str) -> None:
        def work(connection: Connection, key: str) -> None:
            if connection.execute(sql.PENDING, {"key": key, "line": name}).first() is not None:
                change = self._count(connection, key)
                connection.execute(sql.PLACE, {"key": key, "line": name, "change": change})

        await self._change(conversation, work)

    async def clear(self, conversation: str, *, keep_open: bool = False) -> None:
        def work(connection: Connection, key: str) -> None:
            self._count(connection, key)
            connection.execute(sql.CLEARED, {"key": key})
            connection.execute(sql.CLEAR_CLOSED if keep_open else sql.CLEAR, {"key": key})

        await self._change(conversation, work)

    async def _change(self, conversation: str, work: Callable[[Connection, str], T]) -> T:
        key = self._rows.key(conversation)
        return await self._database.write(lambda connection: work(connection, key))

    def _count(self, connection: Connection, key: str) -> int:
        """The number of the change that is being made."""
        values = {"conversation": key, "changes": 1, "cleared": 0, "changed_at": self._clock()}
        return int(connection.execute(sql.COUNT, values).scalar_one())

    def _add(self, connection: Connection, key: str, line: Line) -> None:
        said = dump_outgoing([line.said])[0] if line.said else None
        place = {"table": "line", "column": "body", "row": _row(key, line.name)}
        plain = json.dumps({"text": line.text, "said": said}, ensure_ascii=False)
        values = {
            "conversation": key,
            "name": line.name,
            "place": line.place,
            "change": line.change,
            "is_open": line.is_open,
            "body": self._vault.seal(plain.encode(errors="surrogatepass"), **place),
        }
        connection.execute(sql.ADD, values)

    def _opened(self, key: str, row: Row[*tuple[Any, ...]]) -> Line:
        sealed = {"table": "line", "column": "body", "row": _row(key, row.name)}
        plain = json.loads(self._vault.open(row.body, **sealed))
        said = load_outgoing([plain["said"]])[0] if plain["said"] else None
        return Line(row.name, plain["text"], said, row.place, row.change, row.is_open)


def _line(said: Outgoing, change: int) -> Line:
    """A new line of Doorway's, where the talk has come to."""
    name = secrets.token_hex(6)
    return Line(name, said=said, place=change, change=change, is_open=bool(said.rows))


def _row(key: str, name: str) -> str:
    return f"{key}:{name}"
