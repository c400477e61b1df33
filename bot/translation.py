"""Turns effects into finished texts: catalogues, plurals, dates, isolation and escaping."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from html import escape, unescape
from pathlib import Path
from typing import Self

from bot.catalogue import DOMAIN, Catalogue
from bot.dialogue.effects import (
    AskContact,
    Button,
    CloseQuestion,
    DropContactButton,
    Effect,
    EraseChat,
    Label,
    Lines,
    Param,
    Redraw,
    Say,
    SetLanguage,
    Tidy,
    Toast,
    Verbatim,
    Words,
    words,
)
from bot.numerals import count_text, date_text
from bot.ports import PARAGRAPHS, Outgoing, OutgoingButton
from common.contract.languages import BY_CODE, LANGUAGES, SOURCE_LANGUAGE

_FSI, _PDI = "\u2068", "\u2069"
_TAG = re.compile(r"</?[a-z][^>]*>")
_LINK = re.compile(r'<a href="([^"]*)">(.*?)</a>')
_URL = re.compile(r"https?://")

COMMANDS: tuple[tuple[str, Words], ...] = (
    ("start", words("commands", "start")),
    ("help", words("commands", "help")),
    ("back", words("commands", "back")),
    ("language", words("commands", "language")),
    ("urgent", words("commands", "urgent")),
    ("callme", words("commands", "callme")),
    ("status", words("commands", "status")),
    ("privacy", words("commands", "privacy")),
    ("delete", words("commands", "delete")),
    ("stop", words("commands", "stop")),
)


# A language's own line over words that it lacks, and the button for hearing a message.
IN_ENGLISH = words("general", "in_english")
LISTEN = words("general", "listen")

# Twelve months parted by |, the ways that people spell each parted by /.
_MONTHS = words("date_of_birth", "month_spellings")
_PARAGRAPH = "\n\n"


class MissingWordsError(LookupError):
    """A message that no catalogue has, not even the source language's."""


