"""How often somebody may do something: counted in this process, under keyed hashes only.

Each process counts by itself: behind a load balancer over two processes a person has up to twice
the numbers here. They are there to stop machines, and none of them is near what a person does.
"""

import math
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from limits import RateLimitItemPerMinute
from limits.aio.storage import Storage
from limits.aio.strategies import FixedWindowRateLimiter

from common.runtime.clock import Clock

MOST_KEYS = 100_000  # the oldest go first, so that many addresses cannot fill the memory

Mark = Callable[..., str]
"""Makes a keyed hash of its parts: `Vault.fingerprint`."""


@dataclass(frozen=True, slots=True)
class Rate:
    """So many times `a_minute`, counted from the first; `name` keeps one rate from another."""

    name: str
    a_minute: int


class Pace:
    """Counts who has done what, and says how long to wait. Nobody's name is ever kept."""

    def __init__(self, mark: Mark, clock: Clock, *, most_keys: int = MOST_KEYS) -> None:
        self._mark = mark
        self._clock = clock
        self._counts = _Counts(clock, most_keys)
        self._limiter = FixedWindowRateLimiter(self._counts)

    async def take(self, rate: Rate, who: str, times: int = 1) -> int:
        """Count it; 0 when it may be done, else how many seconds to wait. An empty `who` may."""
        if not who:
            return 0
        item, key = self._keyed(rate, who)
        if await self._limiter.hit(item, key, cost=times):
            return 0
        left = await self._counts.get_expiry(item.key_for(key)) - self._clock().timestamp()
        return max(1, math.ceil(left))

    async def has_room(self, rate: Rate, who: str, times: int = 1) -> bool:
        """Whether it may be done so many times now; nothing is counted."""
        item, key = self._keyed(rate, who)
        return await self._limiter.test(item, key, cost=times)

    def _keyed(self, rate: Rate, who: str) -> tuple[RateLimitItemPerMinute, str]:
        key = self._mark("pace", rate.name, who)
        return RateLimitItemPerMinute(rate.a_minute, namespace=rate.name), key


@dataclass(slots=True)
class _Count:
    times: int
    until: float


class _Counts(Storage):
    """The counts, by our own clock, and no more of them than `most`.

    The library's own memory looks through all it holds at each count: with 10,000 people in it
    that took a millisecond of CPU each time.
    """

    STORAGE_SCHEME = None

    def __init__(self, clock: Clock, most: int) -> None:
        super().__init__()
        self._clock = clock
        self._most = most
        self._counts: OrderedDict[str, _Count] = OrderedDict()

    @property
    def base_exceptions(self) -> type[Exception]:
        return ValueError

    async def incr(self, key: str, expiry: float, amount: int = 1) -> int:
        count = self._known(key)
        if count is None:
            self._forget_what_is_over()
            count = self._counts[key] = _Count(0, _seconds(self._clock()) + expiry)
            self._counts.move_to_end(key)
        count.times += amount
        return count.times

    async def get(self, key: str) -> int:
        count = self._known(key)
        return count.times if count else 0

    async def get_expiry(self, key: str) -> float:
        count = self._known(key)
        return count.until if count else _seconds(self._clock())

    async def check(self) -> bool:
        return True

    async def reset(self) -> int:
        known = len(self._counts)
        self._counts.clear()
        return known

    async def clear(self, key: str) -> None:
        self._counts.pop(key, None)

    def _known(self, key: str) -> _Count | None:
        count = self._counts.get(key)
        return count if count and count.until > _seconds(self._clock()) else None

    def _forget_what_is_over(self) -> None:
        """The oldest stand first, and every window is as long."""
        now = _seconds(self._clock())
        while self._counts:
            key, oldest = next(iter(self._counts.items()))
            if oldest.until > now and len(self._counts) < self._most:
                return
            del self._counts[key]


def _seconds(moment: datetime) -> float:
    return moment.timestamp()
