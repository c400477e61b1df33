"""Making a publication of the words as they are, and keeping what it has changed."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from api.domain.wording import Name, Texts, Wording
from api.persistence import publications, wordings
from api.persistence.shipped_words import shipped
from api.services import alongside
from api.services.wordbook import as_message
from common.contract.publication import Publication
from common.contract.publication import Wording as Published


@dataclass(frozen=True, slots=True)
class Release:
    """Who publishes (None for Doorway itself), with which note, as which deed, and when."""

    author: int | None
    note: str
    deed: str
    at: datetime


def release(
    connection: Connection, changed: Sequence[tuple[Wording, Wording]], done: Release
) -> int:
    """Keep these messages (as they were, as they are), and publish; the new version's number."""
    for before, after in changed:
        wordings.keep(connection, after, done.at)
        wordings.note(
            connection,
            after,
            deed=done.deed,
            before=before.published,
            author=done.author,
            at=done.at,
        )
    version = publications.newest(connection) + 1
    everything = wordings.everything(connection)
    made = compose(connection, version, {at: one.published for at, one in everything.items()})
    publications.add(
        connection, made, author=done.author, note=done.note, changed=len(changed), at=done.at
    )
    return version


def compose(
    connection: Connection, version: int, wanted: Mapping[tuple[str, Name], Texts]
) -> Publication:
    """A publication of these texts, with the helplines, phrases and voices of now."""
    book = shipped()
    lines, phrases, clips = alongside.beside(connection)
    made = Publication(
        version=version,
        etag="",
        wordings=tuple(
            Published(
                language=language,
                plural_forms=book.plural_forms[language],
                messages=tuple(
                    as_message(name, book.plural_ids.get(name, ""), texts)
                    for name in book.names
                    if (texts := wanted.get((language, name), ()))
                ),
            )
            for language in book.languages
        ),
        helplines=lines,
        phrases=phrases,
        clips=clips,
    )
    etag = hashlib.sha256(made.model_dump_json().encode()).hexdigest()[:32]
    return made.model_copy(update={"etag": etag})
