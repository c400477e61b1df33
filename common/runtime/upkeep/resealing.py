"""The command that changes the keys: shows how far it is, and says whether a key may go."""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from common.runtime.keytable import unlock
from common.runtime.upkeep.holding import Holding, beside
from common.runtime.upkeep.reseal import Resealed, Told, reseal
from common.runtime.vault import Vault


async def reseal_all(holding: Holding, console: Console) -> bool:
    """Seal everything with the newest key; whether the older ones may be taken out.

    Raises:
        DatabaseError: the store cannot be opened, or not by these keys.
    """
    async with beside(holding) as database:
        # An older key must not go before the store has a key of fingerprints of its own.
        await database.write(lambda connection: unlock(connection, holding.keys, holding.ring))
        with _shown(console) as told:
            found = await reseal(database, holding.sealed, holding.ring, told)
    console.print(said(found, holding.ring), soft_wrap=True, highlight=False)
    return not found.late


def said(found: Resealed, ring: Vault) -> str:
    """What came of it, in plain sentences."""
    newest, *older = ring.names
    sentences = [f"{found.done} values were sealed anew with the key {newest}."]
    if found.closed:
        sentences.append(
            f"{found.closed} values open with none of the keys, and were left as they are: if a "
            "key was taken out too early, put it back and do this again."
        )
    if found.late:
        sentences.append(
            "Meanwhile something was still sealed with an older key: start every process anew "
            f"with {newest} first among its keys, then do this again."
        )
    elif older:
        nothing = "seals nothing" if len(older) == 1 else "seal nothing"
        sentences.append(
            f"{' and '.join(older)} {nothing} any more and may be taken out; keep it "
            "with the backups from before."
        )
    else:
        sentences.append("It is the only key there is, so there is none to take out.")
    return " ".join(sentences)


@contextmanager
def _shown(console: Console) -> Iterator[Told]:
    """A bar for each table, where somebody sits and watches."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
        bars = {}

        def told(table: str, seen: int, total: int) -> None:
            if table not in bars:
                bars[table] = progress.add_task(table)
            progress.update(bars[table], completed=seen, total=total)

        yield told
