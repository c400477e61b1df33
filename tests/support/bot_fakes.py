"""Small stand-ins for what the bot's shell works with."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from bot.dialogue.effects import Effect, Say, SetLanguage, Toast, Words
from bot.dialogue.inbound import Inbound, Press, Signals, Text
from bot.dialogue.session import Session
from bot.dialogue.turning import Turn
from bot.intake_port import IntakeError
from bot.ports import Arrival, Json, Messages, Outgoing, SendError
from common.contract.referral import (
    AboutYou,
    CallbackRequest,
    Correction,
    Feedback,
    ReferralReceipt,
    ReferralStatus,
    ReferralSubmission,
)

Advancing = Callable[[Session, Inbound, datetime], Turn]


class PlainRenderer:
    """Renders the stable name of a message in place of its words: `general/something_broke`."""

    languages = ("en", "bn")

    def render(self, effect: Effect, language: str) -> Outgoing:
        """The effect, with names in place of words."""
        if isinstance(effect, Say):
            named = " ".join(one.id for one in effect.parts if isinstance(one, Words))
            return Outgoing("say", html=named, question=effect.question, language=language)
        if isinstance(effect, Toast):
            return Outgoing("answer", label=effect.text.id, language=language)
        if isinstance(effect, SetLanguage):
            return Outgoing("commands", language=effect.language)
        return Outgoing(type(effect).__name__.lower(), language=language)


class FakeListener:
    """Hears what it was told to hear in a text, or fails with it."""

    def __init__(self, heard: Mapping[str, Signals | Exception] | None = None) -> None:
        self.heard = heard or {}
        self.asked: list[str] = []

    async def hear(self, text: str) -> Signals:
        """What this text is said to mean."""
        self.asked.append(text)
        found = self.heard.get(text, Signals())
        if isinstance(found, Exception):
            raise found
        return found


def plain_reader(body: Json) -> Arrival | None:
    """Reads `{"text": …}` and `{"press": "step=value"}`; `hint` is the app's language."""
    hint, message = str(body.get("hint", "")), str(body.get("message", ""))
    if "text" in body:
        return Arrival(Text(str(body["text"])), hint, message=message)
    if "press" in body:
        step, _, value = str(body["press"]).partition("=")
        return Arrival(Press(step, value), hint, callback="callback-1", pressed="7")
    return None


class FakeSender:
    """Keeps what it was asked to do; `failures` are raised first, one for each call."""

    def __init__(self, failures: Sequence[Exception | None] = ()) -> None:
        self.failures = list(failures)
        self.done: list[tuple[str, Outgoing]] = []

    async def send(self, conversation: str, outgoing: Outgoing, known: Messages) -> None:  # noqa: ARG002 it has none
        """Do it, or fail as arranged."""
        failure = self.failures.pop(0) if self.failures else None
        if failure is not None:
            raise failure
        self.done.append((conversation, outgoing))


class FakeIntake:
    """The api in memory: the same key gets the same answer; `failures` are raised first."""

    def __init__(self, failures: Sequence[IntakeError] = ()) -> None:
        self.failures = list(failures)
        self.submissions: dict[str, ReferralSubmission] = {}
        self.callbacks: dict[str, CallbackRequest] = {}
        self.followed: list[tuple[str, str, str]] = []
        self.receipt = ReferralReceipt(
            reference="TH-7777-771", status="assigned", contact_within_working_days=5
        )

    async def submit(self, submission: ReferralSubmission, key: str) -> ReferralReceipt:
        """Keep a referral."""
        self._fail()
        self.submissions[key] = submission
        return self.receipt

    async def call_back(self, request: CallbackRequest, key: str) -> ReferralReceipt:
        """Keep a wish to be rung."""
        self._fail()
        self.callbacks[key] = request
        return self.receipt

    async def status(self, reference: str, conversation_id: str) -> ReferralStatus:
        """It has been accepted."""
        self._note("status", reference, conversation_id)
        return ReferralStatus(
            reference=self.receipt.reference, status="accepted", contact_within_working_days=5
        )

    async def correct(self, reference: str, conversation_id: str, what: Correction) -> None:
        """Note it."""
        self._note(what.phone, reference, conversation_id)

    async def withdraw(self, reference: str, conversation_id: str) -> None:
        """Note it."""
        self._note("withdraw", reference, conversation_id)

    async def erase(self, reference: str, conversation_id: str) -> None:
        """Note it."""
        self._note("erase", reference, conversation_id)

    async def about_you(self, reference: str, conversation_id: str, what: AboutYou) -> None:
        """Note it."""
        self._note(f"gender {what.gender}", reference, conversation_id)

    async def feedback(self, reference: str, conversation_id: str, what: Feedback) -> None:
        """Note it."""
        self._note(f"easy {what.easy}", reference, conversation_id)

    def _note(self, what: str, reference: str, conversation_id: str) -> None:
        self._fail()
        self.followed.append((what, reference, conversation_id))

    def _fail(self) -> None:
        if self.failures:
            raise self.failures.pop(0)


def blocked() -> SendError:
    """What a channel raises whose person has blocked us."""
    return SendError("blocked", blocked=True)


class Watched:
    """Notes what it is told, to be compared with the `Watch` port."""

    def __init__(self) -> None:
        self.told: list[tuple[object, ...]] = []

    def received(self, channel: str) -> None:
        self.told.append(("received", channel))

    def refused(self, channel: str) -> None:
        self.told.append(("refused", channel))

    def turned(self, source: str, seconds: float) -> None:
        self.told.append(("turned", source, seconds))

    def broke(self, source: str) -> None:
        self.told.append(("broke", source))

    def sent(self, channel: str, seconds: float) -> None:
        self.told.append(("sent", channel, seconds))

    def send_failed(self, channel: str, how: str) -> None:
        self.told.append(("send_failed", channel, how))
