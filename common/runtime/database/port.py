"""What every database promises to those who hand in work on a `Connection`."""

from collections.abc import Callable
from typing import Protocol, TypeVar

from sqlalchemy import Connection, MetaData

T = TypeVar("T")


class DatabaseError(Exception):
    """The database cannot be opened; the text says what to do."""


class Database(Protocol):
    """A store that does work on a connection, each piece in one transaction.

    Work may be done again when the connection was lost in the middle of it, and even when the
    answer to its commit was lost: it must leave the same behind however often it is done.
    """

    shared: bool
    """Whether other processes may be at work on the same store."""

    async def write(self, work: Callable[[Connection], T], *, patient: bool = False) -> T:
        """Do `work` in one transaction; it is on disk when this returns, or nothing is.

        For what nobody waits for, and can be done twice, one is `patient`: it may begin some
        hundredths of a second later, to share its commit with something else.
        """
        ...

    async def read(self, work: Callable[[Connection], T]) -> T:
        """Do `work` on one unchanging view, beside any write; writing in it fails."""
        ...

    async def peek(self, work: Callable[[Connection], T]) -> T:
        """Read a few rows by their keys, at once; each statement sees what is committed then."""
        ...

    def create(self, metadata: MetaData) -> None:
        """Make the tables that are missing. Blocks: for the start of a process."""
        ...

    def prepare(self, work: Callable[[Connection], T]) -> T:
        """Do `work` in one transaction. Blocks: for the start of a process."""
        ...

    async def close(self) -> None:
        """Finish what was asked for, and let go of the store."""
        ...
