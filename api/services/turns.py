"""A turn at what only one process of all may do at a time, by a lease in the store."""

import secrets
from datetime import timedelta

from api.persistence import leases
from api.services.desk import Desk

SPAN = timedelta(seconds=60)  # after this, another process takes over from one that has died


class Turn:
    """One process's claim to a turn. Where only one process can be, it is always ours."""

    def __init__(self, desk: Desk, name: str) -> None:
        self._desk = desk
        self._name = name
        self._holder = secrets.token_hex(8)

    async def hold(self) -> bool:
        """Have it for the next minute; False while another process has it."""
        if not self._desk.database.shared:
            return True
        mine, now = (self._name, self._holder), self._desk.clock()
        return await self._desk.database.write(lambda c: leases.hold(c, *mine, now, SPAN))

    async def let_go(self) -> None:
        """Let another process have it at once."""
        if self._desk.database.shared:
            mine, now = (self._name, self._holder), self._desk.clock()
            await self._desk.database.write(lambda c: leases.let_go(c, *mine, now))
