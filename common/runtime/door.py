"""The door that a server answers at."""

import socket

KEPT = 75
"""Seconds for which a connection is kept open though nothing is asked: longer than our own client
and the usual proxies keep theirs (5 and 60). Were it ours that closed first, a question could come
just then, and be lost; uvicorn's own 5 are as short as the client's.
"""


def open_door(host: str, port: int) -> socket.socket:
    """Listen there; port 0 is any that is free.

    What is sent leaves at once. Else the second part of each answer waits until the first is
    acknowledged (Nagle's algorithm), which whoever asked does some 40 ms later. asyncio takes care
    of that only for sockets that it makes itself.

    Raises:
        OSError: nothing can listen there.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    door = socket.create_server((host, port), family=family)
    door.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # whoever comes in has it too
    return door
