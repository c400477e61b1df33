"""What is measured, in the order it is shown: the one list to add to."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bench:
    """Something that is measured in a process of its own.

    `module` has a coroutine `measure() -> list[Row]`; `title` is shown while it runs.
    """

    name: str
    module: str
    title: str


BENCHES = (
    Bench("turn", "benchmarks.turn", "a dialogue turn without a store"),
    Bench("stored", "benchmarks.stored", "the same with inbox and store as shipped"),
    Bench("rivals", "benchmarks.rivals.compare", "the same dialogue by two other libraries"),
    Bench("intake", "benchmarks.intake", "taking referrals in"),
    Bench("growth", "benchmarks.growth", "the same with many referrals stored"),
    Bench("inbox", "benchmarks.inbox", "the staff's inbox with many referrals stored"),
    Bench("memory", "benchmarks.memory", "memory for each conversation"),
    Bench("start", "benchmarks.start", "starts and imports"),
    Bench("textout", "benchmarks.textout", "a text to the whole borough"),
)
