"""The authorities that are trusted are read once for a process of tests, not once for each client.

The file of them is long, and every session that would speak to Telegram reads it anew.
"""

import ssl
from functools import cache
from typing import Any

_create = ssl.create_default_context


def share() -> None:
    """From now on, in this process."""
    ssl.create_default_context = _known


def _known(*given: Any, **named: Any) -> ssl.SSLContext:  # noqa: ANN401 whatever it is asked
    if not given and named.keys() == {"cafile"}:
        return _from(named["cafile"])
    return _create(*given, **named)


@cache
def _from(cafile: str | None) -> ssl.SSLContext:
    return _create(cafile=cafile)
