"""Spoken clips in the store: which is in place for a step in a language, and the bytes of all."""

from datetime import datetime

from sqlalchemy import Connection, insert, select
from sqlalchemy.dialects.postgresql import insert as insert_or_change

from api.domain.clips import Clip, Sound
from api.persistence.tables import CLIP, CLIP_AUDIO, CLIP_HISTORY
from common.contract.publication import Clip as PublishedClip

_TENTHS = 10


def every(connection: Connection) -> list[Clip]:
    """All that are in place."""
    table, audio = CLIP, CLIP_AUDIO
    found = (
        select(table, audio.c.seconds, audio.c.loudness)
        .join(audio, audio.c.sha256 == table.c.sha256)
        .order_by(table.c.language, table.c.step)
    )
    return [
        Clip(
            language=row.language,
            step=row.step,
            version=row.version,
            sha256=row.sha256,
            seconds=row.seconds,
            loudness=None if row.loudness is None else row.loudness / _TENTHS,
            staff_id=row.staff_id,
            at=row.at,
        )
        for row in connection.execute(found)
    ]


def for_publication(connection: Connection) -> tuple[PublishedClip, ...]:
    """Those in place, as they go out."""
    return tuple(
        PublishedClip(language=one.language, step=one.step, sha256=one.sha256, seconds=one.seconds)
        for one in every(connection)
    )


def body(connection: Connection, sha256: str) -> bytes | None:
    """The bytes of a clip that is or once was in place."""
    found = select(CLIP_AUDIO.c.body).where(CLIP_AUDIO.c.sha256 == sha256)
    return connection.scalar(found)


def version(connection: Connection, language: str, step: str) -> int:
    """How often the clip of a step in a language was changed."""
    found = select(CLIP.c.version).where(CLIP.c.language == language, CLIP.c.step == step)
    return connection.scalar(found) or 0


def keep(connection: Connection, sha256: str, content: bytes, sound: Sound) -> None:
    """Keep a clip's bytes, unless they are there already."""
    loudness = None if sound.loudness is None else round(sound.loudness * _TENTHS)
    seconds = max(1, round(sound.seconds))
    row = {"sha256": sha256, "body": content, "seconds": seconds, "loudness": loudness}
    connection.execute(insert_or_change(CLIP_AUDIO).values(row).on_conflict_do_nothing())


def put(  # noqa: PLR0913 where, what, and by whom
    connection: Connection,
    language: str,
    step: str,
    *,
    sha256: str | None,
    staff_id: int,
    at: datetime,
) -> None:
    """Put a clip in its place, or without a `sha256` nothing."""
    row = {
        "language": language,
        "step": step,
        "version": version(connection, language, step) + 1,
        "sha256": sha256,
        "staff_id": staff_id,
        "at": at,
    }
    placed = insert_or_change(CLIP).values(row)
    fresh = {name: placed.excluded[name] for name in ("version", "sha256", "staff_id", "at")}
    where = ["language", "step"]
    connection.execute(placed.on_conflict_do_update(index_elements=where, set_=fresh))
    connection.execute(insert(CLIP_HISTORY), row)
