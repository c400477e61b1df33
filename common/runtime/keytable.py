"""The key of the fingerprints: kept in the store itself, under the seal of the ring.

Were it made from a key of the ring, that key could never be thrown away: with it would go every
conversation that is looked up and every duplicate that is noticed.
"""

from sqlalchemy import Column, Connection, LargeBinary, MetaData, String, Table, insert, select

from common.runtime.database import Database, DatabaseError, locks
from common.runtime.vault import SealError, Vault, sealed_by

FINGERPRINT = "fingerprint"


def key_table(metadata: MetaData) -> Table:
    """The table of keys that belong to a store, named `vault_key`; each is sealed by the ring."""
    return Table(
        "vault_key",
        metadata,
        Column("name", String(64), primary_key=True),
        Column("sealed", LargeBinary, nullable=False),
    )


def unlocked(database: Database, table: Table, ring: Vault) -> Vault:
    """The ring with this store's own key of fingerprints. Blocks: for the start of a process.

    The first start makes that key from the oldest of the ring, which fingerprints were made with
    before they had a key of their own; it may well be the same moment as another process's.

    Raises:
        DatabaseError: the ring is not this store's; the text says which key is missing.
    """
    return database.prepare(lambda connection: unlock(connection, table, ring))


def unlock(connection: Connection, table: Table, ring: Vault) -> Vault:
    """The same, in a transaction that may write. Raises DatabaseError."""
    place = {"table": table.name, "column": "sealed", "row": FINGERPRINT}
    locks.hold(connection, table.name)
    found = select(table.c.sealed).where(table.c.name == FINGERPRINT)
    sealed = connection.execute(found).scalar_one_or_none()
    if sealed is None:
        sealed = ring.seal(ring.fingerprint_key, **place)
        connection.execute(insert(table).values(name=FINGERPRINT, sealed=sealed))
    try:
        return ring.with_fingerprint_key(ring.open(sealed, **place))
    except SealError:
        raise DatabaseError(_refusal(sealed, ring)) from None


def _refusal(sealed: bytes, ring: Vault) -> str:
    key_id = sealed_by(sealed)
    if key_id in ring.names:
        return (
            f"The encryption key {key_id} is not the one that sealed this database, only its name "
            "is the same. Put the right one back."
        )
    return (
        f"This database is sealed with the encryption key {key_id}, which is not among those "
        "that are set. Put it back."
    )
