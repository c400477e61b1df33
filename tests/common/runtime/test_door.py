"""A server's open door: where it listens, how what it says leaves, who lets go first."""

import socket

import httpx2
import pytest

from common.runtime.door import KEPT, open_door


def _hosts() -> list[str]:
    """Loopback, in each of its two kinds that this machine has."""
    try:
        with socket.create_server(("::1", 0), family=socket.AF_INET6):
            return ["127.0.0.1", "::1"]
    except OSError:
        return ["127.0.0.1"]


@pytest.mark.parametrize("host", _hosts())
def test_no_part_of_an_answer_waits_for_another(host: str) -> None:
    with (
        open_door(host, 0) as door,
        socket.create_connection(door.getsockname()[:2]),
        door.accept()[0] as inside,
    ):
        assert inside.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_two_cannot_listen_at_one_port() -> None:
    with open_door("127.0.0.1", 0) as door, pytest.raises(OSError, match="in use"):
        open_door(*door.getsockname())


def test_our_own_client_lets_go_first() -> None:
    kept_by_client = httpx2.Limits().keepalive_expiry
    assert kept_by_client is not None
    assert kept_by_client < KEPT
