"""Takes the turns: from the inbox through the dialogue to the jobs, in order for each person."""

import asyncio
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
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

log = logs.get(__name__)


class BrokenTurnError(Exception):
    """The dialogue failed on something that arrived: a bug of ours, not the store's."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How many conversations are worked at once, and how long things may take in seconds.

    `poll` is how late something is noticed that another process stored, or after the database
    was away; what this process stores wakes the loop at once.
    """

    at_once: int = 32
    listen: float = 2.0
    poll: float = 5.0


class Conversations:
    """The loop that takes turns. Each conversation is worked by one task at a time."""

    def __init__(  # noqa: PLR0913 what the shell stands on, each by name in app.py
        self,
        *,
        store: Store,
        listener: Listener,
        renderer: Renderer,
        advance: Advance,
        readers: Mapping[str, Reader],
        clock: Clock,
        limits: Limits | None = None,
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
        self._limits = limits or Limits()
        self._new_id = new_id
        self._places = asyncio.Semaphore(self._limits.at_once)
        self._awake = asyncio.Event()
        self._busy: set[str] = set()
        self._again: set[str] = set()

    def wake(self) -> None:
        """Look at the inbox now: something was stored."""
        self._awake.set()

    async def run(self) -> None:
        """Take turns until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            while True:
                self._awake.clear()
                await self._start_waiting(tasks)
                await self._rest()

    async def take_waiting(self) -> int:
        """Take every turn that waits, and those that follow from them; returns how many."""
        taken = 0
        while waiting := await self._store.waiting():
            taken += sum(await asyncio.gather(*(self._turns(one) for one in waiting)))
        return taken

    async def _start_waiting(self, tasks: asyncio.TaskGroup) -> None:
        try:
            waiting = await self._store.waiting()
        except Exception:
            log.exception("inbox.unreadable")  # it may come back, and people wait for it
            return
        for conversation in waiting:
            if conversation in self._busy:
                self._again.add(conversation)
            else:
                self._busy.add(conversation)
                tasks.create_task(self._work(conversation))

    async def _rest(self) -> None:
        try:
            async with asyncio.timeout(self._limits.poll):
                await self._awake.wait()
        except TimeoutError:
            pass

    async def _work(self, conversation: str) -> None:
        try:
            async with self._places:
                await self._turns(conversation)
        except Exception:
            log.exception("turn.not_stored")  # one conversation must not stop the others
        finally:
            self._busy.discard(conversation)
        # What arrived while the last look into the inbox was under way.
        if conversation in self._again:
            self._again.discard(conversation)
            self.wake()

    async def _turns(self, conversation: str) -> int:
        taken = 0
        while waiting := await self._store.oldest(conversation):
            await self._turn(waiting)
            taken += 1
        return taken

    async def _turn(self, waiting: Waiting) -> None:
        arrival: Arrival | None = None
        for _ in range(TRIES):
            try:
                arrival = self._read(waiting)
                await self._answer(waiting, arrival)
            except BrokenTurnError:
                continue
            waited = self._clock() - waiting.received.received_at
            self._watch.turned(waiting.received.source, waited.total_seconds())
            return
        self._watch.broke(waiting.received.source)
        sorry = apology(self._renderer, waiting.received, arrival, self._clock())
        try:
            await self._store.turn(waiting, unchanged if _silent(waiting.received) else sorry)
        except Exception:
            log.exception("apology.failed", turn=waiting.row)  # the next message has its turn
            await self._store.turn(waiting, unchanged)

    def _read(self, waiting: Waiting) -> Arrival | None:
        received = waiting.received
        try:
            if received.source == OWN_SOURCE:
                return read_own(received.body)
            return self._readers[received.source](received.body)
        except Exception as error:
            log.exception("update.unreadable", turn=waiting.row)
            raise BrokenTurnError from error

    async def _answer(self, waiting: Waiting, arrival: Arrival | None) -> None:
        if arrival is None:
            await self._store.turn(waiting, unchanged)
            return
        inbound = arrival.inbound
        if isinstance(inbound, Text | Media):  # before the turn, which must not wait for it
            session = await self._store.session(waiting.received.conversation)
            language = session.language if session else self._first_language(arrival)
            inbound = await heard(self._listener, inbound, language, self._limits.listen)
        question = await question_pressed(self._store, waiting.received.conversation, arrival)
        ready = replace(arrival, inbound=inbound)
        await self._store.turn(
            waiting, lambda session: self._work_on(waiting, ready, question, session)
        )

    def _work_on(
        self, waiting: Waiting, arrival: Arrival, question: str, session: Session | None
    ) -> TurnResult:
        """One turn, inside the store's transaction."""
        received = waiting.received
        if session is None and received.source == OWN_SOURCE:
            return unchanged(None)  # asked for by a conversation that has since been forgotten
        before = session or self._new_session(received, arrival)
        now = self._clock()
        try:
            inbound = in_its_place(arrival.inbound, question, before)
            turn = self._advance(before, inbound, now)
            return turn_result(self._renderer, received, arrival, turn, now)
        except Exception as error:
            log.exception("turn.failed", turn=waiting.row)
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
