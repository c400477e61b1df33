"""What the conversation needs from the outside world, and the values that pass between."""

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from bot.dialogue.inbound import Inbound, Signals
from bot.dialogue.session import Session
from common.runtime.jobs import Change, JobRequest

Json = Mapping[str, object]

TICK = "✅ "
PARAGRAPHS = re.compile(r"\n{2,}")


@dataclass(frozen=True, slots=True)
class Received:
    """Something that arrived and is kept until its turn is done.

    `source` names who can read `body`: a channel (a platform's raw update) or `doorway` (an
    inbound of our own, such as a delivery). `update_id` is unique within the source: the same
    one again changes nothing. `conversation` is the channel and the address on it, as
    `telegram:1001`.
    """

    source: str
    update_id: str
    conversation: str
    body: Json
    received_at: datetime


@dataclass(frozen=True, slots=True)
class Waiting:
    """A received row whose turn has not been taken; `row` is its place in the inbox."""

    row: int
    received: Received


@dataclass(frozen=True, slots=True)
class Arrival:
    """A platform's update as the dialogue understands it, with what the answer will need.

    `language_hint` is the app's language, `callback` the button press that must be answered,
    `message` the platform's id of the person's own message (to be deleted on request),
    `pressed` the id of the message whose button was pressed, or `question` what it asked, for
    a channel that knows.
    """

    inbound: Inbound
    language_hint: str = ""
    callback: str = ""
    message: str = ""
    pressed: str = ""
    question: str = ""


Arrive = Callable[[Sequence[Received]], Awaitable[None]]
"""Takes in what arrived: it is stored when this returns, and may be told to have arrived."""

Reader = Callable[[Json], Arrival | None]
"""Reads a platform's raw update; None when there is nothing in it for a conversation."""


