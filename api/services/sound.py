"""Makes Ogg Opus of whatever a microphone or a phone has recorded, with ffmpeg where it is.

What comes in is trusted with nothing: fixed arguments, known containers only, no network, a file
of our own in a folder of its own, and an end to time and size.
"""

import asyncio
import contextlib
import re
import shutil
import signal
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from api.domain.clips import LONGEST, NotOpusError, Sound, opus_seconds

PROGRAM = "ffmpeg"
PATIENCE = 30.0  # seconds for a minute and a half of sound
_MOST_OUT = 2 * 1024 * 1024  # bytes
_CONTAINERS = "ogg,matroska,webm,mov,wav,mp3,aac,flac"
_FIGURE = r"(-?[0-9]+(?:\.[0-9]+)?|-inf|nan)"
_LOUDNESS = re.compile(rf"^\s+I:\s+{_FIGURE} LUFS", re.MULTILINE)
_SAMPLES = re.compile(r"n_samples: ([0-9]+)")
_AT_THE_TOP = re.compile(r"histogram_0db: ([0-9]+)")


class UnusableError(ValueError):
    """These bytes cannot be made a clip; the text says to a coordinator what to do."""


@dataclass(frozen=True, slots=True)
class Converted:
    """A clip as Ogg Opus, and what was measured of it."""

    body: bytes
    sound: Sound


def converter() -> str:
    """Where ffmpeg is; empty when it is not installed."""
    return shutil.which(PROGRAM) or ""


async def to_opus(body: bytes, program: str) -> Converted:
    """The sound as Ogg Opus; without a `program` only what is that already is taken.

    Raises:
        UnusableError: it is no sound that can be read.
    """
    if not program:
        return _as_it_is(body)
    with tempfile.TemporaryDirectory(prefix="doorway-clip-") as folder:
        path = Path(folder) / "recorded"
        await asyncio.to_thread(path.write_bytes, body)
        code, made, said = await _run(_arguments(program, path), Path(folder))
    if code != 0 or not made:
        raise UnusableError("This could not be read as sound. Record it anew, or try another file.")
    return Converted(made, _measured(made, said))


def _as_it_is(body: bytes) -> Converted:
    try:
        return Converted(body, Sound(opus_seconds(body)))
    except NotOpusError:
        raise UnusableError(
            "Only Ogg Opus files can be taken here (they end in .ogg or .opus): ffmpeg, which "
            "converts all others, is not installed on the server."
        ) from None


def _arguments(program: str, path: Path) -> Sequence[str]:
    reading = ("-protocol_whitelist", "file,pipe", "-format_whitelist", _CONTAINERS)
    # A little more than may be, so that what is too long is told and not merely cut.
    sound = ("-map", "0:a:0", "-vn", "-sn", "-dn", "-t", str(LONGEST + 30))
    filters = ("-af", "ebur128=framelog=verbose,volumedetect")
    opus = ("-ac", "1", "-ar", "48000", "-c:a", "libopus", "-b:a", "32k", "-map_metadata", "-1")
    out = ("-fs", str(_MOST_OUT), "-f", "ogg", "pipe:1")
    calm = ("-nostdin", "-hide_banner", "-nostats", "-threads", "1")
    return (program, *calm, *reading, "-i", str(path), *sound, *filters, *opus, *out)


async def _run(arguments: Sequence[str], folder: Path) -> tuple[int, bytes, str]:
    """Its exit code, what it made and what it said. Raises UnusableError: it took too long."""
    running = await asyncio.create_subprocess_exec(
        *arguments,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        cwd=folder,
        env={"LC_ALL": "C"},
        start_new_session=True,
    )
    try:
        async with asyncio.timeout(PATIENCE):
            made, said = await running.communicate()
    except TimeoutError:
        raise UnusableError("This took too long to be read. Record it anew.") from None
    finally:
        if running.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                running.send_signal(signal.SIGKILL)
            await running.wait()
    return running.returncode or 0, made, said.decode("utf-8", "replace")


def _measured(made: bytes, said: str) -> Sound:
    try:
        seconds = opus_seconds(made)
    except NotOpusError:
        raise UnusableError("This could not be made a clip. Record it anew.") from None
    loudness = _LOUDNESS.findall(said)
    samples, top = _SAMPLES.findall(said), _AT_THE_TOP.findall(said)
    clipped = int(top[-1]) / int(samples[-1]) if top and samples and int(samples[-1]) else 0.0
    return Sound(seconds, _figure(loudness[-1]) if loudness else None, clipped)


def _figure(text: str) -> float:
    """Of silence the loudness has no bottom."""
    return -120.0 if text in {"-inf", "nan"} else float(text)
