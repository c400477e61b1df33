"""What can happen to a conversation: everything that arrives is one of these values."""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Signals:
    """What the listener heard in a text, beyond an answer. Empty means nothing of note."""

    urgent: bool = False
    check: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """Somebody typed something; `edited` when an earlier message was changed instead."""

    text: str
    signals: Signals = Signals()
    edited: bool = False


@dataclass(frozen=True, slots=True)
class Press:
    """A button was pressed: `step` and `value` as they stand behind it, such as `who_for=me`."""

    step: str
    value: str


@dataclass(frozen=True, slots=True)
class Command:
    """A command such as /start, without the slash, with what followed it."""

    name: str
    argument: str = ""


@dataclass(frozen=True, slots=True)
class SharedContact:
    """A phone number shared through the platform; `own` when it is the sender's."""

    phone: str
    own: bool = True


class MediaKind(StrEnum):
    """What arrived in place of words."""

    PHOTO = "photo"
    VOICE = "voice"
    STICKER = "sticker"
    LOCATION = "location"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class Media:
    """Something that cannot be read here, with its caption if it had one."""

    kind: MediaKind
    caption: str = ""
    signals: Signals = Signals()


@dataclass(frozen=True, slots=True)
class Blocked:
    """The person blocked the bot, or left."""


@dataclass(frozen=True, slots=True)
class Left:
    """The person left in a hurry, and this device is to show nothing any more."""


@dataclass(frozen=True, slots=True)
class Flooded:
    """So much came at once from this person that the last of it was not read."""


class Due(StrEnum):
    """What time brings."""

    REMINDER = "reminder"
    EXPIRY = "expiry"


@dataclass(frozen=True, slots=True)
class Tick:
    """Something is due that an earlier turn asked for."""

    due: Due


@dataclass(frozen=True, slots=True)
class Delivered:
    """The intake has it: something that this conversation handed over was stored.

    A referral and a call-back come with a reference and with the days until somebody calls.
    """

    delivery: str
    reference: str = ""
    contact_within_working_days: int = 0


@dataclass(frozen=True, slots=True)
class Refused:
    """The intake will never take it as it is (a permanent error)."""

    delivery: str


@dataclass(frozen=True, slots=True)
class StatusKnown:
    """The answer to a question for a referral's status."""

    status: str
    contact_within_working_days: int


Inbound = (
    Text
    | Press
    | Command
    | SharedContact
    | Media
    | Blocked
    | Left
    | Flooded
    | Tick
    | Delivered
    | Refused
    | StatusKnown
)

_SAFETY_COMMANDS = frozenset({"urgent", "callme", "stop", "delete"})
_SAFETY_BUTTONS = frozenset({("do", "urgent"), ("do", "callme")})
_IN_DANGER = "help_now"


def is_for_safety(inbound: Inbound) -> bool:
    """Whether somebody asks for help, or to be left alone: it is taken however much came before."""
    if isinstance(inbound, Command):
        return inbound.name in _SAFETY_COMMANDS
    if isinstance(inbound, Press):
        return inbound.value == _IN_DANGER or (inbound.step, inbound.value) in _SAFETY_BUTTONS
    return False
