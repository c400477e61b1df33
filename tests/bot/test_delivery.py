"""The bot's jobs: nothing sent twice, nothing confirmed lost, and what comes of it returns."""

from datetime import timedelta

import pytest
from sqlalchemy import create_engine

from bot.delivery import Delivery
from bot.dialogue.effects import DeliveryKind
from bot.dialogue.inbound import Blocked, Delivered, Due, Inbound, Refused, StatusKnown, Tick
from bot.dialogue.session import Session
from bot.envelopes import ASK_STATUS, DELIVER, SEND, TICK, dump_outgoing, load_outgoing, read_own
from bot.intake_port import IntakeError
from bot.ports import Outgoing, SendError, TurnResult
from bot.storage.memory import MemoryStore
from bot.submission import (
    about_you,
    call_back,
    correction,
    feedback,
    referral,
)
from common.contract.choices import Channel
from common.runtime.jobs import Also, Job, LaterError, Payload, PermanentError
from tests.support.bot_fakes import FakeIntake, FakeSender, blocked
from tests.support.clock import START, MovedClock

ALICE = "telegram:1001"
AWAY, REFUSED = IntakeError("away"), IntakeError("no", permanent=True)
ONE, TWO, THREE = (Outgoing("say", html=text) for text in ("one", "two", "three"))
FILLED = Session(
    "0123456789abcdef",
    reference="TH-7777-771",
    answers={
        "name": "Amina",
        "date_of_birth": "1980-04-03",
        "phone": "+447700900123",
        "callme_phone": "+447700900123",
        "new_phone": "+447700900456",
        "about_gender": "2",
        "feedback_easy": "5",
    },
)
BODIES = {
    DeliveryKind.REFERRAL: referral(FILLED, Channel.TELEGRAM).model_dump_json(),
    DeliveryKind.CALLBACK: call_back(FILLED, Channel.TELEGRAM).model_dump_json(),
    DeliveryKind.CORRECTION: correction(FILLED).model_dump_json(),
    DeliveryKind.ABOUT_YOU: about_you(FILLED).model_dump_json(),
    DeliveryKind.FEEDBACK: feedback(FILLED).model_dump_json(),
    DeliveryKind.WITHDRAWAL: "",
    DeliveryKind.ERASURE: "",
}


class Desk:
    """A delivery with everything it works with."""

    def __init__(self, sender: FakeSender | None = None, intake: FakeIntake | None = None) -> None:
        self.clock = MovedClock()
        self.store = MemoryStore(self.clock)
        self.sender = sender or FakeSender()
        self.intake = intake or FakeIntake()
        self.woken = 0
        senders = {"telegram": self.sender}
        self.delivery = Delivery(self.store, senders, self.intake, self.clock, self._wake)

    def _wake(self, conversation: str) -> None:
        assert conversation == ALICE
        self.woken += 1

    async def work(self, kind: str, payload: Payload) -> None:
        try:
            also = await self.delivery.handlers()[kind](Job(7, kind, "", payload, 0))
        except (LaterError, PermanentError) as error:
            self._end(error.also)
            raise
        self._end(also)

    def _end(self, also: Also | None) -> None:
        """Write down what belongs to the job's end, as whoever works it does."""
        if also is not None:
            with create_engine("sqlite://").connect() as connection:
                also.write(connection)
            also.then()

    async def postponed(self, kind: str, payload: Payload) -> LaterError:
        with pytest.raises(LaterError) as caught:
            await self.work(kind, payload)
        return caught.value

    async def arrived(self) -> list[Inbound]:
        found = []
        while waiting := await self.store.oldest(ALICE):
            arrival = read_own(waiting.received.body)
            found.append(arrival.inbound)
            await self.store.turn(waiting, TurnResult)
        return found


def sending(*outgoing: Outgoing) -> dict[str, object]:
    return {
        "conversation": ALICE,
        "outgoing": dump_outgoing(outgoing),
        "since": START.isoformat(),
    }


