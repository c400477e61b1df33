"""Sounds for tests: Ogg Opus made by hand, and waves for a real converter."""

import io
import math
import struct
import wave

RATE = 48_000


def page(content: bytes, *, position: int = 0, serial: int = 1) -> bytes:
    """One page of an Ogg file; its check sum is left out."""
    sizes = [255] * (len(content) // 255) + [len(content) % 255]
    head = struct.pack("<4sBBqIIIB", b"OggS", 0, 0, position, serial, 0, 0, len(sizes))
    return head + bytes(sizes) + content


def ogg_opus(seconds: float, *, channels: int = 1, version: int = 1, mark: bytes = b"") -> bytes:
    """A file that says it takes so long; there is no sound in it. `mark` makes it another one."""
    skipped = 312
    head = struct.pack("<8sBBHIhB", b"OpusHead", version, channels, skipped, RATE, 0, 0)
    tags = b"OpusTags" + bytes(8)
    last = round(seconds * RATE) + skipped
    return page(head) + page(tags) + page(b"\xf8\xff\xfe" * 40 + mark, position=last)


def waves(seconds: float, *, loud: float = 0.3) -> bytes:
    """A tone as a WAV file; `loud` over 1 is cut off at the top."""
    with io.BytesIO() as file:
        with wave.open(file, "wb") as out:
            out.setnchannels(1)
            out.setsampwidth(2)
            out.setframerate(16_000)
            samples = (
                max(-1.0, min(1.0, loud * math.sin(2 * math.pi * 300 * at / 16_000)))
                for at in range(160)  # three whole waves, which are all there is to hear
            )
            three = b"".join(struct.pack("<h", round(32_767 * one)) for one in samples)
            count = int(seconds * 16_000)
            out.writeframes((three * (count // 160 + 1))[: 2 * count])
        return file.getvalue()
