"""The free texts of a referral: as they were written, who read each, what each says in English."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from api.domain.errors import NotFoundError, RefusedError
from api.domain.referral import Referral
from api.domain.staff import StaffAsker
from api.persistence import audit, texts
from api.persistence.texts import Reading
from api.services import opening
from api.services.desk import Desk
from api.services.finding import find
from api.services.freetexts import free_texts
from api.services.unread import reader

PLACE = {"table": "text_rendering", "column": "sealed"}


@dataclass(frozen=True, slots=True)
class English:
    """What a text says in English: by whom, when, and whether an interpreter put it so."""

    words: str
    name: str
    at: datetime
    interpreted: bool


@dataclass(frozen=True, slots=True)
class ReadText:
    """A text as it was written; `reading` is None while nobody has read it."""

    which: str
    words: str
    reading: Reading | None
    english: tuple[English, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """All free texts of one referral, in the language of its talk.

    `reads_it`: the asker reads that language, as far as they have told us.
    """

    referral: Referral
    texts: tuple[ReadText, ...]
    reads_it: bool

    @property
    def unread(self) -> int:
        """How many of them nobody has read."""
        return sum(one.reading is None for one in self.texts)


@dataclass(frozen=True, slots=True)
class NewEnglish:
    """What somebody types and signs; `interpreted`: as an interpreter told it to them."""

    words: str
    interpreted: bool


async def sheet(desk: Desk, asker: StaffAsker, reference: str) -> Sheet:
    """The free texts of a referral; that they were looked at is recorded.

    Raises:
        NotFoundError: there is none such, or it is not the asker's to see.
    """

    def work(connection: Connection) -> Sheet:
        found = find(asker, connection, reference)
        _record(desk, asker, connection, "texts.read", found)
        seen = _sheet(desk, asker, connection, found)
        _count(connection, seen)
        return seen

    return await desk.database.write(work)


async def beside(desk: Desk, asker: StaffAsker, reference: str) -> Sheet:
    """The same, beside what else is shown of the referral: that has been recorded already.

    Raises:
        NotFoundError: there is none such, or it is not the asker's to see.
    """

    def read(connection: Connection) -> tuple[Sheet, int]:
        found = find(asker, connection, reference, to_change=False)
        seen = _sheet(desk, asker, connection, found)
        return seen, texts.count_of(asker, connection, found.id)

    seen, kept = await desk.database.read(read)
    if kept != seen.unread:
        await desk.database.write(lambda c: _count(c, seen))
    return seen


async def mark_read(desk: Desk, asker: StaffAsker, reference: str, which: str) -> bool:
    """Note that the asker has read a text; False when somebody had read it before.

    Raises:
        NotFoundError: there is no such text for the asker.
        RefusedError: they do not read its language, and nobody has put it into English.
    """

    def work(connection: Connection) -> bool:
        found = find(asker, connection, reference)
        seen = _sheet(desk, asker, connection, found)
        text = _text(seen, which)
        if not seen.reads_it and not text.english:
            raise RefusedError
        return _mark(desk, asker, connection, seen, which)

    return await desk.write(work)


async def add_english(
    desk: Desk, asker: StaffAsker, reference: str, which: str, new: NewEnglish
) -> None:
    """Keep what a text says in English beside it, signed by the asker, who has read it by that.

    What was added before stays: whoever knows better adds another.

    Raises:
        NotFoundError: there is no such text for the asker.
        RefusedError: they do not read its language, and no interpreter told them.
    """

    def work(connection: Connection) -> None:
        found = find(asker, connection, reference)
        seen = _sheet(desk, asker, connection, found)
        _text(seen, which)
        if not seen.reads_it and not new.interpreted:
            raise RefusedError
        texts.add_rendering(
            connection,
            found.id,
            which,
            sealed=desk.vault.seal(new.words.encode(), **PLACE, row=found.reference),
            interpreted=new.interpreted,
            staff_id=asker.staff_id,
            at=desk.clock(),
        )
        _record(desk, asker, connection, "text.put_into_english", found)
        _mark(desk, asker, connection, seen, which)

    await desk.write(work)


def _sheet(desk: Desk, asker: StaffAsker, connection: Connection, found: Referral) -> Sheet:
    read = texts.readings(asker, connection, found.id)
    english = _english(desk, asker, connection, found)
    told = opening.told(desk, asker, connection, found)
    return Sheet(
        referral=found,
        texts=tuple(
            ReadText(one.which, one.words, read.get(one.which), tuple(english.get(one.which, ())))
            for one in free_texts(told)
        ),
        reads_it=reader(asker, connection).reads(found.language),
    )


def _english(
    desk: Desk, asker: StaffAsker, connection: Connection, found: Referral
) -> dict[str, list[English]]:
    english: dict[str, list[English]] = {}
    for one in texts.renderings(asker, connection, found.id):
        words = desk.vault.open(one.sealed, **PLACE, row=found.reference).decode()
        kept = English(words, one.name, one.at, one.interpreted)
        english.setdefault(one.which, []).append(kept)
    return english


def _text(seen: Sheet, which: str) -> ReadText:
    for one in seen.texts:
        if one.which == which:
            return one
    raise NotFoundError


def _mark(desk: Desk, asker: StaffAsker, connection: Connection, seen: Sheet, which: str) -> bool:
    found = seen.referral
    if not texts.mark_read(connection, found.id, which, asker.staff_id, desk.clock()):
        return False
    texts.set_unread(connection, found.id, seen.unread - 1)
    _record(desk, asker, connection, "text.marked_read", found)
    return True


def _record(
    desk: Desk, asker: StaffAsker, connection: Connection, action: str, found: Referral
) -> None:
    audit.record(asker, connection, action=action, subject=found.reference, at=desk.clock())


def _count(connection: Connection, seen: Sheet) -> None:
    """Put right how many are unread: the step to these tables could not look into seals."""
    texts.set_unread(connection, seen.referral.id, seen.unread)
