"""The tables of a run: printed, and kept in docs/chaos.md with one section for each store."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tests.chaos.plan import Kind, Plan
from tests.chaos.tally import COLUMNS, Fate, total

TITLES = {Kind.SQLITE: "SQLite", Kind.POSTGRESQL: "PostgreSQL"}
HEAD = """\
# Chaos: nothing lost, nothing doubled

Written by `make chaos` (see `tests/chaos/`), each section by the last run on that store. Residents
in four languages, half on Telegram and half on the page without scripts, walk the short path while
bot and api are killed with SIGKILL, the database is cut off, the api, Telegram and the post answer
with errors, late or not at all, and answers get lost. Who is not answered tries again. At the end
the api's database and the post office are looked into.

*Sent*: Send was pressed, and the platform or the page took it. *Received*: in the api. *Lost*:
sent and not received. *Doubled*: received more than once. *Notified*: the prescriber had a letter
with the reference. *Stuck*: did not come to the reference, or gets no answer afterwards. Lost,
doubled and stuck must be 0, and the others all the same.
"""


@dataclass(frozen=True, slots=True)
class Result:
    """How a run went. Times are in seconds; `troubles` counts what was done to everybody.

    `forgotten` are updates that were confirmed and never worked, `given_up` jobs that were.
    """

    plan: Plan
    at: datetime
    fates: Sequence[Fate]
    troubles: Counter[str]
    lasted: float
    settled: float
    forgotten: int
    given_up: int

    @property
    def is_good(self) -> bool:
        """Whether nobody has anything to complain of."""
        return not (self.forgotten or self.given_up) and not any(one.wrong for one in self.fates)

    def section(self) -> str:
        """All of it as a section of Markdown."""
        lines = [
            f"## {TITLES[self.plan.store]}",
            "",
            " ".join(self._sentences()),
            "",
            *_table(("", *COLUMNS), self._groups()),
            "",
            *_table(("what went wrong", "times"), sorted(self.troubles.items())),
            *("" if self.is_good else self._complaints()),
        ]
        return "\n".join(lines) + "\n"

    def _sentences(self) -> Iterator[str]:
        plan = self.plan
        yield f"{self.at:%Y-%m-%d %H:%M} UTC: {plan.residents} residents,"
        yield f"{plan.talking / 60:g} minutes of trouble, seed {plan.seed}."
        yield f"It lasted {self.lasted:.0f} s, of which {self.settled:.0f} s after the trouble"
        yield "until all had come right."
        repeats = sum(one.resident.repeats for one in self.fates)
        yield f"Residents did a thing again {repeats} times. Updates confirmed to Telegram and"
        yield f"never worked: {self.forgotten}; jobs given up: {self.given_up}."

    def _groups(self) -> Iterator[tuple[object, ...]]:
        for name in ("channel", "language"):
            values = sorted({str(getattr(one.resident, name)) for one in self.fates})
            for value in values:
                some = [one for one in self.fates if getattr(one.resident, name) == value]
                yield (value, *total(some).values())
        yield ("**all**", *total(self.fates).values())

    def _complaints(self) -> Iterator[str]:
        yield ""
        for one in self.fates:
            if one.wrong:
                who = f"{one.resident.number} ({one.resident.channel}, {one.resident.language})"
                yield f"- resident {who}: {'; '.join(one.wrong)}"


def keep(section: str, file: Path) -> None:
    """Put a section in the place of the last one of this store, or behind what there is."""
    text = file.read_text(encoding="utf-8") if file.exists() else HEAD
    title = section.split("\n", 1)[0]
    sections = [one.strip() for one in re.split(r"(?m)^(?=## )", text)]
    sections[0] = HEAD.strip()
    others = [one for one in sections[1:] if one.split("\n", 1)[0] != title]
    parts = [sections[0], *sorted([*others, section.strip()], reverse=True)]
    file.write_text("\n\n".join(parts) + "\n", encoding="utf-8")


def _table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    yield f"| {' | '.join(heads)} |"
    yield f"|---|{'---:|' * (len(heads) - 1)}"
    for row in rows:
        yield f"| {' | '.join(str(one) for one in row)} |"
