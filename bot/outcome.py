"""What a turn leaves behind: its effects as one job of outgoing things, and the other jobs."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Protocol

from bot import submission
from bot.dialogue.effects import (
    AskStatus,
    Deliver,
    DeliveryKind,
    Effect,
    Remember,
    Say,
    Toast,
    words,
)
from bot.dialogue.engine import Turn
from bot.dialogue.session import Session
from bot.dialogue.values import replace
from bot.envelopes import ASK_STATUS, DELIVER, OWN_SOURCE, SEND, TICK, delivery_lane, dump_outgoing
from bot.ports import Arrival, Outgoing, Received, SentMessage, TurnResult
from common.contract.choices import Channel
from common.contract.languages import SOURCE_LANGUAGE
from common.runtime.jobs import JobRequest


class Renderer(Protocol):
    """Makes finished text of effects: the translator."""

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages there are words in."""
        ...

    def render(self, effect: Effect, language: str) -> Outgoing:
        """One effect as a channel can do it, in this language."""
        ...


def turn_result(
    renderer: Renderer, received: Received, arrival: Arrival, turn: Turn, now: datetime
) -> TurnResult:
    """The session, the jobs and the messages of one turn.

    Raises:
        ValueError: something is to be delivered that the session has not the answers for.
    """
    session = turn.session
    language = session.language or SOURCE_LANGUAGE
    outgoing = outgoings(renderer, arrival.callback, turn.effects, language)
    jobs = [*_sending(received, outgoing, now)]
    jobs.extend(_asked_for(received.conversation, session, turn.effects, now))
    return TurnResult(
        None if turn.forget else session,
        tuple(jobs),
        (SentMessage(arrival.message, received.received_at),) if arrival.message else (),
        # What is still to be done on the channel may be to take away buttons, or all of it.
        keep_messages=bool(outgoing),
    )


def apology(
    renderer: Renderer, received: Received, arrival: Arrival | None, now: datetime
) -> Callable[[Session | None], TurnResult]:
    """The work that sets a row aside on which the dialogue has failed: say so, change nothing."""

    def work(session: Session | None) -> TurnResult:
        language = (session.language if session else "") or SOURCE_LANGUAGE
        callback = arrival.callback if arrival else ""
        sorry = Say((words("general", "something_broke"),))
        outgoing = outgoings(renderer, callback, (sorry,), language)
        return TurnResult(session, tuple(_sending(received, outgoing, now)), keep_messages=True)

    return work


def unchanged(session: Session | None) -> TurnResult:
    """A turn that leaves everything as it was."""
    return TurnResult(session, keep_messages=True)


def outgoings(
    renderer: Renderer, callback: str, effects: Sequence[Effect], language: str
) -> list[Outgoing]:
    """The things to do on the channel in order; a button press is answered first of all."""
    done = [
        renderer.render(effect, language)
        for effect in effects
        if not isinstance(effect, Toast | Deliver | AskStatus | Remember)
    ]
    toasts = [renderer.render(effect, language) for effect in effects if isinstance(effect, Toast)]
    answers = toasts[:1] or ([Outgoing("answer")] if callback else [])
    return [*(replace(answer, callback=callback) for answer in answers), *done]


def _sending(received: Received, outgoing: Sequence[Outgoing], now: datetime) -> list[JobRequest]:
    """One job for all of it: the next turn's messages wait until these are out."""
    if not outgoing:
        return []
    payload = {
        "conversation": received.conversation,
        "outgoing": dump_outgoing(outgoing),
        "since": now.isoformat(),
    }
    if received.source != OWN_SOURCE:  # somebody waits for it since then
        payload["arrived"] = received.received_at.isoformat()
    return [JobRequest(SEND, payload, lane=received.conversation)]


def _asked_for(
    conversation: str, session: Session, effects: Sequence[Effect], now: datetime
) -> Iterator[JobRequest]:
    for effect in effects:
        if isinstance(effect, Deliver):
            conversation_id, reference = effect.about or (session.id, session.reference)
            yield JobRequest(
                DELIVER,
                {
                    "conversation": conversation,
                    "conversation_id": conversation_id,
                    "delivery": effect.id,
                    "what": effect.kind.value,
                    "reference": reference,
                    "body": _body(effect.kind, session, conversation),
                    "since": now.isoformat(),
                },
                lane=delivery_lane(conversation),
                unique=effect.id,
            )
        elif isinstance(effect, AskStatus):
            asked = {"conversation_id": effect.conversation, "reference": effect.reference}
            yield JobRequest(ASK_STATUS, {"conversation": conversation, **asked})
        elif isinstance(effect, Remember):
            due = {"conversation": conversation, "due": effect.due.value}
            yield JobRequest(TICK, due, due=effect.at)


def _body(kind: DeliveryKind, session: Session, conversation: str) -> str:
    """What is delivered, as JSON, from the answers as they stand now."""
    channel = Channel(conversation.partition(":")[0])
    if kind is DeliveryKind.REFERRAL:
        return submission.referral(session, channel).model_dump_json()
    if kind is DeliveryKind.CALLBACK:
        return submission.call_back(session, channel).model_dump_json()
    if kind is DeliveryKind.CORRECTION:
        return submission.correction(session).model_dump_json()
    if kind is DeliveryKind.ABOUT_YOU:
        return submission.about_you(session).model_dump_json()
    if kind is DeliveryKind.FEEDBACK:
        return submission.feedback(session).model_dump_json()
    return ""  # a withdrawal and an erasure say nothing but that they are
