"""Tests wait for what happens, never for a while; and they stay on this machine."""

import ast
import socket

import pytest

from tests.support import loopback
from tests.support.sources import Source, sources

WATCHES = {"time.perf_counter", "time.monotonic", "perf_counter", "monotonic", "timeit.timeit"}


def _waits(module: Source) -> list[str]:
    return [
        f"{module.name}:{node.lineno}"
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and (_is_sleep(node) or ast.unparse(node.func) in WATCHES)
    ]


def _is_sleep(call: ast.Call) -> bool:
    """Giving way to others with `asyncio.sleep(0)` is no sleep."""
    name = ast.unparse(call.func)
    return name in {"time.sleep", "sleep"} or (
        name == "asyncio.sleep" and [ast.unparse(one) for one in call.args] != ["0"]
    )


def test_no_test_sleeps_or_holds_a_stopwatch() -> None:
    assert [place for module in sources("tests") for place in _waits(module)] == []


def test_nothing_beyond_this_machine_is_reached() -> None:
    with socket.socket() as probe, pytest.raises(loopback.BeyondLoopbackError):
        probe.connect(("192.0.2.1", 80))
    with pytest.raises(loopback.BeyondLoopbackError):
        socket.getaddrinfo("api.example", 443)
    assert loopback.reached == ["192.0.2.1", "api.example"]
    loopback.reached.clear()
