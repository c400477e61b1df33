"""A store with two small tables, for the tests of databases themselves."""

from collections.abc import Callable

from sqlalchemy import Column, Connection, ForeignKey, Integer, MetaData, Table, insert, select

METADATA = MetaData()
NUMBER = Table("number", METADATA, Column("n", Integer, primary_key=True))
CHILD = Table("child", METADATA, Column("n", ForeignKey("number.n"), primary_key=True))


def add(n: int) -> Callable[[Connection], int]:
    """Work that adds a number, and gives it."""

    def work(connection: Connection) -> int:
        connection.execute(insert(NUMBER).values(n=n))
        return n

    return work


def numbers(connection: Connection) -> list[int]:
    """All numbers there are."""
    return list(connection.scalars(select(NUMBER.c.n).order_by(NUMBER.c.n)))
