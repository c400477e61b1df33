"""What a turn wants done: values with message ids and parameters, never finished text."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import TypeAlias

from bot.dialogue.inbound import Due
from bot.dialogue.values import replace

# A text, a number, a date, words to be translated first, or a list of such.
Param: TypeAlias = "str | int | date | Words | tuple[str | Words, ...]"


@dataclass(frozen=True, slots=True)
class Words:
    """A message of the catalogues: context is the step, `id` its stable name there.

    `language` is set when it must not be the conversation's own (a greeting in two languages).
    """

    step: str
    id: str
    params: Mapping[str, Param] = field(default_factory=dict)
    plural_id: str = ""
    count: int = 0
    language: str = ""

    def within(self, language: str) -> "Words":
        """The same words, in this language whatever the conversation's own is."""
        return replace(self, language=language)


def words(step: str, message_id: str, /, **params: Param) -> Words:
    """Name a message. Both names are literals at the call, so that Babel can extract them."""
    return Words(step, message_id, params)


def counted(
    step: str,
    message_id: str,
    plural_id: str,
    /,
    count: int,
    **params: Param,
) -> Words:
    """Name a message that counts something; its translations know the plural as `count`."""
    return Words(step, message_id, {**params, "count": count}, plural_id, count)


@dataclass(frozen=True, slots=True)
class Verbatim:
    """Text that is shown as it is: a language's own name, a practice's name."""

    text: str


Label = Words | Verbatim


@dataclass(frozen=True, slots=True)
class Button:
    """A choice under a message; `chosen` says of a `toggle` that it is on."""

    step: str
    value: str
    label: Label
    chosen: bool = False
    toggle: bool = False

    @property
    def data(self) -> str:
        """The button as it travels in Telegram's callback data (64 bytes at most)."""
        return f"{self.step}={self.value}"


@dataclass(frozen=True, slots=True)
class Lines:
    """Several short texts under one another, as one paragraph."""

    items: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Say:
    """One message to the person. Its parts become paragraphs.

    `question` is the step it asks, or empty when it asks nothing; `rows` are its buttons.
    """

    parts: tuple[Words | Lines, ...]
    rows: tuple[tuple[Button, ...], ...] = ()
    question: str = ""


@dataclass(frozen=True, slots=True)
class AskContact:
    """A short message that carries the platform's share-my-number button, where there is one."""

    text: Words
    button: Words


@dataclass(frozen=True, slots=True)
class DropContactButton:
    """Take the share-my-number button away again."""

    text: Words


@dataclass(frozen=True, slots=True)
class Redraw:
    """Show the open question's buttons anew, in place: a toggle was pressed."""

    say: Say


@dataclass(frozen=True, slots=True)
class CloseQuestion:
    """The open question was answered: its buttons go."""


@dataclass(frozen=True, slots=True)
class Toast:
    """A short notice in answer to a button press, where the platform has one."""

    text: Words


@dataclass(frozen=True, slots=True)
class SetLanguage:
    """The conversation goes on in this language: name the commands in it."""

    language: str


class DeliveryKind(StrEnum):
    """What may be brought to the intake."""

    REFERRAL = "referral"
    CALLBACK = "callback"
    CORRECTION = "correction"
    WITHDRAWAL = "withdrawal"
    ERASURE = "erasure"
    ABOUT_YOU = "about_you"
    FEEDBACK = "feedback"


@dataclass(frozen=True, slots=True)
class Deliver:
    """Bring this conversation's answers to the intake; `id` is new for each thing confirmed.

    `about` is the conversation id and the reference that it is about, when that is not the
    session's own.
    """

    kind: DeliveryKind
    id: str
    about: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class AskStatus:
    """Ask the intake where a referral stands that this conversation (by its id) has sent."""

    reference: str
    conversation: str


@dataclass(frozen=True, slots=True)
class Remember:
    """Wake the conversation with a Tick at this time."""

    due: Due
    at: datetime


@dataclass(frozen=True, slots=True)
class Play:
    """Let this question be heard in this language, which may be one that is hardly written."""

    language: str
    step: str


@dataclass(frozen=True, slots=True)
class EraseChat:
    """Remove from the platform what it allows to be removed."""


@dataclass(frozen=True, slots=True)
class Tidy:
    """Keep no copy of what was said so far, where it is we who keep it."""


Effect = (
    Say
    | AskContact
    | DropContactButton
    | Redraw
    | CloseQuestion
    | Toast
    | SetLanguage
    | Deliver
    | AskStatus
    | Remember
    | Play
    | EraseChat
    | Tidy
)
