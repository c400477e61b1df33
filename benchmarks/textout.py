"""A text to the whole borough: so many people open the chat at once, through real HTTP."""

import asyncio
import subprocess
import sys
import time
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory

from benchmarks import start
from benchmarks.crowd import Answered, Crowd
from benchmarks.table import Row

CROWDS = (1, 10, 100, 1_000, 2_000)
ROUNDS = {1: 20, 10: 5, 100: 3, 1_000: 1, 2_000: 1}


async def measure() -> list[Row]:
    """A row for each size of crowd: turns a second, and how long each waited for an answer."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        api, bot = start.free_port(), start.free_port()
        async with Crowd(f"http://127.0.0.1:{bot}/telegram/webhook") as crowd:
            api_is = {**start.common(folder), **start.api_settings(folder, api)}
            bot_is = {**start.common(folder), **start.bot_settings(folder, api, bot)}
            bot_is |= crowd.settings
            seed = (sys.executable, "-m", "api", "seed")
            await asyncio.to_thread(
                subprocess.run, seed, env=api_is, cwd=folder, check=True, capture_output=True
            )
            with start.Running("api", api_is, folder, api):
                running = await asyncio.to_thread(_begun, start.Running("bot", bot_is, folder, bot))
                try:
                    await crowd.is_welcome()
                    return [await _row(crowd, size) for size in CROWDS]
                finally:
                    running.__exit__()


def _begun(running: start.Running) -> start.Running:
    running.__enter__()
    return running


async def _row(crowd: Crowd, size: int) -> Row:
    rounds = []
    for _ in range(ROUNDS[size]):
        began = time.perf_counter()
        answered = await crowd.come(size)
        rounds.append((answered, time.perf_counter() - began))
    rate = median(len(answered) / seconds for answered, seconds in rounds)
    return Row(
        f"a text to {size:,}: turns a second",
        "nothing",
        rate,
        "turns a second",
        note=_note([one for answered, _ in rounds for one in answered], size * ROUNDS[size]),
    )


def _note(answered: list[Answered], asked: int) -> str:
    waits = sorted(one.seconds for one in answered)
    p99 = quantiles(waits, n=100)[98] if len(waits) > 1 else waits[0]
    lost = asked * len(Crowd.ACTS) - len(answered)
    return (
        f"{len(answered):,} turns, from the post to the answer's first message p50 "
        f"{median(waits) * 1000:,.0f} ms, p99 {p99 * 1000:,.0f} ms; lost {lost}"
    )
