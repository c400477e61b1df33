"""Statements of the hot paths: on SQLite they go straight to the driver, prepared once.

A statement takes SQLite some five microseconds, and SQLAlchemy's way to it and back five times
that. What a statement is, and which types its values have, is still SQLAlchemy's to say.
"""

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Dialect, Select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.dml import UpdateBase
from sqlalchemy.sql.selectable import ReturnsRows

Values = Mapping[str, Any]
Asked = tuple["Quick", Values]
"""A statement with its values."""
Row = Sequence[Any]
Statement = Select[Any] | UpdateBase

_Convert = Callable[[Any], Any] | None


class Quick:
    """One statement, made once for all; its values are given by name, the same names each time.

    Raises DBAPIError, as a connection does, when the database refuses it.
    """

    def __init__(self, statement: Statement) -> None:
        self._statement = statement
        self._prepared: dict[str, Prepared] = {}

    def all(self, connection: Connection, values: Values) -> Sequence[Row]:
        """Every row it gives."""
        if connection.dialect.name != "sqlite":
            return connection.execute(self._statement, values).all()
        prepared = self.prepared(connection, values)
        return prepared.converted(prepared.run(connection, values).fetchall())

    def first(self, connection: Connection, values: Values) -> Row | None:
        """The first row; None when there is none."""
        rows = self.all(connection, values)
        return rows[0] if rows else None

    def count(self, connection: Connection, values: Values) -> int:
        """Do it; how many rows it has changed."""
        if connection.dialect.name != "sqlite":
            return connection.execute(self._statement, values).rowcount
        return self.prepared(connection, values).run(connection, values).rowcount

    def each(self, connection: Connection, many: Sequence[Values]) -> None:
        """Do it once for each of these."""
        if connection.dialect.name != "sqlite":
            # One by itself is not taken for the first of many, which takes PostgreSQL longer.
            connection.execute(self._statement, many[0] if len(many) == 1 else many)
            return
        for values in many:
            self.count(connection, values)

    def prepared(self, connection: Connection, values: Values) -> "Prepared":
        """How it goes to this kind of database."""
        dialect = connection.dialect
        if dialect.name not in self._prepared:
            self._prepared[dialect.name] = _prepared(self._statement, dialect, list(values))
        return self._prepared[dialect.name]


def ask(connection: Connection, *asked: Asked) -> list[Sequence[Row]]:
    """The rows of each, in order; to a server all of them go in one trip."""
    if len(asked) > 1 and connection.dialect.is_async:
        from common.runtime.database.pipeline import ask_at_once  # noqa: PLC0415 a file needs no driver for servers

        return ask_at_once(
            connection, [(quick.prepared(connection, values), values) for quick, values in asked]
        )
    return [quick.all(connection, values) for quick, values in asked]


def refused(text: str, error: sqlite3.Error) -> Exception:
    """SQLAlchemy's error for the driver's; like its own it does not quote what was stored."""
    return DBAPIError.instance(text, None, error, sqlite3.Error, hide_parameters=True)


@dataclass(frozen=True, slots=True)
class Prepared:
    """The text, and what becomes of each value on the way in and on the way out.

    Values go in by their order where the text has only marks for them. `fixed` are those that
    stand in the statement itself.
    """

    text: str
    given: Sequence[tuple[str, _Convert]]
    fixed: Values
    results: Sequence[_Convert]

    def in_order(self, values: Values) -> list[Any]:
        """The values as the driver wants them."""
        if self.fixed:
            values = {**self.fixed, **values}
        return [
            values[name] if convert is None else convert(values[name])
            for name, convert in self.given
        ]

    def by_name(self, values: Values) -> dict[str, Any]:
        """The same for a text that names them."""
        names = (name for name, _ in self.given)
        return dict(zip(names, self.in_order(values), strict=True))

    def run(self, connection: Connection, values: Values) -> sqlite3.Cursor:
        """Do it, on SQLite."""
        driver: sqlite3.Connection = connection.connection.driver_connection  # type: ignore[assignment] # its type is Any | None
        try:
            return driver.execute(self.text, self.in_order(values))
        except sqlite3.Error as error:
            raise refused(self.text, error) from error

    def converted(self, rows: Sequence[Row]) -> Sequence[Row]:
        """Rows as their columns' types have them."""
        if not any(self.results):
            return rows
        return [
            tuple(
                value if convert is None else convert(value)
                for value, convert in zip(row, self.results, strict=True)
            )
            for row in rows
        ]


def _prepared(statement: Statement, dialect: Dialect, names: Sequence[str]) -> Prepared:
    compiled = statement.compile(dialect=dialect, column_keys=names)
    if not isinstance(compiled, SQLCompiler) or compiled.post_compile_params or compiled.prefetch:
        raise TypeError("lists of values, and defaults that are worked out, are not for here")
    order = compiled.positiontup or list(compiled.bind_names.values())
    binds = {name: compiled.binds[name] for name in order}
    fixed = {name: bind.effective_value for name, bind in binds.items() if not bind.required}
    given = [
        (name, binds[name].type.dialect_impl(dialect).bind_processor(dialect)) for name in order
    ]
    columns = statement.exported_columns if isinstance(statement, ReturnsRows) else ()
    results = [
        column.type.dialect_impl(dialect).result_processor(dialect, None) for column in columns
    ]
    return Prepared(str(compiled), given, fixed, results)
