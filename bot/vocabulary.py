"""All that is said to residents and listened for, as it stands now: shipped, and released since.

Why: docs/adr/0025-words-in-layers.md.
"""

import asyncio
import csv
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, cached_property, partial
from pathlib import Path
from typing import Self

from bot.catalogue import Catalogue
from bot.dialogue.effects import Effect, Words
from bot.dialogue.inbound import Signals
from bot.listening.phrases import PhraseListener
from bot.ports import Outgoing, OutgoingButton
from bot.soundness import DEAD_NUMBER, Fault, released
from bot.translation import Lacking, Translator, load_catalogues
from common.contract.languages import BY_CODE, SOURCE_LANGUAGE
from common.contract.publication import HeardPhrase, Helpline, Publication
from common.listening.phrases import (
    FILE_NAME,
    TIERS,
    Phrase,
    PhrasesError,
    can_be_heard,
    read_phrases,
)
from common.runtime import logs
from common.runtime.clock import Clock, system_clock

Unusable = Callable[[str, str], None]
"""Told the language of each released text that cannot be used, and why in one code."""

_NOTHING = Publication(version=0, etag="")

log = logs.get(__name__)


@dataclass(frozen=True)
class Shipped:
    """What came with the code: the ground under every publication.

    `helplines` are the numbers, by key, that are always shown.
    """

    catalogues: Mapping[str, Catalogue]
    phrases: Mapping[str, tuple[Phrase, ...]]
    helplines: Mapping[str, str]

    @classmethod
    @cache  # what came with the code does not change while it runs
    def load(cls, path: Path) -> Self:
        """Read everything in `locales/`.

        Raises:
            PhrasesError: a list is broken, or there is none: a deaf listener must not start.
        """
        files = sorted(path.glob(f"*/{FILE_NAME}"))
        if not files:
            raise PhrasesError(f"no {FILE_NAME} in any folder of {path.name}/")
        phrases = {one.parent.name: read_phrases(one) for one in files}
        return cls(load_catalogues(path), phrases, _always(path / "helplines.csv"))

    @cached_property
    def listener(self) -> PhraseListener:
        """Who hears the shipped phrases; made once, for there are many."""
        return PhraseListener(_phrases(self.phrases, ()))


@dataclass(frozen=True)
class _Now:
    publication: Publication
    translator: Translator
    listener: PhraseListener
    voices: frozenset[tuple[str, str]]