@dataclass(frozen=True, slots=True)
class OutgoingButton:
    """A button as it is shown: finished label, and the data that comes back.

    A `toggle` changes its own message and asks nothing new; `chosen` says that it is on.
    `language` is its label's, where that is not the message's.
    """

    label: str
    data: str
    toggle: bool = False
    chosen: bool = False
    language: str = ""

    @property
    def ticked(self) -> str:
        """The label where nothing but text can show that the button is on."""
        return f"{TICK}{self.label}" if self.chosen else self.label


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One finished thing for a channel to do; which fields matter depends on `verb`.

    say: send `html` with `rows`; when `question` is set it is the open question from now on.
    redraw: show `html` and `rows` in the open question's place.
    close: take the buttons from every message that still has them.
    ask_contact: send `html` with one share-my-number button labelled `label`.
    drop_contact: send `html` and take the share-my-number button away.
    answer: answer the button press `callback`, with `label` as its notice when not empty.
    commands: register the commands (`rows[0]`: label = description, data = name).
    erase: delete every message the platform lets us delete.
    tidy: delete what we ourselves keep of the talk; what the platform shows stays.
    play: let `clip` be heard; `label` says what it is.

    `html` uses <b>, <i> and <a href> only; all inserted values are escaped already.
    `clip` is what of it can be heard, as `syl/postcode`: a language and a step.
    `language` is its language's code, `direction` ltr or rtl. `languages` are those of its
    paragraphs one by one, where they are not all in the same (a greeting is in two).
    """

    verb: str
    html: str = ""
    rows: tuple[tuple[OutgoingButton, ...], ...] = ()
    question: str = ""
    label: str = ""
    callback: str = ""
    language: str = ""
    direction: str = "ltr"
    languages: tuple[str, ...] = ()
    clip: str = ""

    def paragraphs(self) -> list[tuple[str, str]]:
        """Each paragraph of `html` with its language."""
        texts = PARAGRAPHS.split(self.html)
        # A catalogue's blank lines may have made more or fewer of them than were counted.
        spoken = (
            self.languages if len(self.languages) == len(texts) else (self.language,) * len(texts)
        )
        return list(zip(texts, spoken, strict=True))


@dataclass(frozen=True, slots=True)
class SentMessage:
    """A message on the platform: the bot's, or the person's own (`question` is empty then)."""

    message: str
    sent_at: datetime
    question: str = ""
    has_buttons: bool = False


@dataclass(frozen=True, slots=True)
class TurnResult:
    """What a turn leaves behind, stored in one transaction with the inbox row's end.

    `session` None forgets the conversation; what arrived after this turn is still answered.
    `keep_messages` leaves its messages known a little longer, for they are yet to be deleted
    from the platform. `messages` are the person's own messages of this turn.
    """

    session: Session | None
    jobs: tuple[JobRequest, ...] = ()
    messages: tuple[SentMessage, ...] = ()
    keep_messages: bool = False


@dataclass(frozen=True, slots=True)
class Notes:
    """What has become of messages: newly sent, without their buttons, deleted."""

    sent: tuple[SentMessage, ...] = ()
    buttons_gone: tuple[str, ...] = ()
    deleted: tuple[str, ...] = ()


class Messages(Protocol):
    """The messages that are known to be on a platform."""

    async def messages(self, conversation: str) -> Sequence[SentMessage]:
        """What was sent and not deleted, oldest first."""
        ...

    async def sent(self, conversation: str, message: SentMessage) -> None:
        """Note a message that the platform has accepted."""
        ...

    async def buttons_gone(self, conversation: str, messages: Sequence[str]) -> None:
        """Note that these messages carry no buttons any more."""
        ...

    async def deleted(self, conversation: str, messages: Sequence[str]) -> None:
        """Forget these messages: the platform has deleted them, or never will."""
        ...


class Store(Messages, Protocol):
    """Where conversations, the inbox and the jobs live. All bodies are encrypted at rest."""

    async def receive(self, batch: Sequence[Received]) -> None:
        """Store what arrived, in order, together; what is known already is ignored."""
        ...

    async def answer(
        self, received: Received, work: Callable[[Session | None], TurnResult]
    ) -> TurnResult | None:
        """Store something and take its turn, in one transaction: see `turn`.

        None when it is known already, or has been stored to wait for what came before it.
        """
        ...

    async def waiting(self) -> Sequence[str]:
        """The conversations that have a turn to take, longest waiting first."""
        ...

    async def oldest(self, conversation: str) -> Waiting | None:
        """The first row of this conversation whose turn is not done."""
        ...

    async def session(self, conversation: str) -> Session | None:
        """The session as it stands, for a look before the turn (it may change until then)."""
        ...

    async def turn(
        self, waiting: Waiting, work: Callable[[Session | None], TurnResult]
    ) -> TurnResult | None:
        """Take one turn: read the session under lock, call `work`, store all it returns.

        In one transaction: session, jobs, messages, and the row marked done and its body
        erased. None when another process has taken this turn already.
        """
        ...

    def receiving(self, batch: Sequence[Received]) -> Change:
        """The same as `receive`, to be written together with the end of a job."""
        ...

    def noting(self, conversation: str, notes: Notes) -> Change:
        """Write down what has become of messages, together with the end of a job."""
        ...


class SendError(Exception):
    """A channel could not do an outgoing thing.

    `permanent`: trying again cannot help. `blocked`: nor will anything else reach this person
    (the bot is blocked, the chat is gone). `after` is how many seconds the platform asks to be
    left alone. The text never holds personal data.
    """

    def __init__(
        self, reason: str, *, permanent: bool = False, blocked: bool = False, after: float = 0
    ) -> None:
        super().__init__(reason)
        self.permanent = permanent or blocked
        self.blocked = blocked
        self.after = after

    @property
    def how(self) -> str:
        """In one code, to be counted."""
        return "blocked" if self.blocked else "refused" if self.permanent else "again"


class Sender(Protocol):
    """A channel's outbound side."""

    async def send(self, conversation: str, outgoing: Outgoing, known: Messages) -> None:
        """Do one outgoing thing; `known` are this conversation's messages, kept up to date.

        Raises:
            SendError: it was not done.
        """
        ...


class Voices(Protocol):
    """Where spoken clips are found."""

    async def sound(self, clip: str) -> Path | None:
        """The file of a clip such as `syl/postcode`, Ogg Opus, named after its own hash.

        None when there is no such clip now, or its bytes cannot be had.
        """
        ...


class Listener(Protocol):
    """Hears what a free text may mean beyond an answer."""

    async def hear(self, text: str) -> Signals:
        """The signals in this text, in whichever language or languages; never raises."""
        ...
