"""The one table of results: a row for each thing measured, its target, and whether it is met."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class Row:
    """One result. `value` and `target` are in `unit`; no target means that it is only told.

    `better` is "less" or "more". `note` says what the ratio was made of.
    """

    what: str
    against: str
    value: float
    unit: str = "×"
    target: float | None = None
    better: str = "less"
    note: str = ""

    @property
    def met(self) -> bool | None:
        """Whether the target is met; None without one."""
        if self.target is None:
            return None
        return self.value <= self.target if self.better == "less" else self.value >= self.target

    def dump(self) -> dict[str, Any]:
        """As JSON carries it."""
        return asdict(self)

    @classmethod
    def load(cls, raw: dict[str, Any]) -> Self:
        """Read what `dump` wrote."""
        return cls(**raw)

    def cells(self) -> tuple[str, ...]:
        """The row as it is shown."""
        bound = "at most" if self.better == "less" else "at least"
        wanted = "" if self.target is None else f"{bound} {_number(self.target)} {self.unit}"
        verdict = {True: "yes", False: "NO", None: ""}[self.met]
        return self.what, self.against, f"{_number(self.value)} {self.unit}", wanted, verdict


HEADINGS = ("what", "against", "measured", "target", "met")


def as_text(rows: Sequence[Row]) -> str:
    """The table for a terminal."""
    lines = [HEADINGS, *(row.cells() for row in rows)]
    widths = [max(len(line[place]) for line in lines) for place in range(len(HEADINGS))]
    shown = ["  ".join(map(str.ljust, line, widths)).rstrip() for line in lines]
    return "\n".join([shown[0], "  ".join("-" * width for width in widths), *shown[1:]])


def as_markdown(rows: Sequence[Row]) -> str:
    """The table for a page, with its notes."""
    head = ["| " + " | ".join((*HEADINGS, "made of")) + " |", "|" + "---|" * (len(HEADINGS) + 1)]
    return "\n".join([*head, *("| " + " | ".join((*row.cells(), row.note)) + " |" for row in rows)])


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.2f}".rstrip("0").rstrip(".")
