"""What the tests of the commands for a store need: the holdings, and PostgreSQL's programs."""

from pathlib import Path

from api.persistence import sealed as api_sealed
from api.persistence import store as api_store
from bot.storage import sealed as bot_sealed
from bot.storage import tables as bot_tables
from common.runtime.upkeep.holding import Holding
from common.runtime.vault import Vault
from tests.support.postgres import programs


def bot_holding(url: str, keys: str) -> Holding:
    """The bot's store at this address."""
    return Holding(
        url,
        Vault.parse(keys),
        bot_tables.MIGRATIONS,
        bot_tables.JOBS,
        bot_tables.KEYS,
        bot_sealed.SEALED,
    )


def api_holding(url: str, keys: str) -> Holding:
    """The api's store at this address."""
    return Holding(
        url,
        Vault.parse(keys),
        api_store.MIGRATIONS,
        api_store.JOBS,
        api_store.KEYS,
        api_sealed.SEALED,
    )


TOOLS: Path = programs()
"""PostgreSQL's programs of the version of the tests' server; the machine's own may be older."""