def delivering(kind: DeliveryKind) -> dict[str, object]:
    return {
        "conversation": ALICE,
        "conversation_id": FILLED.id,
        "delivery": "d-1",
        "what": kind.value,
        "reference": FILLED.reference,
        "body": BODIES[kind],
        "since": START.isoformat(),
    }


async def test_a_turns_outgoing_things_are_done_in_order() -> None:
    desk = Desk()
    await desk.work(SEND, sending(ONE, TWO))
    assert desk.sender.done == [(ALICE, ONE), (ALICE, TWO)]


async def test_after_a_pause_only_what_is_left_is_sent() -> None:
    desk = Desk(FakeSender([None, SendError("too fast", after=12)]))
    later = await desk.postponed(SEND, sending(ONE, TWO, THREE))
    assert later.after == 12
    assert later.payload is not None
    await desk.work(SEND, later.payload)
    assert [outgoing for _, outgoing in desk.sender.done] == [ONE, TWO, THREE]


async def test_a_channel_that_is_away_is_tried_ever_less_often() -> None:
    desk = Desk(FakeSender([SendError("away")] * 12))
    payload: Payload = sending(ONE)
    pauses = []
    for _ in range(12):
        later = await desk.postponed(SEND, payload)
        assert later.payload is not None
        payload = later.payload
        pauses.append(later.after)
    assert pauses[:4] == [1, 2, 4, 8]
    assert pauses[-1] == 300


async def test_a_channel_that_is_away_for_a_day_is_given_up() -> None:
    desk = Desk(FakeSender([SendError("away")]))
    desk.clock.move(days=1, seconds=1)
    with pytest.raises(PermanentError):
        await desk.work(SEND, sending(ONE))


async def test_a_refused_message_does_not_hold_up_the_rest() -> None:
    desk = Desk(FakeSender([SendError("too long", permanent=True)]))
    await desk.work(SEND, sending(ONE, TWO))
    assert desk.sender.done == [(ALICE, TWO)]
    assert await desk.arrived() == []


async def test_when_blocked_nothing_more_is_tried_and_the_conversation_learns_of_it() -> None:
    desk = Desk(FakeSender([None, blocked()]))
    await desk.work(SEND, sending(ONE, TWO, THREE))
    assert desk.sender.done == [(ALICE, ONE)]
    assert await desk.arrived() == [Blocked()]
    assert desk.woken == 1


async def test_a_bug_in_one_message_is_given_up_after_some_tries() -> None:
    desk = Desk(FakeSender([None, *[ZeroDivisionError()] * 20]))
    payload: Payload = sending(ONE, TWO)
    for _ in range(5):
        later = await desk.postponed(SEND, payload)
        assert later.payload is not None
        payload = later.payload
        assert load_outgoing(payload["outgoing"]) == (TWO,)
    await desk.work(SEND, payload)
    assert desk.sender.done == [(ALICE, ONE)]


async def test_a_channel_that_is_off_cannot_send() -> None:
    with pytest.raises(PermanentError):
        await Desk().work(SEND, {**sending(ONE), "conversation": "webchat:1"})


@pytest.mark.parametrize("kind", [DeliveryKind.REFERRAL, DeliveryKind.CALLBACK])
async def test_what_is_delivered_comes_back_with_its_reference(kind: DeliveryKind) -> None:
    desk = Desk()
    await desk.work(DELIVER, delivering(kind))
    kept = desk.intake.submissions if kind is DeliveryKind.REFERRAL else desk.intake.callbacks
    assert [one.model_dump_json() for one in kept.values()] == [BODIES[kind]]
    assert list(kept) == ["d-1"]
    assert await desk.arrived() == [Delivered("d-1", "TH-7777-771", 5)]
    assert desk.woken == 1


async def test_a_delivery_that_is_repeated_after_a_crash_is_told_once() -> None:
    desk = Desk()
    await desk.work(DELIVER, delivering(DeliveryKind.REFERRAL))
    await desk.work(DELIVER, delivering(DeliveryKind.REFERRAL))
    assert len(desk.intake.submissions) == 1
    assert await desk.arrived() == [Delivered("d-1", "TH-7777-771", 5)]


