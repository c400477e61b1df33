"""Gathering what waits at the same moment, so that it can share a transaction."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, Protocol, TypeVar

MOST = 16  # in one lot
LOTS = 2  # on their way at once: while one waits for the disk, the other is made ready


class Item(Protocol):
    """What is to be done."""

    @property
    def alone(self) -> str:
        """Two for which this is the same are never in one lot; empty: it does not matter."""
        ...


ItemT = TypeVar("ItemT", bound=Item)
Result = TypeVar("Result")


class Together(Generic[ItemT, Result]):
    """Hands lots to `do`, which gives a result for each; when it raises, all is undone.

    One that waits alone is done at once. When a lot fails, each of it is done by itself: the one
    that fails spares the others.
    """

    def __init__(
        self, do: Callable[[Sequence[ItemT]], Awaitable[Sequence[Result]]], *, most: int = MOST
    ) -> None:
        self._do = do
        self._most = most
        self._waiting: list[tuple[ItemT, asyncio.Future[Result]]] = []
        self._working: set[asyncio.Task[None]] = set()

    async def done(self, item: ItemT) -> Result:
        """Have it done."""
        if self._most == 1:
            return (await self._do([item]))[0]
        future: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        self._waiting.append((item, future))
        if len(self._working) < LOTS:
            task = asyncio.create_task(self._work())
            self._working.add(task)
            task.add_done_callback(self._working.discard)
        return await future

    async def _work(self) -> None:
        while lot := self._next():
            await self._try(lot)

    def _next(self) -> list[tuple[ItemT, "asyncio.Future[Result]"]]:
        lot: list[tuple[ItemT, asyncio.Future[Result]]] = []
        later: list[tuple[ItemT, asyncio.Future[Result]]] = []
        taken: set[str] = set()
        for one in self._waiting:
            alone = one[0].alone
            fits = len(lot) < self._most and alone not in taken
            (lot if fits else later).append(one)
            if fits and alone:
                taken.add(alone)
        self._waiting = later
        return lot

    async def _try(self, lot: Sequence[tuple[ItemT, "asyncio.Future[Result]"]]) -> None:
        try:
            results = await self._do([item for item, _ in lot])
        except Exception as error:  # noqa: BLE001 it belongs to those who wait
            if len(lot) == 1:
                _settle(lot[0][1], error=error)
            else:
                for one in lot:
                    await self._try([one])
            return
        for (_, future), result in zip(lot, results, strict=True):
            _settle(future, result)


def _settle(
    future: "asyncio.Future[Result]",
    result: Result | None = None,
    error: Exception | None = None,
) -> None:
    if future.done():
        return  # whoever waited has gone
    if error is not None:
        future.set_exception(error)
    else:
        future.set_result(result)  # type: ignore[arg-type]  # there is one when there is no error
