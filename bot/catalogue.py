"""One language's messages, as they were shipped and as they were released since."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import Self

from babel import Locale
from babel.dates import get_month_names
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations

from bot.dialogue.effects import Words
from common.contract.languages import BY_CODE

DOMAIN = "messages"

Name = tuple[str, str]
"""A message's step and id."""


def _germanic(count: int) -> int:
    return int(count != 1)


@dataclass(frozen=True)
class Released:
    """One language's words of a publication: those that can be used, and what chooses a form."""

    texts: Mapping[Name, tuple[str, ...]] = field(default_factory=dict)
    plural: Callable[[int], int] = _germanic


@dataclass(frozen=True)
class Catalogue:
    """One language: its messages, and how it writes dates, numbers and lists.

    What was `released` goes before what was shipped. `shipped` are all forms of each message.
    """

    code: str
    messages: Translations
    locale: Locale
    shipped: Mapping[Name, tuple[str, ...]] = field(default_factory=dict)
    released: Released = field(default_factory=Released)

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read `<code>/LC_MESSAGES/messages.po`; the same gettext rules apply as to its .mo."""
        code = path.parent.parent.name
        compiled = BytesIO()
        with path.open("rb") as file:
            catalog = read_po(file, locale=None)
        write_mo(compiled, catalog)
        compiled.seek(0)
        return cls(code, Translations(compiled), _locale(code), dict(_forms(catalog)))

    @classmethod
    def empty(cls, code: str) -> Self:
        """A language that nothing was shipped in."""
        return cls(code, Translations(), _locale(code))

    @cached_property
    def _found(self) -> dict[Name, str | None]:
        return {}

    def find(self, text: Words) -> str | None:
        """The text of this message with its placeholders still open; None when it is missing."""
        if text.plural_id:
            return self._ask(text)
        name = text.step, text.id
        if name not in self._found:  # gettext puts a key together each time it is asked
            self._found[name] = self._ask(text)
        return self._found[name]

    def _ask(self, text: Words) -> str | None:
        if forms := self.released.texts.get((text.step, text.id)):
            return forms[self.released.plural(text.count)] if text.plural_id else forms[0]
        messages = self.messages
        if text.plural_id:
            found = str(messages.npgettext(text.step, text.id, text.plural_id, text.count))
        else:
            found = str(messages.pgettext(text.step, text.id))
        return None if found in {text.id, text.plural_id} else found

    @cached_property
    def months(self) -> Mapping[str, int]:
        """Month names, casefolded, to 1-12.

        A name that is a number, as Vietnamese has, is read as a number.
        """
        return {
            name.casefold().strip("."): number
            for width in ("wide", "abbreviated")
            for context in ("format", "stand-alone")
            for number, name in get_month_names(width, context, self.locale).items()
            if not any(one.isdigit() for one in name)
        }


def _locale(code: str) -> Locale:
    return Locale.parse(BY_CODE[code].bcp47, sep="-")


def _forms(catalog: Catalog) -> Iterator[tuple[Name, tuple[str, ...]]]:
    for message in catalog:
        if not message.id or not message.string or message.fuzzy:
            continue
        named = message.id if isinstance(message.id, str) else message.id[0]
        forms = (message.string,) if isinstance(message.string, str) else tuple(message.string)
        yield (message.context or "", named), forms
