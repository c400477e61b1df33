"""Lets in from each person only what can be answered; what is more is said once, and not kept.

Why this number: docs/limits.md.
"""

from collections import Counter, OrderedDict
from collections.abc import Collection, Mapping, Sequence

from bot.channels.telegram.inbound import read
from bot.dialogue.inbound import Flooded, is_for_safety
from bot.envelopes import OWN_SOURCE, dump_own
from bot.ports import Arrive, Received
from bot.watch import Unwatched, Watch
from common.runtime.pace import Pace, Rate

OF_A_PERSON = Rate("telegram-person", 60)
TOLD = Rate("telegram-told", 1)
_REMEMBERED = 10_000  # updates: many more than Telegram brings again at once


class Sieve:
    """Stands before the inbox. Counts what is stored, once.

    A store that fails counts nothing, nor does an update that Telegram brings again because it
    did not hear that it arrived.
    """

    def __init__(self, arrive: Arrive, pace: Pace, watch: Watch | None = None) -> None:
        self._watch = watch or Unwatched()
        self._arrive = arrive
        self._pace = pace
        self._stored: OrderedDict[str, None] = OrderedDict()

    async def arrive(self, batch: Sequence[Received]) -> None:
        """Store what arrived, in order, but for what is too much from one person."""
        taken: Counter[str] = Counter()
        told: set[str] = set()
        kept: list[Received] = []
        for one in batch:
            who = one.conversation
            if one.update_id in self._stored:
                kept.append(one)
            elif await self._pace.has_room(OF_A_PERSON, who, taken[who] + 1):
                taken[who] += 1
                kept.append(one)
            elif _always_taken(one):  # asked last, for it takes the longest
                kept.append(one)
            elif who not in told and await self._pace.has_room(TOLD, who):
                told.add(who)
                kept.append(_flooded(one))
        if kept:
            await self._arrive(kept)
        await self._count(kept, taken, told)
        stored = {id(one) for one in kept}
        for one in batch:
            (self._watch.received if id(one) in stored else self._watch.refused)(one.source)

    async def _count(
        self, kept: Sequence[Received], taken: Mapping[str, int], told: Collection[str]
    ) -> None:
        for who, times in taken.items():
            await self._pace.take(OF_A_PERSON, who, times)
        for who in told:
            await self._pace.take(TOLD, who)
        self._stored.update(dict.fromkeys(one.update_id for one in kept))
        while len(self._stored) > _REMEMBERED:
            self._stored.popitem(last=False)


def _always_taken(received: Received) -> bool:
    arrival = read(received.body)
    return arrival is not None and is_for_safety(arrival.inbound)


def _flooded(first: Received) -> Received:
    """What the conversation hears in place of the first that is not kept.

    Named by that, so that it counts once however often Telegram posts it.
    """
    name = f"flooded:{first.source}:{first.update_id}"
    body = dump_own(Flooded())
    return Received(OWN_SOURCE, name, first.conversation, body, first.received_at)