class Translator:
    """All catalogues; what one lacks is taken from the source language.

    Translators' texts are never given to `str.format`: placeholders are `%(name)s` with a
    dict. Inserted values are escaped for HTML and isolated (FSI/PDI), so that a number keeps its
    order inside Arabic.
    """

    def __init__(self, catalogues: Mapping[str, Catalogue]) -> None:
        self._catalogues = catalogues
        self._months: dict[str, Mapping[str, int]] = {}

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read every language's catalogue under this folder."""
        found = (Catalogue.load(one) for one in path.glob(f"*/LC_MESSAGES/{DOMAIN}.po"))
        return cls({one.code: one for one in found})

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The languages that have a catalogue, in the order they are offered."""
        return tuple(one.code for one in LANGUAGES if one.code in self._catalogues)

    def spellings(self, label: Label, language: str) -> tuple[str, ...]:
        """The label in this language, split at `|` where it lists several spellings."""
        if isinstance(label, Verbatim):
            return (label.text,)
        return tuple(self._template(label, language).split("|"))

    def months(self, language: str) -> Mapping[str, int]:
        """Month names of this language and of English, casefolded, to 1-12."""
        if language not in self._months:
            self._months[language] = self._month_names(language)
        return self._months[language]

    def _month_names(self, language: str) -> Mapping[str, int]:
        names: dict[str, int] = {}
        for code in (SOURCE_LANGUAGE, self._catalogue(language).code):
            names |= self._catalogues[code].months
            for number, spellings in enumerate(self.spellings(_MONTHS, code), start=1):
                names |= dict.fromkeys(spellings.casefold().split("/"), number)
        return names

    def render(self, effect: Effect, language: str) -> Outgoing:
        """One effect as a channel can do it, in this language.

        Raises:
            ValueError: the effect is not for a channel.
        """
        catalogue = self._catalogue(language)
        outgoing = self._outgoing(effect, catalogue.code)
        direction = BY_CODE[catalogue.code].direction
        return replace(outgoing, language=catalogue.code, direction=direction)

    def html(self, text: Words | Lines, language: str) -> str:
        """The finished text, with <b>, <i> and <a> as the catalogues have them."""
        if isinstance(text, Lines):
            return "\n".join(self.html(one, language) for one in text.items)
        spoken = text.language or language
        values = {name: self._value(one, spoken) for name, one in text.params.items()}
        return self._template(text, spoken) % values

    def label(self, label: Label, language: str) -> str:
        """The finished text for a button or a notice, without markup."""
        if isinstance(label, Verbatim):
            return label.text
        return unescape(_TAG.sub("", self.html(label, language)))

    def _outgoing(self, effect: Effect, language: str) -> Outgoing:
        match effect:
            case Say():
                made = self._say("say", effect, language)
            case Redraw():
                made = self._say("redraw", effect.say, language)
            case AskContact(text=text, button=button):
                label = self.label(button, language)
                made = Outgoing("ask_contact", html=self.html(text, language), label=label)
            case DropContactButton():
                made = Outgoing("drop_contact", html=self.html(effect.text, language))
            case CloseQuestion():
                made = Outgoing("close")
            case Toast():
                made = Outgoing("answer", label=self.label(effect.text, language))
            case SetLanguage():
                made = Outgoing("commands", rows=(self.commands(effect.language),))
            case EraseChat():
                made = Outgoing("erase")
            case Tidy():
                made = Outgoing("tidy")
            case _:
                raise ValueError(f"no channel does {type(effect).__name__}")
        return made

    def commands(self, language: str) -> tuple[OutgoingButton, ...]:
        """The commands as they are registered: description and name."""
        return tuple(OutgoingButton(self.label(text, language), name) for name, text in COMMANDS)

    def _say(self, verb: str, say: Say, language: str) -> Outgoing:
        texts = [self.html(part, language) for part in say.parts]
        html = _PARAGRAPH.join(texts)
        spoken = [
            _spoken(part) or language
            for part, text in zip(say.parts, texts, strict=True)
            for _ in PARAGRAPHS.split(text)
        ]
        rows = tuple(tuple(self._button(one, language) for one in row) for row in say.rows)
        languages = tuple(spoken) if set(spoken) - {language} else ()
        return Outgoing(verb, html=html, rows=rows, question=say.question, languages=languages)

    def _button(self, button: Button, language: str) -> OutgoingButton:
        label = self.label(button.label, language)
        return OutgoingButton(label, button.data, button.toggle, button.chosen)

    def _value(self, value: Param, language: str) -> str:
        locale = self._catalogue(language).locale
        match value:
            case Words():
                return self.html(value, language)
            case tuple():
                return self._list(value, language)
            case date():
                return isolated(date_text(value, locale))
            case int():
                return count_text(value, locale)
            case str():
                # An address must stay clickable: an invisible mark inside would break the link.
                return escape(value) if _URL.match(value) else isolated(escape(value))

    def _list(self, values: Sequence[str | Words], language: str) -> str:
        texts = [self._value(one, language) for one in values]
        # Labels have commas of their own, so no comma parts them; free texts stand one a line.
        choices = all(isinstance(one, Words) for one in values)
        return (" · " if choices else "\n").join(texts)

    def _template(self, text: Words, language: str) -> str:
        for catalogue in (self._catalogue(language), self._catalogues[SOURCE_LANGUAGE]):
            found = catalogue.find(text)
            if found is not None:
                return found
        raise MissingWordsError(f"{text.step}/{text.id}")

    def _catalogue(self, language: str) -> Catalogue:
        return self._catalogues.get(language) or self._catalogues[SOURCE_LANGUAGE]


def _spoken(part: Words | Lines) -> str:
    return part.language if isinstance(part, Words) else ""


def isolated(text: str) -> str:
    """The text between FSI and PDI, so that its direction disturbs nothing around it."""
    return f"{_FSI}{text}{_PDI}"


def plain_text(html: str) -> str:
    """A message without its markup, for a terminal or a log of a conversation."""
    linked = _LINK.sub(r"\2 (\1)", html)
    return unescape(_TAG.sub("", linked)).replace(_FSI, "").replace(_PDI, "")
