"""Clips that speak a question aloud: what may be one, and what an Ogg Opus file says of itself."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

SHORTEST, LONGEST = 1.0, 90.0  # seconds
MOST_BYTES = 3 * 1024 * 1024
"""Of what is uploaded; a minute and a half as any phone records it is less."""
TOO_QUIET = -38.0  # LUFS, integrated: below it nothing is heard on a phone in a street
MOST_CLIPPED = 0.002  # of all samples at the very top: more than that is heard as crackling

_PAGE = struct.Struct("<4sBBqIIIB")
_OPUS_RATE = 48_000
_HEAD = struct.Struct("<8sBBHIhB")


class NotOpusError(ValueError):
    """These bytes are no Ogg Opus file that could be played."""


@dataclass(frozen=True, slots=True)
class Sound:
    """What was measured: seconds, LUFS, and which share of the samples is at the very top.

    What could not be measured is None.
    """

    seconds: float
    loudness: float | None = None
    clipped: float | None = None


@dataclass(frozen=True, slots=True)
class Clip:
    """A clip that is in place; `loudness` is in LUFS."""

    language: str
    step: str
    version: int
    sha256: str
    seconds: int
    loudness: float | None
    staff_id: int
    at: datetime


def fault_of(sound: Sound) -> str:
    """Why residents could not make use of this, in words for whoever recorded it; else empty."""
    if sound.seconds < SHORTEST:
        return "This is shorter than a second. Record the whole question, slowly."
    if sound.seconds > LONGEST:
        return (
            f"This takes {sound.seconds:.0f} seconds. People stop listening: say it in at most "
            f"{LONGEST:.0f}."
        )
    if sound.loudness is not None and sound.loudness < TOO_QUIET:
        return "This is too quiet to be heard outdoors. Come closer to the microphone."
    if sound.clipped is not None and sound.clipped > MOST_CLIPPED:
        return "This is so loud that it crackles. Move a little away from the microphone."
    return ""


def opus_seconds(body: bytes) -> float:
    """How long an Ogg Opus file of one voice takes.

    Raises:
        NotOpusError: it is none, or has more than one stream or than two channels.
    """
    first, last, serials = b"", 0, set()
    for number, (position, serial, content) in enumerate(_pages(body)):
        serials.add(serial)
        first = content if number == 0 else first
        last = max(last, position)
    if len(serials) != 1 or len(first) < _HEAD.size:
        raise NotOpusError("not one stream")
    magic, version, channels, skipped, *_ = _HEAD.unpack_from(first)
    if magic != b"OpusHead" or version >> 4 or channels not in {1, 2}:
        raise NotOpusError("not Opus")
    samples: int = max(last - skipped, 0)
    return samples / _OPUS_RATE


def _pages(body: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Each page's position, its stream and its content. Raises NotOpusError."""
    at = 0
    while at < len(body):
        if at + _PAGE.size > len(body):
            raise NotOpusError("cut off")
        magic, version, _, position, serial, _, _, segments = _PAGE.unpack_from(body, at)
        if magic != b"OggS" or version != 0:
            raise NotOpusError("not Ogg")
        start = at + _PAGE.size + segments
        end = start + sum(body[at + _PAGE.size : start])
        if end > len(body):
            raise NotOpusError("cut off")
        yield position, serial, body[start:end]
        at = end
