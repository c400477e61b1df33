"""The key of the fingerprints stays with its store, whatever becomes of the ring."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import MetaData, text

from common.runtime.database import DatabaseError, open_database
from common.runtime.keytable import key_table, unlocked
from common.runtime.vault import Vault
from tests.support.postgres import PostgresServer

METADATA = MetaData()
KEYS = key_table(METADATA)
OLD, NEW = Vault.new_key("k1"), Vault.new_key("k2")
BEFORE = Vault.parse(OLD).fingerprint("conversation", "telegram:1")

Start = Callable[[str], Vault]


@pytest.fixture
async def start(store_url: str) -> Start:
    """Starts a process on the store with these keys, and lets it go."""
    database = open_database(store_url)
    database.create(METADATA)
    await database.close()

    def started(keys: str) -> Vault:
        database = open_database(store_url, beside=True)
        return unlocked(database, KEYS, Vault.parse(keys))

    return started


@pytest.mark.parametrize("keys", [OLD, f"{NEW},{OLD}"], ids=["one", "two"])
def test_a_store_from_before_keeps_its_fingerprints(start: Start, keys: str) -> None:
    assert start(keys).fingerprint("conversation", "telegram:1") == BEFORE


def test_they_stay_however_the_keys_are_ordered_later(start: Start) -> None:
    start(OLD)
    for keys in (f"{OLD},{NEW}", f"{NEW},{OLD}"):
        assert start(keys).fingerprint("conversation", "telegram:1") == BEFORE


def test_keys_that_are_not_this_stores_are_refused_by_name(start: Start) -> None:
    start(OLD)
    with pytest.raises(DatabaseError, match="sealed with the encryption key k1, which is not"):
        start(NEW)
    with pytest.raises(DatabaseError, match="only its name is the same"):
        start(Vault.new_key("k1"))
    assert start(OLD).fingerprint("conversation", "telegram:1") == BEFORE


async def test_processes_that_start_together_agree(postgres: PostgresServer) -> None:
    url = postgres.database()
    databases = [open_database(url) for _ in range(6)]
    databases[0].create(METADATA)
    # Each can open what any other may have sealed, whoever comes first.
    rings = [Vault.parse(one) for one in (f"{NEW},{OLD}", f"{OLD},{NEW}") * 3]
    with ThreadPoolExecutor(len(rings)) as together:
        vaults = list(together.map(unlocked, databases, [KEYS] * len(rings), rings))
    assert len({one.fingerprint("x") for one in vaults}) == 1
    count = text("SELECT count(*) FROM vault_key")
    assert await databases[0].read(lambda connection: connection.execute(count).scalar_one()) == 1
    for one in databases:
        await one.close()
