"""What the commands for the records do, beside whoever has the store."""

import re

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn
from sqlalchemy import Connection

from api.domain.record import Break, Fault, Line
from api.services import auditing
from api.services.auditing import Verdict
from common.runtime.keytable import unlock
from common.runtime.upkeep.holding import Holding, UpkeepError, beside

_MARK = re.compile(r"([0-9]{1,18})-([0-9a-f]{64})")


async def verify_audit(holding: Holding, console: Console, since: str = "") -> bool:
    """Check the chain, say how it is, and whether it is whole.

    `since` is what an earlier check has told: the chain must still hold it.

    Raises:
        UpkeepError: `since` is nothing that a check tells.
        DatabaseError: the store cannot be opened, or not by these keys.
    """
    mark = _MARK.fullmatch(since)
    if since and mark is None:
        raise UpkeepError("After --since comes what an earlier check has told, as 120-5f3a…")
    async with beside(holding) as database:
        vault = await database.write(lambda c: unlock(c, holding.keys, holding.ring))
        with Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            console=console,
            disable=not console.is_terminal,
        ) as progress:
            bar = progress.add_task("lines", total=None)

            def look(connection: Connection) -> tuple[Verdict, bool]:
                verdict = auditing.verify(
                    connection, vault.fingerprint, lambda more: progress.advance(bar, more)
                )
                kept = not mark or auditing.holds(connection, int(mark[1]), mark[2])
                return verdict, kept

            verdict, kept = await database.read(look)
    words = said(verdict, cut=not kept)
    console.print(words, soft_wrap=True, highlight=False, markup=False)
    return verdict.first_break is None and kept


def said(verdict: Verdict, *, cut: bool) -> str:
    """How the chain is, in plain sentences."""
    if verdict.first_break is not None:
        return f"The audit is broken. {_where(verdict.first_break, verdict.broken)}"
    if cut:
        return (
            "The audit is broken. What is there is whole, but it does not hold the mark of the "
            "earlier check: lines were taken off its end, or all of it was put back from a copy."
        )
    sentences = [f"The audit is whole: {verdict.lines} lines are in the chain."]
    if verdict.pruned:
        sentences.append(f"{verdict.pruned} days were taken away after their time.")
    if verdict.waiting:
        sentences.append(f"{verdict.waiting} more wait to be put in, within minutes.")
    if verdict.last is not None:
        sentences.append(
            f"Write this mark down somewhere else: {verdict.last.last_id}-{verdict.last.head}. "
            "With --since and the mark, a later check sees that nothing was cut off the end."
        )
    return " ".join(sentences)


def _where(found: Break, line: Line | None) -> str:
    if found.fault is Fault.SEAL:
        return f"The seal of {found.day} was changed, or a day before it was taken away."
    about = f" ({line.action} by {line.actor} at {line.at:%Y-%m-%d %H:%M} UTC)" if line else ""
    return {
        Fault.CHANGED: f"Line {found.line}{about} was changed, or is out of its place.",
        Fault.INSERTED: f"Line {found.line}{about} was put in afterwards.",
        Fault.REMOVED: f"Line {found.line} is not there any more as it was.",
    }[found.fault]
