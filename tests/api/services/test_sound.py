"""Whatever a phone has recorded becomes Ogg Opus, is measured, and is trusted with nothing."""

from pathlib import Path

import pytest

from api.domain.clips import fault_of, opus_seconds
from api.services.sound import UnusableError, converter, to_opus
from tests.support.sound import ogg_opus, waves

FFMPEG = converter()


def test_the_converter_is_here() -> None:
    assert FFMPEG, "install ffmpeg, as `make browser` does: what is below needs it"


async def test_a_recording_is_converted_and_measured() -> None:
    made = await to_opus(waves(2.0), FFMPEG)
    assert made.body.startswith(b"OggS")
    assert opus_seconds(made.body) == pytest.approx(2.0, abs=0.05)
    assert made.sound.seconds == pytest.approx(2.0, abs=0.05)
    assert made.sound.loudness is not None
    assert -30 < made.sound.loudness < -5
    assert fault_of(made.sound) == ""


@pytest.mark.parametrize(
    ("recorded", "said"),
    [
        (waves(0.4), "shorter"),
        (waves(93), "People stop listening"),
        (waves(2, loud=0.001), "too quiet"),
        (waves(2, loud=0.0), "too quiet"),
        (waves(2, loud=4.0), "crackles"),
    ],
    ids=["short", "long", "quiet", "silent", "loud"],
)
async def test_what_could_not_be_used_is_noticed(recorded: bytes, said: str) -> None:
    assert said in fault_of((await to_opus(recorded, FFMPEG)).sound)


def playlist(secret: Path) -> bytes:
    return f"#EXTM3U\n#EXTINF:1,\nfile://{secret}\n#EXT-X-ENDLIST\n".encode()


def concatenation(secret: Path) -> bytes:
    return f"ffconcat version 1.0\nfile '{secret}'\n".encode()


@pytest.mark.parametrize("trick", [playlist, concatenation], ids=["playlist", "concat"])
async def test_no_file_of_ours_is_read_by_a_trick(tmp_path: Path, trick: object) -> None:
    secret = tmp_path / "secret.wav"
    secret.write_bytes(waves(2.0))
    assert callable(trick)
    with pytest.raises(UnusableError, match="could not be read as sound"):
        await to_opus(trick(secret), FFMPEG)


@pytest.mark.parametrize("body", [b"no sound", b"OggS" * 100, b"\x00" * 1000])
async def test_what_is_no_sound_is_refused(body: bytes) -> None:
    with pytest.raises(UnusableError):
        await to_opus(body, FFMPEG)


async def test_without_a_converter_only_what_is_ready_is_taken() -> None:
    made = await to_opus(ogg_opus(2.0), "")
    assert (made.body, made.sound.seconds) == (ogg_opus(2.0), 2.0)
    assert (made.sound.loudness, made.sound.clipped) == (None, None)
    with pytest.raises(UnusableError, match="ffmpeg"):
        await to_opus(waves(2.0), "")
