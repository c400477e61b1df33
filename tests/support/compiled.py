"""Statements are compiled once for a process of tests, and not once for each of its stores.

Every test has stores of its own, and each engine would compile the same statements again: a good
part of what such a test takes. What is compiled depends on the kind of the store alone.
"""

from typing import Any

from sqlalchemy import Connection, Engine, event

Key = tuple[Any, ...]


class Compiled(dict[Key, Any]):
    """SQLAlchemy's cache of one engine, for all engines: a dialect counts by its kind."""

    def get(self, key: Key, default: Any = None, /) -> Any:  # noqa: ANN401 what was compiled
        return super().get(_by_kind(key), default)

    def __setitem__(self, key: Key, compiled: object) -> None:
        super().__setitem__(_by_kind(key), compiled)


def share() -> None:
    """From now on, in this process."""
    compiled = Compiled()

    def connected(connection: Connection) -> None:
        connection.execution_options(compiled_cache=compiled)

    event.listen(Engine, "engine_connect", connected)


def _by_kind(key: Key) -> Key:
    dialect, *rest = key
    return type(dialect), *rest
