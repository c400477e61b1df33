"""aiogram's FSM storage on SQLite: what an update changed is committed with it, in one go."""

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from contextvars import ContextVar
from typing import Any

from aiogram.fsm.state import State
from aiogram.fsm.storage.base import BaseStorage, DefaultKeyBuilder, StateType, StorageKey

from benchmarks.rivals.sqlite import Book

_changed: ContextVar[dict[str, str]] = ContextVar("changed")


class SqliteStorage(BaseStorage):
    """Reads what is on disk or was changed by this update; `committed` writes."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._names = DefaultKeyBuilder(with_destiny=True)

    async def set_state(self, key: StorageKey, state: StateType = None) -> None:
        value = state.state if isinstance(state, State) else state
        _changed.get()[self._names.build(key, "state")] = value or ""

    async def get_state(self, key: StorageKey) -> str | None:
        return self._get(self._names.build(key, "state")) or None

    async def set_data(self, key: StorageKey, data: Mapping[str, Any]) -> None:
        _changed.get()[self._names.build(key, "data")] = json.dumps(data)

    async def get_data(self, key: StorageKey) -> dict[str, Any]:
        found = self._get(self._names.build(key, "data"))
        data: dict[str, Any] = json.loads(found) if found else {}
        return data

    async def close(self) -> None:
        """The book is closed by whoever opened it."""

    def _get(self, name: str) -> str:
        changed = _changed.get()
        return changed[name] if name in changed else self._book.get(name)


@asynccontextmanager
async def committed(book: Book) -> AsyncIterator[None]:
    """Around an update: what it changes is collected, and on disk when it counts as done."""
    changed: dict[str, str] = {}
    token = _changed.set(changed)
    try:
        yield
    finally:
        _changed.reset(token)
        await book.put(changed)
