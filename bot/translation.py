"""Turns effects into finished things to say: catalogues, paragraphs, buttons and commands."""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from html import unescape
from pathlib import Path
from typing import Self

from bot.catalogue import DOMAIN, Catalogue, Name
from bot.dialogue.effects import (
    AskContact,
    Button,
    CloseQuestion,
    DropContactButton,
    Effect,
    EraseChat,
    Label,
    Lines,
    Play,
    Redraw,
    Say,
    SetLanguage,
    Tidy,
    Toast,
    Verbatim,
    Words,
    words,
)
from bot.dialogue.values import replace
from bot.pen import FSI, PDI, TAG, Pen, Written, isolated
from bot.ports import PARAGRAPHS, Outgoing, OutgoingButton
from common.contract.languages import BY_CODE, LANGUAGES, SOURCE_LANGUAGE

_LINK = re.compile(r'<a href="([^"]*)">(.*?)</a>')

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


# What is only to be done, without a word.
_BARE: Mapping[type[Effect], str] = {CloseQuestion: "close", EraseChat: "erase", Tidy: "tidy"}

Lacking = Callable[[str], None]
"""Told the language of each message of which something had to be said in English."""


class Translator:
    """All catalogues; what one lacks is taken from the source language, and the person is told.

    Translators' texts are never given to `str.format`: placeholders are `%(name)s` with a
    dict. Inserted values are escaped for HTML and isolated (FSI/PDI), so that a number keeps its
    order inside Arabic.
    """

    def __init__(
        self, catalogues: Mapping[str, Catalogue], lacking: Lacking = lambda _: None
    ) -> None:
        self._catalogues = catalogues
        self._lacking = lacking
        self._months: dict[str, Mapping[str, int]] = {}
        self._spellings: dict[tuple[Name, str], tuple[str, ...]] = {}

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read every language's catalogue under this folder."""
        return cls(load_catalogues(path))

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The languages that have a catalogue, in the order they are offered."""
        return tuple(one.code for one in LANGUAGES if one.code in self._catalogues)

    def spellings(self, label: Label, language: str) -> tuple[str, ...]:
        """The label in this language, split at `|` where it lists several spellings."""
        if isinstance(label, Verbatim):
            return (label.text,)
        name = (label.step, label.id), label.language or language
        if name not in self._spellings:  # a text is compared with dozens of labels
            spelt = self._pen(language).template(label).split("|")
            self._spellings[name] = tuple(spelt)
        return self._spellings[name]

    def months(self, language: str) -> Mapping[str, int]:
        """Month names of this language and of English, casefolded, to 1-12."""
        if language not in self._months:
            self._months[language] = self._month_names(language)
        return self._months[language]

    def _month_names(self, language: str) -> Mapping[str, int]:
        names: dict[str, int] = {}
        for code in (SOURCE_LANGUAGE, self._pen(language).language):
            names |= self._catalogues[code].months
            for number, spellings in enumerate(self.spellings(_MONTHS, code), start=1):
                names |= dict.fromkeys(spellings.casefold().split("/"), number)
        return names

    def render(self, effect: Effect, language: str) -> Outgoing:
        """One effect as a channel can do it, in this language.

        Raises:
            ValueError: the effect is not for a channel.
        """
        pen = self._pen(language)
        outgoing = self._outgoing(effect, pen)
        if pen.lacks:
            self._lacking(pen.language)
        direction = BY_CODE[pen.language].direction
        clip = outgoing.clip or _clip(outgoing, language)
        return replace(outgoing, language=pen.language, direction=direction, clip=clip)

    def html(self, text: Words | Lines, language: str) -> str:
        """The finished text, with <b>, <i> and <a> as the catalogues have them."""
        return self._pen(language).write(text)[0]

    def label(self, label: Label, language: str) -> str:
        """The finished text for a button or a notice, without markup."""
        return self._pen(language).label(label)[0]

    def commands(self, language: str) -> tuple[OutgoingButton, ...]:
        """The commands as they are registered: description and name."""
        return _commands(self._pen(language))

    def has(self, text: Words, language: str) -> bool:
        """Whether this language has the text, so that English need not stand in for it."""
        pen = self._pen(language)
        pen.template(text)
        return not pen.lacks

    def _pen(self, language: str) -> Pen:
        return Pen(self._catalogues, language)

    def _outgoing(self, effect: Effect, pen: Pen) -> Outgoing:
        match effect:
            case Say():
                made = _say("say", effect, pen)
            case Redraw():
                made = _say("redraw", effect.say, pen)
            case AskContact(text=text, button=button):
                label, _ = pen.label(button)
                made = replace(_message("ask_contact", (text,), pen), label=label)
            case DropContactButton():
                made = _message("drop_contact", (effect.text,), pen)
            case CloseQuestion() | EraseChat() | Tidy():
                made = Outgoing(_BARE[type(effect)])
            case Toast():
                made = Outgoing("answer", label=_notice(effect.text, pen))
            case SetLanguage():
                made = Outgoing("commands", rows=(self.commands(effect.language),))
            case Play():
                heard = f"{effect.language}/{effect.step}"
                made = Outgoing("play", label=pen.label(LISTEN)[0], clip=heard)
            case _:
                raise ValueError(f"no channel does {type(effect).__name__}")
        return made


def _clip(outgoing: Outgoing, language: str) -> str:
    """What can be heard of a question, for a channel that needs no button for it."""
    pressed = {one.data for row in outgoing.rows for one in row}
    return f"{language}/{outgoing.question}" if "do=listen" in pressed else ""


def load_catalogues(path: Path) -> Mapping[str, Catalogue]:
    """Every language's catalogue under this folder, by its code."""
    found = (Catalogue.load(one) for one in path.glob(f"*/LC_MESSAGES/{DOMAIN}.po"))
    return {one.code: one for one in found}


