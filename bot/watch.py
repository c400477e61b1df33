"""Who is told what happens in conversations, to count it."""

from typing import Protocol


class Watch(Protocol):
    """Is told what happens, to count it. Takes codes and seconds, never what anybody said."""

    def received(self, channel: str) -> None:
        """Something that a person sent was stored."""
        ...

    def refused(self, channel: str) -> None:
        """Something came too fast and was not stored."""
        ...

    def turned(self, source: str, seconds: float) -> None:
        """A turn was stored, so many seconds after what it answers was received."""
        ...

    def broke(self, source: str) -> None:
        """A turn failed on a fault of ours."""
        ...

    def sent(self, channel: str, seconds: float) -> None:
        """All of an answer is out, so many seconds after what it answers was received."""
        ...

    def send_failed(self, channel: str, how: str) -> None:
        """A try to send did not succeed: `again`, `refused`, `blocked` or `broken`."""
        ...


class Unwatched:
    """Nobody counts."""

    def received(self, channel: str) -> None: ...
    def refused(self, channel: str) -> None: ...
    def turned(self, source: str, seconds: float) -> None: ...
    def broke(self, source: str) -> None: ...
    def sent(self, channel: str, seconds: float) -> None: ...
    def send_failed(self, channel: str, how: str) -> None: ...
