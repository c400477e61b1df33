"""Working on the words: writing them, having them read by a second person, talking about them."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection

from api.domain.errors import ChangedMeanwhileError, UnacceptableError
from api.domain.staff import StaffAsker
from api.domain.wording import Name, Texts, Wording
from api.persistence import audit, wordings
from api.services import wordbook
from api.services.desk import Desk
from api.services.wordbook import WORKSHOP, Book, Entry, for_coordinators
from common.runtime.database import locks

LONGEST = 8_000  # characters of a text: more than any channel shows
LONGEST_COMMENT = 2_000


@dataclass(frozen=True, slots=True)
class Seen:
    """A message in a language as somebody saw it who now does something with it."""

    language: str
    name: Name
    version: int


class FaultyWordsError(UnacceptableError):
    """Something in the words must be mended before they can be handed on for review."""


async def write(desk: Desk, asker: StaffAsker, seen: Seen, texts: Texts, *, ready: bool) -> None:
    """Keep new words; `ready` hands them on for review, and then nothing may be wrong with them.

    Raises:
        NotFoundError: there is no such message, or whoever asks is a prescriber.
        ChangedMeanwhileError: somebody else was first; theirs stays.
        FaultyWordsError: something must be mended.
    """

    def change(book: Book, entry: Entry) -> Wording:
        if any("\0" in text or len(text) > LONGEST for text in texts):
            raise UnacceptableError("texts", f"Write no more than {LONGEST:,} letters")
        if ready and any(one.must for one in book.faults(entry, texts)):
            raise FaultyWordsError("texts", "Something must be mended first")
        return entry.wording.written(texts, entry.english, asker.staff_id, ready=ready)

    await _change(desk, asker, seen, "written", change)


async def review(desk: Desk, asker: StaffAsker, seen: Seen) -> None:
    """Say, as a second person, that the words are right.

    Raises:
        NotFoundError: there is no such message, or whoever asks is a prescriber.
        ChangedMeanwhileError: the words are not those that were read any more.
        UnacceptableError: they wrote it themselves, or there is nothing to review.
        FaultyWordsError: something must be mended.
    """

    def change(book: Book, entry: Entry) -> Wording:
        if any(one.must for one in book.faults(entry)):
            raise FaultyWordsError("texts", "Something must be mended first")
        return entry.wording.reviewed(entry.english, asker.staff_id)

    await _change(desk, asker, seen, "reviewed", change)


async def comment(desk: Desk, asker: StaffAsker, language: str, name: Name, text: str) -> None:
    """Say something to the other coordinators about a message.

    Raises:
        NotFoundError: there is no such message, or whoever asks is a prescriber.
        UnacceptableError: it is empty or too long.
    """
    for_coordinators(asker)
    said = text.replace("\0", "").strip()
    if not said:
        raise UnacceptableError("comment", "Write something first")
    if len(said) > LONGEST_COMMENT:
        raise UnacceptableError("comment", f"Write no more than {LONGEST_COMMENT:,} letters")

    def work(connection: Connection) -> None:
        entry = wordbook.read(connection, language).entry(language, name)
        wordings.say(connection, entry.wording, said, asker.staff_id, desk.clock())

    await desk.database.write(work)


async def _change(
    desk: Desk,
    asker: StaffAsker,
    seen: Seen,
    deed: str,
    change: Callable[[Book, Entry], Wording],
) -> None:
    for_coordinators(asker)

    def work(connection: Connection) -> None:
        locks.hold(connection, WORKSHOP)
        book = wordbook.read(connection, seen.language)
        entry = book.entry(seen.language, seen.name)
        if entry.wording.version != seen.version:
            raise ChangedMeanwhileError
        changed = change(book, entry)
        now = desk.clock()
        wordings.keep(connection, changed, now)
        before, author = entry.wording.texts, asker.staff_id
        wordings.note(connection, changed, deed=deed, before=before, author=author, at=now)
        subject = f"words:{seen.language}:{seen.name.step}.{seen.name.id}"
        audit.record(asker, connection, action=f"words.{deed}", subject=subject, at=now)

    await desk.write(work)
