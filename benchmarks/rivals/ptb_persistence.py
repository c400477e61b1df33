"""python-telegram-bot's persistence on SQLite: what an update changed is committed with it."""

import json
from typing import Any

from telegram.ext import BasePersistence, PersistenceInput

from benchmarks.rivals.sqlite import Book

Data = dict[Any, Any]


class SqlitePersistence(BasePersistence[Data, Data, Data]):
    """Keeps what is told and which question is open, for each person.

    python-telegram-bot reads everything at its start and keeps it in memory from then on.
    """

    def __init__(self, book: Book) -> None:
        super().__init__(
            store_data=PersistenceInput(bot_data=False, chat_data=False, callback_data=False)
        )
        self._book = book
        self._changed: dict[str, str] = {}

    async def commit(self) -> None:
        """Put on disk what has changed."""
        changed, self._changed = self._changed, {}
        await self._book.put(changed)

    async def get_user_data(self) -> dict[int, Data]:
        found = self._book.starting("user:")
        return {int(name.removeprefix("user:")): json.loads(one) for name, one in found.items()}

    async def update_user_data(self, user_id: int, data: Data) -> None:
        self._changed[f"user:{user_id}"] = json.dumps(data)

    async def get_conversations(self, name: str) -> dict[tuple[int | str, ...], object]:
        place = f"state:{name}:"
        found = self._book.starting(place)
        return {
            tuple(map(int, key.removeprefix(place).split(","))): json.loads(one)
            for key, one in found.items()
        }

    async def update_conversation(
        self, name: str, key: tuple[int | str, ...], new_state: object | None
    ) -> None:
        self._changed[f"state:{name}:{','.join(map(str, key))}"] = json.dumps(new_state)

    async def drop_user_data(self, user_id: int) -> None:
        self._changed[f"user:{user_id}"] = "{}"

    async def refresh_user_data(self, user_id: int, user_data: Data) -> None:
        """Nobody else changes it."""

    async def flush(self) -> None:
        await self.commit()

    async def get_chat_data(self) -> dict[int, Data]:
        return {}

    async def get_bot_data(self) -> Data:
        return {}

    async def get_callback_data(self) -> None:
        return None

    async def update_chat_data(self, chat_id: int, data: Data) -> None:
        """Not kept."""

    async def update_bot_data(self, data: Data) -> None:
        """Not kept."""

    async def update_callback_data(self, data: object) -> None:
        """Not kept."""

    async def drop_chat_data(self, chat_id: int) -> None:
        """Not kept."""

    async def refresh_chat_data(self, chat_id: int, chat_data: Data) -> None:
        """Not kept."""

    async def refresh_bot_data(self, bot_data: Data) -> None:
        """Not kept."""
