"""What a turn may look at besides the session: snapshots handed in as values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from bot.dialogue.effects import Label
from bot.dialogue.session import Session
from common.contract.directory import Directory


class Lexicon(Protocol):
    """The catalogues as the dialogue needs them: to recognise what people type."""

    @property
    def languages(self) -> tuple[str, ...]:
        """The codes of the languages that have a catalogue."""
        ...

    def spellings(self, label: Label, language: str) -> tuple[str, ...]:
        """The label in this language, split at `|` where it lists several spellings."""
        ...

    def months(self, language: str) -> Mapping[str, int]:
        """Month names, casefolded, to 1-12: this language's and English, long and short."""
        ...


@dataclass(frozen=True, slots=True)
class Service:
    """The service's own facts, from settings: how to reach it, and who controls the data."""

    phone: str
    email: str
    controller: str
    data_protection_officer: str
    privacy_page: str


@dataclass(frozen=True, slots=True)
class World:
    """Everything outside the conversation. `helplines` are numbers by key, such as `talk`.

    `names` are those of the helplines that may be named by their own, by key; `voices` are the
    questions that can be heard, each by language and step.
    """

    directory: Directory
    lexicon: Lexicon
    service: Service
    helplines: Mapping[str, str] = field(default_factory=dict)
    remind_after: timedelta = timedelta(days=1)
    expire_after: timedelta = timedelta(days=7)
    names: Mapping[str, str] = field(default_factory=dict)
    voices: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Scene:
    """One moment of one conversation, as a step sees it."""

    session: Session
    world: World
    now: datetime
