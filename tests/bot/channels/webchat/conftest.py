"""Talks on a file, for what stands on them."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.support.talks import TalkPlace, talk_place


@pytest.fixture
async def place(tmp_path: Path) -> AsyncIterator[TalkPlace]:
    async with talk_place(f"sqlite:///{tmp_path}/bot.sqlite3") as found:
        yield found
