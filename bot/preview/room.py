"""Holds the previews that are open: so many, so long, and in memory alone."""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.preview.stage import Stage
from common.runtime.clock import Clock

MOST = 100
LONGEST = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Held:
    """A stage with its secret, and the origin of the only pages that may frame it."""

    stage: Stage
    secret: str
    framed_by: str
    until: datetime


class Room:
    """The previews by what their forms carry; the oldest goes when there are too many."""

    def __init__(self, clock: Clock, *, most: int = MOST) -> None:
        self._clock = clock
        self._most = most
        self._held: OrderedDict[str, Held] = OrderedDict()

    def hold(self, token: str, stage: Stage, secret: str, framed_by: str) -> Held:
        """Keep a preview for half an hour."""
        self._drop_old()
        while len(self._held) >= self._most:
            self._held.popitem(last=False)
        held = Held(stage, secret, framed_by, self._clock() + LONGEST)
        self._held[token] = held
        return held

    def find(self, token: str) -> Held | None:
        """The preview whose form carries this; None when it is over."""
        self._drop_old()
        return self._held.get(token)

    def __len__(self) -> int:
        return len(self._held)

    def _drop_old(self) -> None:
        """The oldest stand first, and all are held as long."""
        now = self._clock()
        while self._held and next(iter(self._held.values())).until <= now:
            self._held.popitem(last=False)
