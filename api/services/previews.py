"""Previews: a coordinator's page is given a ticket, and the bot the newest words for it."""

import secrets
from datetime import timedelta
from urllib.parse import urlsplit

from sqlalchemy import Connection

from api.domain.errors import NotFoundError
from api.domain.staff import StaffAsker
from api.persistence import previews
from api.persistence.shipped_words import Step, shipped
from api.services import alongside, wordbook
from api.services.desk import Desk
from api.services.wordbook import Book, for_coordinators
from common.contract.languages import SOURCE_LANGUAGE
from common.contract.preview import Preview
from common.contract.publication import Publication, Wording

VALID = timedelta(minutes=2)


def steps(asker: StaffAsker, language: str) -> tuple[Step, ...]:
    """What can be looked at in this language, in the order of the talk.

    Raises:
        NotFoundError: there are no words in it, or they are not the asker's to see.
    """
    for_coordinators(asker)
    if language not in shipped().languages:
        raise NotFoundError
    return tuple(sorted(shipped().steps.values(), key=lambda one: one.place))


async def frame(desk: Desk, asker: StaffAsker, language: str, step: str) -> str:
    """The address at the bot that shows this step, once and within two minutes.

    Raises:
        NotFoundError: there is no such step or language, or they are not the asker's to see.
    """
    if step not in {one.name for one in steps(asker, language)}:
        raise NotFoundError
    ticket = secrets.token_urlsafe(32)
    now = desk.clock()

    def keep(connection: Connection) -> None:
        previews.drop_old(connection, now)
        previews.keep(connection, _hash(desk, ticket), language, step, now + VALID)

    await desk.database.write(keep)
    return f"{desk.chat_url.rstrip('/')}/preview?ticket={ticket}#now"


async def redeem(desk: Desk, ticket: str) -> Preview:
    """What a ticket opens; it is used up by that.

    Raises:
        NotFoundError: it was used already, it is too old, or there never was one.
    """

    def use(connection: Connection) -> Preview | None:
        opened = previews.use(connection, _hash(desk, ticket), desk.clock())
        return _preview(desk, connection, *opened) if opened else None

    found = await desk.database.write(use)
    if found is None:
        raise NotFoundError
    return found


def _preview(desk: Desk, connection: Connection, language: str, step: str) -> Preview:
    book = wordbook.read(connection, language)
    helplines, _, _ = alongside.beside(connection)
    codes = dict.fromkeys((SOURCE_LANGUAGE, language))
    words = Publication(
        version=0,
        etag="",
        wordings=tuple(_newest(book, code) for code in codes),
        helplines=helplines,
    )
    return Preview(language=language, step=step, framed_by=origin(desk.public_url), words=words)


def _newest(book: Book, language: str) -> Wording:
    messages = (one.message for one in book.entries(language) if one.wording.is_there)
    forms = book.shipped.plural_forms[language]
    return Wording(language=language, plural_forms=forms, messages=tuple(messages))


def origin(url: str) -> str:
    """The origin of an address."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _hash(desk: Desk, ticket: str) -> str:
    return desk.vault.fingerprint("preview", ticket)