async def test_a_referral_is_kept_and_tried_while_the_api_is_away() -> None:
    desk = Desk(intake=FakeIntake([AWAY, AWAY]))
    first = await desk.postponed(DELIVER, delivering(DeliveryKind.REFERRAL))
    assert first.payload is not None
    second = await desk.postponed(DELIVER, first.payload)
    assert second.payload is not None
    assert (first.after, second.after) == (1, 2)
    await desk.work(DELIVER, second.payload)
    assert await desk.arrived() == [Delivered("d-1", "TH-7777-771", 5)]


async def test_after_a_day_the_person_is_told_and_the_referral_stays_with_the_dead_jobs() -> None:
    desk = Desk(intake=FakeIntake([AWAY]))
    desk.clock.move(seconds=timedelta(days=1).total_seconds() + 1)
    with pytest.raises(PermanentError):
        await desk.work(DELIVER, delivering(DeliveryKind.REFERRAL))
    assert await desk.arrived() == [Refused("d-1")]


async def test_a_refusal_is_told_at_once() -> None:
    desk = Desk(intake=FakeIntake([REFUSED]))
    with pytest.raises(PermanentError):
        await desk.work(DELIVER, delivering(DeliveryKind.REFERRAL))
    assert await desk.arrived() == [Refused("d-1")]


@pytest.mark.parametrize("kind", [DeliveryKind.ABOUT_YOU, DeliveryKind.FEEDBACK])
async def test_nobody_is_alarmed_about_answers_that_help_only_us(kind: DeliveryKind) -> None:
    desk = Desk(intake=FakeIntake([REFUSED]))
    with pytest.raises(PermanentError):
        await desk.work(DELIVER, delivering(kind))
    assert await desk.arrived() == []


@pytest.mark.parametrize(
    ("kind", "followed"),
    [
        (DeliveryKind.CORRECTION, "+447700900456"),
        (DeliveryKind.ABOUT_YOU, "gender 2"),
        (DeliveryKind.FEEDBACK, "easy 5"),
        (DeliveryKind.WITHDRAWAL, "withdraw"),
        (DeliveryKind.ERASURE, "erase"),
    ],
)
async def test_what_follows_a_referral_is_brought_to_it(kind: DeliveryKind, followed: str) -> None:
    desk = Desk()
    await desk.work(DELIVER, delivering(kind))
    assert desk.intake.followed == [(followed, "TH-7777-771", FILLED.id)]
    assert await desk.arrived() == [Delivered("d-1")]  # so that the answers can go


def asking(**more: object) -> dict[str, object]:
    mine = {"conversation": ALICE, "conversation_id": FILLED.id, "reference": "TH-7777-771"}
    return {**mine, **more}


async def test_a_status_is_asked_for_and_told() -> None:
    desk = Desk()
    await desk.work(ASK_STATUS, asking())
    assert desk.intake.followed == [("status", "TH-7777-771", FILLED.id)]
    assert await desk.arrived() == [StatusKnown("accepted", 5)]


async def test_a_status_that_cannot_be_had_is_tried_a_few_times_only() -> None:
    desk = Desk(intake=FakeIntake([AWAY] * 4))
    payload: Payload = asking()
    for _ in range(3):
        later = await desk.postponed(ASK_STATUS, payload)
        assert later.payload is not None
        payload = later.payload
    await desk.work(ASK_STATUS, payload)
    assert await desk.arrived() == [StatusKnown("unknown", 0)]


async def test_a_status_that_is_refused_is_unknown() -> None:
    desk = Desk(intake=FakeIntake([REFUSED]))
    await desk.work(ASK_STATUS, asking())
    assert await desk.arrived() == [StatusKnown("unknown", 0)]


async def test_what_is_due_wakes_its_conversation() -> None:
    desk = Desk()
    await desk.work(TICK, {"conversation": ALICE, "due": "reminder"})
    assert await desk.arrived() == [Tick(Due.REMINDER)]
