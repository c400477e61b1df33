"""Publications that were: what each has changed, and going back to the words of one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from api.domain.errors import ChangedMeanwhileError, NotFoundError
from api.domain.staff import StaffAsker
from api.domain.wording import Name, Texts, Wording
from api.persistence import audit, publications
from api.persistence.publications import Edition
from api.services import wordbook
from api.services.composing import Release, release
from api.services.desk import Desk
from api.services.wordbook import WORKSHOP, Book, for_coordinators
from common.contract.publication import Publication
from common.runtime.database import locks

MOST_EDITIONS = 50


@dataclass(frozen=True, slots=True)
class Difference:
    """What a publication has changed of one message."""

    language: str
    name: Name
    before: Texts
    after: Texts


async def editions(desk: Desk, asker: StaffAsker, before: int | None = None) -> list[Edition]:
    """The publications, newest first. Raises NotFoundError for a prescriber."""
    for_coordinators(asker)
    return await desk.database.read(
        lambda connection: publications.editions(connection, before=before, most=MOST_EDITIONS)
    )


async def edition(
    desk: Desk, asker: StaffAsker, version: int
) -> tuple[Edition, list[Difference], int]:
    """A publication, what it changed, and the newest version. Raises NotFoundError."""
    for_coordinators(asker)

    def look(connection: Connection) -> tuple[Edition, list[Difference], int]:
        found = publications.edition(connection, version)
        content = publications.content(connection, version)
        if found is None or content is None:
            raise NotFoundError
        earlier = publications.content(connection, version - 1)
        return found, differences(earlier, content), publications.newest(connection)

    return await desk.database.read(look)


async def restore(desk: Desk, asker: StaffAsker, version: int, seen: int) -> int:
    """Let residents see the words of an earlier publication again; the new version's number.

    It is a new publication: nothing is taken away. Helplines, phrases and voices stay as they
    are now, since they must be true today. Unpublished work on words is kept.

    Raises:
        NotFoundError: there is no such publication, or whoever asks is a prescriber.
        ChangedMeanwhileError: something newer than `seen` has been published.
    """
    for_coordinators(asker)

    def work(connection: Connection) -> int:
        locks.hold(connection, WORKSHOP)
        if publications.newest(connection) != seen:
            raise ChangedMeanwhileError
        earlier = publications.content(connection, version)
        if earlier is None:
            raise NotFoundError
        book = wordbook.read(connection)
        note = f"Back to the words of publication {version}"
        now = desk.clock()
        done = Release(asker.staff_id, note, "restored", now)
        new = release(connection, list(_as_they_were(book, earlier)), done)
        subject = f"publication:{version}"
        audit.record(asker, connection, action="words.restored", subject=subject, at=now)
        return new

    return await desk.write(work)


def differences(earlier: Publication | None, later: Publication) -> list[Difference]:
    """What is another in the later one, by language and in the order of the talk."""
    before, after = _texts(earlier) if earlier else {}, _texts(later)
    return [
        Difference(language, name, before.get((language, name), ()), texts)
        for (language, name), texts in after.items()
        if earlier is not None and before.get((language, name), ()) != texts
    ]


def _texts(publication: Publication) -> Mapping[tuple[str, Name], Texts]:
    return {
        (one.language, Name(message.step, message.id)): message.texts
        for one in publication.wordings
        for message in one.messages
    }


def _as_they_were(book: Book, earlier: Publication) -> Iterator[tuple[Wording, Wording]]:
    """Each message that residents would see otherwise, as it is and as it will be.

    What is newer than that publication, or has gone from Doorway since, stays as it is.
    """
    for (language, name), texts in _texts(earlier).items():
        one = book.wordings.get((language, name))
        if one is not None and one.published != texts:
            yield one, one.restored(texts)
