"""Writes texts in one language, and notes whether any had to be in English instead."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from html import escape, unescape

from bot.catalogue import Catalogue
from bot.dialogue.effects import Label, Lines, Param, Verbatim, Words
from bot.numerals import count_text, date_text
from common.contract.languages import SOURCE_LANGUAGE, WRITTEN_AS

FSI, PDI = "\u2068", "\u2069"
TAG = re.compile(r"</?[a-z][^>]*>")

_URL = re.compile(r"https?://")

Written = tuple[str, str]
"""A finished text, and the code of the language it is in."""


class MissingWordsError(LookupError):
    """A message that no catalogue has, not even the source language's."""


class Pen:
    """One message's writer. `lacks` is true as soon as English had to stand in for a text.

    A text that stands in is English as a whole: its dates, counts and choices too.
    """

    __slots__ = ("_catalogues", "_own", "lacks", "language")

    def __init__(self, catalogues: Mapping[str, Catalogue], language: str) -> None:
        self._catalogues = catalogues
        self._own = self._in(language)
        self.language = self._own.code
        self.lacks = False

    def write(self, text: Words | Lines) -> Written:
        """The finished text, with <b>, <i> and <a> as the catalogues have them."""
        if isinstance(text, Lines):
            return self._lines(text)
        return self._words(text, self._own)

    def label(self, label: Label) -> Written:
        """The finished text for a button or a notice, without markup."""
        if isinstance(label, Verbatim):
            return label.text, self.language
        html, language = self._words(label, self._own)
        return unescape(TAG.sub("", html)), language

    def template(self, text: Words) -> str:
        """The text with its placeholders still open."""
        return self._found(text, self._own)[0]

    def _in(self, language: str) -> Catalogue:
        """A language that is hardly written is read in another one."""
        read = language if language in self._catalogues else WRITTEN_AS.get(language, "")
        return self._catalogues.get(read) or self._catalogues[SOURCE_LANGUAGE]

    def _lines(self, lines: Lines) -> Written:
        written = [self.write(one) for one in lines.items]
        languages = {language for _, language in written}
        if len(languages) == 1:
            return "\n".join(html for html, _ in written), languages.pop()
        return "\n".join(self._among(one, self.language) for one in written), self.language

    def _words(self, text: Words, around: Catalogue) -> Written:
        template, catalogue = self._found(text, around)
        if not text.params:
            return template % {}, catalogue.code
        values = {name: self._value(one, catalogue) for name, one in text.params.items()}
        return template % values, catalogue.code

    def _found(self, text: Words, around: Catalogue) -> tuple[str, Catalogue]:
        catalogue = self._in(text.language) if text.language else around
        found = catalogue.find(text)
        if found is None and catalogue.code != SOURCE_LANGUAGE:
            self.lacks = True
            catalogue = self._catalogues[SOURCE_LANGUAGE]
            found = catalogue.find(text)
        if found is None:
            raise MissingWordsError(f"{text.step}/{text.id}")
        return found, catalogue

    def _value(self, value: Param, around: Catalogue) -> str:
        match value:
            case Words():
                return self._among(self._words(value, around), around.code)
            case tuple():
                return self._list(value, around)
            case date():
                return isolated(date_text(value, around.locale))
            case int():
                return count_text(value, around.locale)
            case str():
                # An address must stay clickable: an invisible mark inside would break the link.
                return escape(value) if _URL.match(value) else isolated(escape(value))

    def _list(self, values: Sequence[str | Words], around: Catalogue) -> str:
        texts = [self._value(one, around) for one in values]
        # Labels have commas of their own, so no comma parts them; free texts stand one a line.
        choices = all(isinstance(one, Words) for one in values)
        return (" · " if choices else "\n").join(texts)

    def _among(self, written: Written, around: str) -> str:
        """English amid another language keeps its own direction."""
        html, language = written
        return html if language == around else isolated(html)


def isolated(text: str) -> str:
    """The text between FSI and PDI, so that its direction disturbs nothing around it."""
    return f"{FSI}{text}{PDI}"
