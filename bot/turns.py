"""Takes one turn: what arrived is read and heard, the dialogue answers, and the store keeps it."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from bot.attention import heard, in_its_place, question_pressed
from bot.dialogue.engine import Turn
from bot.dialogue.inbound import Inbound, Media, Text
from bot.dialogue.session import Session
from bot.envelopes import OWN_SOURCE, read_own
from bot.outcome import Renderer, apology, turn_result, unchanged
from bot.ports import Arrival, Listener, Reader, Received, Store, TurnResult, Waiting
from bot.watch import Unwatched, Watch
from common.runtime import logs
from common.runtime.clock import Clock

Advance = Callable[[Session, Inbound, datetime], Turn]

TRIES = 3
LISTEN = 2.0  # seconds that the listener may take

log = logs.get(__name__)


class BrokenTurnError(Exception):
    """The dialogue failed on something that arrived: a bug of ours, not the store's."""


class Turns:
    """Takes turns, one at a time for each conversation; who calls sees to that."""

    def __init__(  # noqa: PLR0913 what a turn stands on, each by name in app.py
        self,
        *,
        store: Store,
        listener: Listener,
        renderer: Renderer,
        advance: Advance,
        readers: Mapping[str, Reader],
        clock: Clock,
        listen: float = LISTEN,
        new_id: Callable[[], str] = lambda: secrets.token_hex(16),
        watch: Watch | None = None,
    ) -> None:
        self._watch = watch or Unwatched()
        self._store = store
        self._listener = listener
        self._renderer = renderer
        self._advance = advance
        self._readers = readers
        self._clock = clock
        self._listen = listen
        self._new_id = new_id

    async def at_once(self, received: Received) -> bool:
        """Take the turn of something while it is stored; False when it has been stored to wait.

        Raises:
            BrokenTurnError: nothing was stored.
        """
        arrival = self._read(received)
        if arrival is None:
            return await self._store.answer(received, unchanged) is not None
        ready, question = await self._attend(received, arrival)
        result = await self._store.answer(
            received, lambda session: self._work_on(received, ready, question, session)
        )
        if result is None:
            return False
        self._count(received)
        return True

    async def take(self, waiting: Waiting) -> None:
        """Take the turn of something that waits; say sorry when it cannot be done."""
        received = waiting.received
        arrival: Arrival | None = None
        for _ in range(TRIES):
            try:
                arrival = self._read(received)
                await self._answer(waiting, arrival)
            except BrokenTurnError:
                continue
            self._count(received)
            return
        self._watch.broke(received.source)
        sorry = apology(self._renderer, received, arrival, self._clock())
        try:
            await self._store.turn(waiting, unchanged if _silent(received) else sorry)
        except Exception:
            log.exception("apology.failed", turn=waiting.row)  # the next message has its turn
            await self._store.turn(waiting, unchanged)

    def _count(self, received: Received) -> None:
        waited = self._clock() - received.received_at
        self._watch.turned(received.source, waited.total_seconds())

    def _read(self, received: Received) -> Arrival | None:
        try:
            if received.source == OWN_SOURCE:
                return read_own(received.body)
            return self._readers[received.source](received.body)
        except Exception as error:
            log.exception("update.unreadable")
            raise BrokenTurnError from error

    async def _answer(self, waiting: Waiting, arrival: Arrival | None) -> None:
        if arrival is None:
            await self._store.turn(waiting, unchanged)
            return
        received = waiting.received
        ready, question = await self._attend(received, arrival)
        await self._store.turn(
            waiting, lambda session: self._work_on(received, ready, question, session)
        )

    async def _attend(self, received: Received, arrival: Arrival) -> tuple[Arrival, str]:
        """What must not keep the store waiting: listening, and the question that was pressed."""
        question = await question_pressed(self._store, received.conversation, arrival)
        if not isinstance(arrival.inbound, Text | Media):
            return arrival, question
        inbound = await heard(self._listener, arrival.inbound, self._listen)
        return replace(arrival, inbound=inbound), question

    def _work_on(
        self, received: Received, arrival: Arrival, question: str, session: Session | None
    ) -> TurnResult:
        """One turn, inside the store's transaction."""
        if session is None and received.source == OWN_SOURCE:
            return unchanged(None)  # asked for by a conversation that has since been forgotten
        before = session or self._new_session(received, arrival)
        now = self._clock()
        try:
            inbound = in_its_place(arrival.inbound, question, before)
            turn = self._advance(before, inbound, now)
            return turn_result(self._renderer, received, arrival, turn, now)
        except Exception as error:
            log.exception("turn.failed")
            raise BrokenTurnError from error

    def _new_session(self, received: Received, arrival: Arrival) -> Session:
        channel = received.conversation.partition(":")[0]
        return Session(self._new_id(), channel, self._first_language(arrival))

    def _first_language(self, arrival: Arrival) -> str:
        language = arrival.language_hint.partition("-")[0].lower()
        return language if language in self._renderer.languages else ""


def _silent(received: Received) -> bool:
    """Whether nobody is waiting for an answer to this."""
    return received.source == OWN_SOURCE and received.body.get("kind") == "tick"
