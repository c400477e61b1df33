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
Row = Sequence[Any]
Statement = Select[Any] | UpdateBase

_Convert = Callable[[Any], Any] | None


class Quick:
    """One statement, made once for all; its values are given by name, the same names each time.

    Raises DBAPIError, as a connection does, when the database refuses it.
    """

    def __init__(self, statement: Statement) -> None:
        self._statement = statement
        self._prepared: _Prepared | None = None

    def all(self, connection: Connection, values: Values) -> Sequence[Row]:
        """Every row it gives."""
        if connection.dialect.name != "sqlite":
            return connection.execute(self._statement, values).all()
        prepared = self._ready(connection, values)
        return prepared.converted(prepared.run(connection, values).fetchall())

    def first(self, connection: Connection, values: Values) -> Row | None:
        """The first row; None when there is none."""
        rows = self.all(connection, values)
        return rows[0] if rows else None

    def count(self, connection: Connection, values: Values) -> int:
        """Do it; how many rows it has changed."""
        if connection.dialect.name != "sqlite":
            return connection.execute(self._statement, values).rowcount
        return self._ready(connection, values).run(connection, values).rowcount

    def each(self, connection: Connection, many: Sequence[Values]) -> None:
        """Do it once for each of these."""
        if connection.dialect.name != "sqlite":
            # One by itself is not taken for the first of many, which takes PostgreSQL longer.
            connection.execute(self._statement, many[0] if len(many) == 1 else many)
            return
        for values in many:
            self.count(connection, values)

    def _ready(self, connection: Connection, values: Values) -> "_Prepared":
        if self._prepared is None:
            self._prepared = _prepared(self._statement, connection.dialect, list(values))
        return self._prepared


def refused(text: str, error: sqlite3.Error) -> Exception:
    """SQLAlchemy's error for the driver's; like its own it does not quote what was stored."""
    return DBAPIError.instance(text, None, error, sqlite3.Error, hide_parameters=True)


@dataclass(frozen=True, slots=True)
class _Prepared:
    """The text, and what becomes of each value on the way in (in order) and on the way out.

    `fixed` are the values that stand in the statement itself.
    """

    text: str
    given: Sequence[tuple[str, _Convert]]
    fixed: Values
    results: Sequence[_Convert]

    def run(self, connection: Connection, values: Values) -> sqlite3.Cursor:
        if self.fixed:
            values = {**self.fixed, **values}
        bound = [
            values[name] if convert is None else convert(values[name])
            for name, convert in self.given
        ]
        driver: sqlite3.Connection = connection.connection.driver_connection  # type: ignore[assignment] # its type is Any | None
        try:
            return driver.execute(self.text, bound)
        except sqlite3.Error as error:
            raise refused(self.text, error) from error

    def converted(self, rows: Sequence[Row]) -> Sequence[Row]:
        if not any(self.results):
            return rows
        return [
            tuple(
                value if convert is None else convert(value)
                for value, convert in zip(row, self.results, strict=True)
            )
            for row in rows
        ]


def _prepared(statement: Statement, dialect: Dialect, names: Sequence[str]) -> _Prepared:
    compiled = statement.compile(dialect=dialect, column_keys=names)
    if not isinstance(compiled, SQLCompiler) or compiled.post_compile_params or compiled.prefetch:
        raise TypeError("lists of values, and defaults that are worked out, are not for here")
    order = compiled.positiontup or ()
    binds = {name: compiled.binds[name] for name in order}
    fixed = {name: bind.effective_value for name, bind in binds.items() if not bind.required}
    given = [
        (name, binds[name].type.dialect_impl(dialect).bind_processor(dialect)) for name in order
    ]
    columns = statement.exported_columns if isinstance(statement, ReturnsRows) else ()
    results = [
        column.type.dialect_impl(dialect).result_processor(dialect, None) for column in columns
    ]
    return _Prepared(str(compiled), given, fixed, results)
