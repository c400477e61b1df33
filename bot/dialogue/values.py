"""A changed copy of a frozen value: what the standard library's `replace` does, in half the time.

A turn makes some twenty of them, most of sessions with as many fields, so that it shows.
"""

from collections.abc import Callable
from dataclasses import fields
from functools import cache
from operator import attrgetter
from typing import Any, TypeVar

T = TypeVar("T")

_put = object.__setattr__


def replace(value: T, **changes: object) -> T:
    """A copy of a dataclass's value with these fields changed; it must not make any of its own.

    Raises:
        TypeError: it has no such field.
    """
    kind: type[Any] = type(value)
    names, look = _fields(kind)  # type: ignore[arg-type] # every class is hashable
    if not changes.keys() <= names.keys():
        raise TypeError(f"{kind.__name__} has not all of the fields {sorted(changes)}")
    made: T = object.__new__(kind)
    for name, kept in zip(names, look(value), strict=False):
        _put(made, name, changes.get(name, kept))
    return made


@cache
def _fields(kind: type) -> tuple[dict[str, None], Callable[[object], tuple[Any, ...]]]:
    if hasattr(kind, "__post_init__"):
        raise TypeError(f"{kind.__name__} makes something of its fields by itself")
    names = [one.name for one in fields(kind)]
    return dict.fromkeys(names), attrgetter(*names, names[0])
