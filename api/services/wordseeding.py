"""Filling the workshop with the words that come with Doorway, and following newer ones."""

from sqlalchemy import Connection

from api.domain.wording import SHIPPED, Wording
from api.persistence import publications, wordings
from api.persistence.shipped_words import shipped
from api.services import alongside
from api.services.composing import Release, release
from api.services.seeding import SEEDING
from common.contract.languages import SOURCE_LANGUAGE
from common.runtime.clock import Clock
from common.runtime.database import Database, locks

AS_SHIPPED = "As shipped with Doorway"


async def seed_words(database: Database, clock: Clock, *, beside: bool = False) -> int:
    """Take in what is new in the shipped words, and publish it; how many messages that were.

    `beside`: other lists that go out with the words were shipped anew, and must not wait.

    What a person has changed stays theirs: only words that came with Doorway follow newer ones.
    """
    if not beside and await database.read(publications.made_with) == shipped().digest:
        return 0

    def fill(connection: Connection) -> int:
        locks.hold(connection, SEEDING)
        if publications.made_with(connection) == shipped().digest and not (
            beside and _beside_is_new(connection)
        ):
            return 0
        news = _news(connection)
        new = [after for before, after in news if before.version == 0]
        wordings.add(connection, new, clock())
        changed = [(before, after) for before, after in news if before.version]
        release(connection, changed, Release(SHIPPED, AS_SHIPPED, "shipped", clock()))
        return len(news)

    return await database.write(fill)


def _beside_is_new(connection: Connection) -> bool:
    """Whether no other process has published the lists meanwhile."""
    newest = publications.content(connection, publications.newest(connection))
    return alongside.has_changed(connection, newest)


def _news(connection: Connection) -> list[tuple[Wording, Wording]]:
    """What came otherwise than it is here: as it is, as it will be."""
    book, known = shipped(), wordings.everything(connection)
    english = book.texts[SOURCE_LANGUAGE]
    found = (
        (known.get((language, name)) or Wording(language, name), texts)
        for language in book.languages
        for name, texts in book.texts[language].items()
    )
    each = ((before, before.shipped(texts, english[before.name])) for before, texts in found)
    return [(before, after) for before, after in each if after != before]
