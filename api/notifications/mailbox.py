"""Letters as files, for when no mail server is set: whoever tries Doorway reads them there."""

import asyncio
import os
import tempfile
from itertools import count
from pathlib import Path

from api.notifications.transport import Letter, TransportError, envelope
from common.runtime.clock import Clock


class Mailbox:
    """Writes each letter to `<UTC time>-<reference>.eml`; no reader ever sees half of one."""

    def __init__(self, folder: Path, *, sender: str, clock: Clock) -> None:
        self._folder = folder
        self._sender = sender
        self._clock = clock

    async def send(self, letter: Letter) -> None:
        now = self._clock()
        name = f"{now:%Y%m%dT%H%M%SZ}-{letter.reference}"
        content = envelope(letter, self._sender, now).as_bytes()
        try:
            await asyncio.to_thread(_put, self._folder, name, content)
        except OSError as error:
            raise TransportError(type(error).__name__, permanent=False) from None


def _put(folder: Path, name: str, content: bytes) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=folder, prefix=".") as whole:
        whole.write(content)
        whole.flush()
        _link(Path(whole.name), folder, name)


def _link(whole: Path, folder: Path, name: str) -> None:
    """Give the file its name; a second letter of the same second gets a number."""
    for number in count(1):
        try:
            os.link(whole, folder / (f"{name}.eml" if number == 1 else f"{name}-{number}.eml"))
        except FileExistsError:
            continue
        return
