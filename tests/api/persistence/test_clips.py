"""Clips in each kind of store: put, put again, taken away; their bytes stay."""

from sqlalchemy import Connection

from api.domain.clips import Sound
from api.persistence import clips
from tests.support.clock import START
from tests.support.intake_api import KOFI, Api


def put(connection: Connection, sha256: str | None) -> None:
    clips.put(connection, "syl", "name", sha256=sha256, staff_id=KOFI, at=START)


def test_a_clip_is_replaced_and_taken_away(api: Api) -> None:
    def work(connection: Connection) -> None:
        for sha256, content in (("a" * 64, b"one"), ("b" * 64, b"two"), ("b" * 64, b"two")):
            clips.keep(connection, sha256, content, Sound(2.4, -20.04, 0.0))
            put(connection, sha256)
        (clip,) = clips.every(connection)
        assert (clip.sha256, clip.seconds, clip.loudness, clip.version) == ("b" * 64, 2, -20.0, 3)
        put(connection, None)
        assert clips.for_publication(connection) == ()
        assert clips.version(connection, "syl", "name") == 4
        assert clips.body(connection, "a" * 64) == b"one"
        assert clips.body(connection, "c" * 64) is None

    api.write(work)
    assert api.write(lambda c: clips.version(c, "bn", "name")) == 0
