"""A whole house whose stores can be lost, and that goes on with others."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from api.settings import ApiSettings
from bot.settings import BotSettings
from tests.support.house import House, Post, captured_logs
from tests.support.smtp import open_office
from tests.support.stores import NewStore
from tests.telegram_server.server import serving


@dataclass
class MovingHouse(House):
    """The house over whichever stores it is given; `stores` are those of now."""

    stores: dict[str, str] = field(default_factory=dict)

    def move(self, new_store: NewStore) -> None:
        """Give both sides fresh stores, from their next start on."""
        self.stores = {"api": new_store(), "bot": new_store()}

    async def open(self) -> None:
        """Start both sides."""
        await self.api.open()
        await self.bot.open()

    async def close(self) -> None:
        """Stop both sides."""
        await self.bot.close()
        await self.api.close()

    def _api_settings(self) -> ApiSettings:
        return super()._api_settings().model_copy(update={"database_url": self.stores["api"]})

    def _bot_settings(self) -> BotSettings:
        return super()._bot_settings().model_copy(update={"database_url": self.stores["bot"]})


@asynccontextmanager
async def moving(folder: Path, new_store: NewStore) -> AsyncIterator[MovingHouse]:
    """Open it over fresh stores; closed when left."""
    with captured_logs() as captured:
        async with serving() as telegram, open_office(Post()) as post:
            house = MovingHouse(folder, telegram, post, captured)
            house.move(new_store)
            try:
                await house.open()
                yield house
            finally:
                await house.close()
