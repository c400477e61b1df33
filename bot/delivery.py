"""The handlers of the bot's jobs: send to the person, deliver to the intake, and report back."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from bot.dialogue.effects import DeliveryKind
from bot.dialogue.inbound import Blocked, Delivered, Due, Refused, StatusKnown, Tick
from bot.envelopes import (
    ASK_STATUS,
    DELIVER,
    OWN_SOURCE,
    SEND,
    TICK,
    OwnInbound,
    dump_outgoing,
    dump_own,
    load_outgoing,
)
from bot.intake_port import Intake, IntakeError
from bot.ledger import Ledger
from bot.ports import Outgoing, Received, Sender, SendError, Store
from bot.watch import Unwatched, Watch
from common.contract.referral import (
    AboutYou,
    CallbackRequest,
    Correction,
    Feedback,
    ReferralReceipt,
    ReferralSubmission,
)
from common.runtime import logs
from common.runtime.clock import Clock
from common.runtime.jobs import Also, Handler, Job, LaterError, Payload, PermanentError

GIVE_UP_AFTER = timedelta(days=1)
STATUS_TRIES = 4
BUG_TRIES = 5
LONGEST_PAUSE = 300.0

# Nobody waits to hear of these: they were thanked for at once.
_NOT_TOLD_WHEN_REFUSED = frozenset({DeliveryKind.ABOUT_YOU, DeliveryKind.FEEDBACK})

log = logs.get(__name__)


class Delivery:
    """Does what turns have asked for. What comes of it enters the inbox like any message."""

    def __init__(  # noqa: PLR0913 what it stands on
        self,
        store: Store,
        senders: Mapping[str, Sender],
        intake: Intake,
        clock: Clock,
        wake: Callable[[str], None],
        *,
        watch: Watch | None = None,
    ) -> None:
        self._watch = watch or Unwatched()
        self._store = store
        self._senders = senders
        self._intake = intake
        self._clock = clock
        self._wake = wake

    def handlers(self) -> Mapping[str, Handler]:
        """The handler of each kind of job."""
        return {
            SEND: self.send,
            DELIVER: self.deliver,
            ASK_STATUS: self.ask_status,
            TICK: self.tick,
        }

    async def send(self, job: Job) -> Also:
        """Do a turn's outgoing things in order; what is done is not done again on a retry."""
        conversation = str(job.payload["conversation"])
        channel = conversation.partition(":")[0]
        sender = self._senders.get(channel)
        if sender is None:
            raise PermanentError(f"the channel {channel} is off")
        outgoing, ledger = load_outgoing(job.payload["outgoing"]), Ledger(self._store)
        try:
            await self._send_all(sender, job.payload, outgoing, ledger)
        except SendError:
            return self._arrived(conversation, Blocked(), f"blocked:{job.id}")
        except (LaterError, PermanentError) as error:
            error.also = self._noted(conversation, ledger)
            raise
        if arrived := job.payload.get("arrived"):
            waited = self._clock() - datetime.fromisoformat(str(arrived))
            self._watch.sent(channel, waited.total_seconds())
        return self._noted(conversation, ledger)

    async def _send_all(
        self, sender: Sender, payload: Payload, outgoing: tuple[Outgoing, ...], ledger: Ledger
    ) -> None:
        """Raises LaterError or PermanentError, or SendError when nothing reaches this person."""
        conversation = str(payload["conversation"])
        channel = conversation.partition(":")[0]
        for done, one in enumerate(outgoing):
            try:
                await sender.send(conversation, one, ledger)
            except SendError as error:
                self._watch.send_failed(channel, error.how)
                if error.blocked:
                    raise
                if not error.permanent:
                    raise self._rest_later(payload, outgoing, done, error.after) from None
                log.warning("send.refused", kind=one.verb, error=str(error))
            except Exception:
                self._watch.send_failed(channel, "broken")
                log.exception("send.failed", kind=one.verb)  # it must not hold up the rest for long
                if _tries(payload) < BUG_TRIES:
                    raise self._rest_later(payload, outgoing, done) from None

    async def deliver(self, job: Job) -> Also:
        """Bring something to the intake; tried again for a day while the intake is away."""
        payload = job.payload
        what = DeliveryKind(str(payload["what"]))
        conversation, delivery = str(payload["conversation"]), str(payload["delivery"])
        try:
            receipt = await self._bring(what, payload)
        except IntakeError as error:
            if not (error.permanent or self._too_late(payload)):
                raise _later(payload) from None
            log.exception("delivery.refused", kind=what.value)
            told = what not in _NOT_TOLD_WHEN_REFUSED
            also = self._arrived(conversation, Refused(delivery), f"refused:{delivery}")
            raise PermanentError(str(error), also=also if told else None) from None
        delivered = Delivered(delivery)
        if receipt is not None:
            delivered = Delivered(delivery, receipt.reference, receipt.contact_within_working_days)
        return self._arrived(conversation, delivered, f"delivered:{delivery}")

    async def ask_status(self, job: Job) -> Also:
        """Ask where a referral stands; somebody is waiting, so it is soon given up."""
        payload = job.payload
        try:
            found = await self._intake.status(
                str(payload["reference"]), str(payload["conversation_id"])
            )
        except IntakeError as error:
            if not error.permanent and _tries(payload) + 1 < STATUS_TRIES:
                raise _later(payload) from None
            known = StatusKnown("unknown", 0)
        else:
            known = StatusKnown(found.status, found.contact_within_working_days)
        return self._arrived(str(payload["conversation"]), known, f"status:{job.id}")

    async def tick(self, job: Job) -> Also:
        """Tell a conversation that something it asked to be woken for is due."""
        payload = job.payload
        tick = Tick(Due(str(payload["due"])))
        return self._arrived(str(payload["conversation"]), tick, f"tick:{job.id}")

    async def _bring(self, what: DeliveryKind, payload: Payload) -> ReferralReceipt | None:
        body, key = str(payload["body"]), str(payload["delivery"])
        if what is DeliveryKind.REFERRAL:
            submission = ReferralSubmission.model_validate_json(body)
            return await self._intake.submit(submission, key)
        if what is DeliveryKind.CALLBACK:
            return await self._intake.call_back(CallbackRequest.model_validate_json(body), key)
        await self._follow_up(what, str(payload["reference"]), payload, body)
        return None

    async def _follow_up(
        self, what: DeliveryKind, reference: str, payload: Payload, body: str
    ) -> None:
        mine = (reference, str(payload["conversation_id"]))
        if what is DeliveryKind.CORRECTION:
            await self._intake.correct(*mine, Correction.model_validate_json(body))
        elif what is DeliveryKind.ABOUT_YOU:
            await self._intake.about_you(*mine, AboutYou.model_validate_json(body))
        elif what is DeliveryKind.FEEDBACK:
            await self._intake.feedback(*mine, Feedback.model_validate_json(body))
        elif what is DeliveryKind.WITHDRAWAL:
            await self._intake.withdraw(*mine)
        else:
            await self._intake.erase(*mine)

    def _arrived(self, conversation: str, inbound: OwnInbound, update_id: str) -> Also:
        """It enters the inbox with the end of the job that it came of."""
        now = self._clock()
        own = Received(OWN_SOURCE, update_id, conversation, dump_own(inbound), now)
        return Also(self._store.receiving([own]), lambda: self._wake(conversation))

    def _noted(self, conversation: str, ledger: Ledger) -> Also:
        return Also(self._store.noting(conversation, ledger.notes))

    def _rest_later(
        self, payload: Payload, outgoing: tuple[Outgoing, ...], done: int, after: float = 0
    ) -> LaterError | PermanentError:
        """The error that gives the job back with only what is not done yet."""
        if self._too_late(payload):
            return PermanentError("the channel was away for a day")
        tries = 0 if done else _tries(payload)
        rest = {**payload, "outgoing": dump_outgoing(outgoing[done:]), "tries": tries}
        return _later(rest, after)

    def _too_late(self, payload: Payload) -> bool:
        since = datetime.fromisoformat(str(payload["since"]))
        return self._clock() - since > GIVE_UP_AFTER


def _tries(payload: Payload) -> int:
    return int(str(payload.get("tries", 0)))


def _later(payload: Payload, after: float = 0) -> LaterError:
    """Again after what the platform asks for, else after 1, 2, 4 … 300 seconds."""
    tries = _tries(payload)
    pause = after or min(2.0 ** min(tries, 16), LONGEST_PAUSE)
    return LaterError(pause, {**payload, "tries": tries + 1})
