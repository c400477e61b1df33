"""What may be a clip: long enough and not too long, loud enough and not too loud, Ogg Opus."""

import pytest

from api.domain.clips import NotOpusError, Sound, fault_of, opus_seconds
from tests.support.sound import ogg_opus, page


@pytest.mark.parametrize(
    ("sound", "said"),
    [
        (Sound(1.0), ""),
        (Sound(90.0, -20.0, 0.0), ""),
        (Sound(0.9), "shorter than a second"),
        (Sound(91.2), "takes 91 seconds"),
        (Sound(5.0, -38.1), "too quiet"),
        (Sound(5.0, -12.0, 0.01), "crackles"),
    ],
)
def test_what_can_be_used_and_why_not(sound: Sound, said: str) -> None:
    fault = fault_of(sound)
    assert bool(fault) is bool(said)
    assert said in fault


@pytest.mark.parametrize("seconds", [1.0, 2.5, 90.0])
def test_how_long_it_takes_is_read_from_the_file(seconds: float) -> None:
    assert opus_seconds(ogg_opus(seconds)) == pytest.approx(seconds)
    assert opus_seconds(ogg_opus(seconds, channels=2)) == pytest.approx(seconds)


GOOD = ogg_opus(2.0)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"RIFF",
        b"<html>" * 100,
        GOOD[:-3],
        GOOD + b"OggS",
        GOOD + page(b"x", serial=9),
        page(b"OpusHea"),
        page(b"\x01vorbis" + bytes(30)),
        ogg_opus(2.0, channels=6),
        ogg_opus(2.0, version=16),
    ],
)
def test_what_is_no_ogg_opus_of_one_voice_is_refused(body: bytes) -> None:
    with pytest.raises(NotOpusError):
        opus_seconds(body)


def test_a_file_that_claims_nothing_takes_no_time() -> None:
    assert opus_seconds(ogg_opus(0.0)) == 0.0
