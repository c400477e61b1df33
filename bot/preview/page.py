"""The lines of one preview, in memory."""

import secrets
from dataclasses import replace

from bot.ports import Outgoing
from bot.talks import Line, Talk

MOST = 200  # lines; whoever looks that long has seen the first of them


class MemoryPage:
    """What a page shows of a talk (the `Lines` port), for one talk and as long as it is held."""

    def __init__(self) -> None:
        self._lines: list[Line] = []
        self._places = 0

    @property
    def talk(self) -> Talk:
        """The talk as it stands."""
        return Talk(tuple(self._lines), self._places)

    def mine(self, text: str) -> None:
        """Add a line of the person's."""
        self._add(Line(secrets.token_hex(6), text=text))

    async def say(self, conversation: str, said: Outgoing) -> None:  # noqa: ARG002 there is one
        """Add a line; its buttons are open."""
        self._add(Line(secrets.token_hex(6), said=said, is_open=bool(said.rows)))

    async def redraw(self, conversation: str, said: Outgoing) -> None:
        """Put this in the place of the line that is open; add it when none is."""
        for place, line in reversed(list(enumerate(self._lines))):
            if line.is_open:
                self._lines[place] = replace(line, said=said, change=line.change + 1)
                return
        await self.say(conversation, said)

    async def close(self, conversation: str) -> None:  # noqa: ARG002 as above
        """No line is open any more."""
        self._lines = [replace(one, is_open=False) for one in self._lines]

    async def take_up(self, conversation: str, name: str) -> None:
        """The person's line stands in its place already."""

    async def clear(self, conversation: str, *, keep_open: bool = False) -> None:  # noqa: ARG002 as above
        """Delete the lines; with `keep_open` all but the open one."""
        self._lines = [one for one in self._lines if keep_open and one.is_open]

    def _add(self, line: Line) -> None:
        self._places += 1
        placed = replace(line, place=self._places, change=self._places)
        self._lines = [*self._lines, placed][-MOST:]
