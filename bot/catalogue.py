"""One language's messages, read from its gettext catalogue, and its ways of writing."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import Self

from babel import Locale
from babel.dates import get_month_names
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations

from bot.dialogue.effects import Words
from common.contract.languages import BY_CODE

DOMAIN = "messages"


@dataclass(frozen=True)
class Catalogue:
    """One language: its messages, and how it writes dates, numbers and lists."""

    code: str
    messages: Translations
    locale: Locale

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read `<code>/LC_MESSAGES/messages.po`; the same gettext rules apply as to its .mo."""
        code = path.parent.parent.name
        compiled = BytesIO()
        with path.open("rb") as file:
            write_mo(compiled, read_po(file, locale=None))
        compiled.seek(0)
        return cls(code, Translations(compiled), Locale.parse(BY_CODE[code].bcp47, sep="-"))

    @cached_property
    def _found(self) -> dict[tuple[str, str], str | None]:
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
