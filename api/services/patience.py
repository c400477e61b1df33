"""Patience with those who guess: after some wrong tries, a pause that doubles."""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta

FIRST_PAUSE = timedelta(seconds=30)
LONGEST_PAUSE = timedelta(minutes=15)
FORGET_AFTER = timedelta(hours=1)
REMEMBERED = 10_000  # keys; the oldest go first, so that guessing cannot fill the memory


@dataclass(slots=True)
class _Tries:
    count: int
    last: datetime
    until: datetime


class Patience:
    """Counts tries by key in this process; each key comes with how many are free.

    A try counts when it begins, so that many at the same moment are not one. Whether an account
    exists makes no difference: keys are what was typed.
    """

    def __init__(self) -> None:
        self._tries: OrderedDict[str, _Tries] = OrderedDict()

    def wait(self, keys: dict[str, int], now: datetime) -> timedelta:
        """How long to wait before the next try; nothing when there may be one now."""
        pauses = [one.until - now for key in keys if (one := self._known(key, now))]
        return max((timedelta(), *pauses))

    def count(self, keys: dict[str, int], now: datetime) -> None:
        """Note that a try begins."""
        for key, free in keys.items():
            known = self._known(key, now)
            tried = known.count + 1 if known else 1
            pause = FIRST_PAUSE * 2 ** min(tried - free, 10) if tried >= free else timedelta()
            self._tries[key] = _Tries(tried, now, now + min(pause, LONGEST_PAUSE))
            self._tries.move_to_end(key)
        while len(self._tries) > REMEMBERED:
            self._tries.popitem(last=False)

    def forgive(self, keys: dict[str, int]) -> None:
        """The right password came: it was no guessing."""
        for key in keys:
            self._tries.pop(key, None)

    def _known(self, key: str, now: datetime) -> _Tries | None:
        known = self._tries.get(key)
        return known if known and now - known.last < FORGET_AFTER else None
