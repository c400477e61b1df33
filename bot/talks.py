"""What a channel without a platform of its own keeps of each talk: the lines that a page shows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.ports import Outgoing, Received


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a talk.

    `name` is its own within the talk. `said` is what Doorway said; None in a line of the
    person's, which has `text`. `place` orders the lines; 0 while the line has not had its turn.
    `change` is new whenever the line has changed. `is_open`: its buttons can be pressed.
    """

    name: str
    text: str = ""
    said: Outgoing | None = None
    place: int = 0
    change: int = 0
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Talk:
    """The lines in order, those that wait for their turn last.

    `change` is the talk's latest change. `whole`: these are all of its lines; otherwise only
    those that changed since the moment that was asked for. `asks`: one of all its lines is open.
    """

    lines: tuple[Line, ...] = ()
    change: int = 0
    whole: bool = True
    asks: bool = True


class Lines(Protocol):
    """The lines of talks, as a channel changes them."""

    async def say(self, conversation: str, said: Outgoing) -> None:
        """Add a line; its buttons are open."""
        ...

    async def redraw(self, conversation: str, said: Outgoing) -> None:
        """Put this in the place of the line that is open; add it when none is."""
        ...

    async def close(self, conversation: str) -> None:
        """No line is open any more."""
        ...

    async def take_up(self, conversation: str, name: str) -> None:
        """The person's line of this name has its turn now, and its place in the talk."""
        ...

    async def clear(self, conversation: str, *, keep_open: bool = False) -> None:
        """Delete the lines; with `keep_open` all but the open one and those yet to be heard."""
        ...


class Talks(Lines, Protocol):
    """Where the talks are kept. All they say is encrypted at rest."""

    async def receive(self, batch: Sequence[Received], mine: Line | None) -> None:
        """Store what arrived, as `Store.receive` does, with the person's line if it is new."""
        ...

    async def read(self, conversation: str, after: int = 0) -> Talk:
        """The talk, or what has changed in it after the change that is known already."""
        ...

    async def changes(self, conversations: Sequence[str]) -> Mapping[str, int]:
        """The latest change of each of these talks; one that there is not is left out."""
        ...

    async def settled(self, conversation: str) -> bool:
        """Whether everything that arrived has been answered."""
        ...