class Vocabulary:
    """The one holder of what changes with a publication; it is taken as a whole, at once.

    A turn that has begun goes on with what it began with. Whoever keeps the vocabulary (the
    channels, the pages) always speaks in the newest words.
    """

    def __init__(
        self,
        shipped: Shipped,
        clock: Clock = system_clock,
        *,
        lacking: Lacking = lambda _: None,
        unusable: Unusable = lambda _, __: None,
    ) -> None:
        self.shipped = shipped
        self._clock = clock
        self._lacking = lacking
        self._unusable = unusable
        self._bell: asyncio.Event | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._now = self._made_of(_NOTHING)

    def take(self, publication: Publication) -> None:
        """From now on, these are the words. May be called from any thread."""
        self._now = self._made_of(publication)
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._ring)

    def next_change(self) -> asyncio.Event:
        """Rings when other words are taken. Ask for it before looking, to miss nothing."""
        self._loop = asyncio.get_running_loop()
        if self._bell is None:
            self._bell = asyncio.Event()
        return self._bell

    @property
    def publication(self) -> Publication:
        """What was released; version 0 when nothing has been yet."""
        return self._now.publication

    @property
    def translator(self) -> Translator:
        """The words as they stand, for whoever needs them to stay as they are for a moment."""
        return self._now.translator

    @property
    def helplines(self) -> Mapping[str, str]:
        """The numbers that may be shown today, by key; those that always may are always there."""
        return helplines(self.shipped.helplines, self.publication.helplines, self._clock().date())

    @property
    def helpline_names(self) -> Mapping[str, str]:
        """The own names of the released helplines that may be shown today, by key."""
        today = self._clock().date()
        return {one.key: one.name for one in self.publication.helplines_on(today)}

    @property
    def voices(self) -> frozenset[tuple[str, str]]:
        """The questions that can be heard, by language and step."""
        return self._now.voices

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages there are words in."""
        return self.translator.languages

    def render(self, effect: Effect, language: str) -> Outgoing:
        """One effect as a channel can do it, in this language."""
        return self.translator.render(effect, language)

    def label(self, label: Words, language: str) -> str:
        """The finished text, without markup."""
        return self.translator.label(label, language)

    def has(self, text: Words, language: str) -> bool:
        """Whether this language has the text, so that English need not stand in for it."""
        return self.translator.has(text, language)

    def commands(self, language: str) -> Sequence[OutgoingButton]:
        """The commands with what they do."""
        return self.translator.commands(language)

    async def hear(self, text: str) -> Signals:
        """The signals in this text. Never raises."""
        return self._now.listener.signals(text)

    def _made_of(self, publication: Publication) -> _Now:
        catalogues = layered(self.shipped.catalogues, publication, self._not_usable)
        return _Now(
            publication,
            Translator(catalogues, self._lacking),
            self._hears(publication.phrases),
            frozenset((one.language, one.step) for one in publication.clips),
        )

    def _hears(self, told: Sequence[HeardPhrase]) -> PhraseListener:
        if not told:
            return self.shipped.listener
        return PhraseListener(_phrases(self.shipped.phrases, told))

    def _not_usable(self, language: str, fault: Fault) -> None:
        (step, message), why = fault
        log.error("words.not_usable", language=language, where=f"{step}/{message}", error=why)
        self._unusable(language, why)

    def _ring(self) -> None:
        if self._bell is not None:
            self._bell.set()
            self._bell = None


class Numbers(Collection[str]):
    """The telephone numbers that are named to residents now, to be made links."""

    def __init__(self, vocabulary: Vocabulary, *own: str) -> None:
        self._vocabulary = vocabulary
        self._own = own

    def __contains__(self, number: object) -> bool:
        return number in self._own or number in self._vocabulary.helplines.values()

    def __iter__(self) -> Iterator[str]:
        return iter((*self._own, *self._vocabulary.helplines.values()))

    def __len__(self) -> int:
        return len(self._own) + len(self._vocabulary.helplines)


def layered(
    shipped: Mapping[str, Catalogue],
    publication: Publication,
    unsound: Callable[[str, Fault], None],
) -> Mapping[str, Catalogue]:
    """The shipped catalogues with what was released on top of them.

    A language that nothing was shipped in is offered as soon as something was released in it.
    """
    source, catalogues = shipped[SOURCE_LANGUAGE], dict(shipped)
    for wording in publication.wordings:
        code = wording.language
        if code not in BY_CODE or not BY_CODE[code].written:
            continue
        under = shipped.get(code) or Catalogue.empty(code)
        usable = released(wording, source, under, partial(unsound, code))
        if usable.texts:
            catalogues[code] = replace(under, released=usable)
    return catalogues


def _phrases(
    shipped: Mapping[str, tuple[Phrase, ...]], told: Sequence[HeardPhrase]
) -> list[Phrase]:
    """Each language's released list; its shipped one where none was released."""
    lists = {code: list(phrases) for code, phrases in shipped.items()}
    lists |= {one.language: [] for one in told if _can_be_heard(one)}
    for one in told:
        if _can_be_heard(one):
            lists[one.language].append(Phrase(one.text, one.tier))
    return [phrase for phrases in lists.values() for phrase in phrases]


def _can_be_heard(phrase: HeardPhrase) -> bool:
    return phrase.tier in TIERS and can_be_heard(phrase.text)


def helplines(
    always: Mapping[str, str], told: Sequence[Helpline], today: date
) -> Mapping[str, str]:
    """The released numbers over those that are always there; never the dead one."""
    may_be_shown = (one for one in told if not (one.expires_on and one.expires_on < today))
    sound = {one.key: one.contact for one in may_be_shown if _leads_somewhere(one.contact)}
    return {**always, **sound}


def _leads_somewhere(contact: str) -> bool:
    digits = "".join(one for one in contact if one.isdigit())
    return bool(digits) and DEAD_NUMBER not in digits


def _always(path: Path) -> Mapping[str, str]:
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        return {one["key"]: one["contact"] for one in rows if one["shown"] == "always"}