def _say(verb: str, say: Say, pen: Pen) -> Outgoing:
    rows = tuple(tuple(_button(one, pen) for one in row) for row in say.rows)
    told = _message(verb, say.parts, pen)
    return replace(told, rows=rows, question=say.question)


def _message(verb: str, parts: Sequence[Words | Lines], pen: Pen) -> Outgoing:
    """The parts as paragraphs; before the first that is in English only, the line that says so.

    Buttons that were in English already have it said below all else, just above them.
    """
    on_buttons, pen.lacks = pen.lacks, False
    written: list[Written] = []
    place = None
    for part in parts:
        written.append(pen.write(part))
        if pen.lacks and place is None:
            place = len(written) - 1
    pen.lacks = pen.lacks or on_buttons
    if pen.lacks:
        written.insert(len(parts) if place is None else place, pen.write(IN_ENGLISH))
    html = _PARAGRAPH.join(text for text, _ in written)
    spoken = tuple(language for text, language in written for _ in PARAGRAPHS.split(text))
    return Outgoing(verb, html=html, languages=spoken if set(spoken) - {pen.language} else ())


def _notice(text: Words, pen: Pen) -> str:
    """A notice has no paragraphs: the line stands above, and English keeps its direction."""
    label, _ = pen.label(text)
    if not pen.lacks:
        return label
    return f"{pen.label(IN_ENGLISH)[0]}\n{isolated(label)}"


def _button(button: Button, pen: Pen) -> OutgoingButton:
    label, language = pen.label(button.label)
    foreign = "" if language == pen.language else language
    return OutgoingButton(label, button.data, button.toggle, button.chosen, foreign)


def _commands(pen: Pen) -> tuple[OutgoingButton, ...]:
    return tuple(OutgoingButton(pen.label(text)[0], name) for name, text in COMMANDS)


def plain_text(html: str) -> str:
    """A message without its markup, for a terminal or a log of a conversation."""
    linked = _LINK.sub(r"\2 (\1)", html)
    return unescape(TAG.sub("", linked)).replace(FSI, "").replace(PDI, "")
