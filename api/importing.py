"""The command that takes in the official list of practices, beside whoever has the store."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import track

from api.domain.errors import ChangedMeanwhileError
from api.domain.official import Official
from api.persistence.official_file import BrokenFileError, read_official
from api.services import importing
from api.services.desk import Desk
from api.services.directory import DirectoryKeeper
from api.services.filing import file_together
from api.services.importing import Plan
from api.services.publications import PublicationKeeper
from api.services.together import Together
from api.settings import ApiSettings
from api.upkeep import holding
from common.contract.directory import Practice
from common.runtime.clock import Clock
from common.runtime.keytable import unlock
from common.runtime.sqljobs import SqlDispatcher
from common.runtime.upkeep.holding import UpkeepError, beside


async def import_list(
    settings: ApiSettings,
    file: Path,
    console: Console,
    clock: Clock,
    agree: Callable[[], bool],
) -> bool:
    """Show what would change, and change it when that is agreed to; whether it is in now.

    Raises:
        UpkeepError: the file is not the official list, or somebody changed the directory.
        DatabaseError: the store cannot be opened, or not by these keys.
    """
    listed = _read(file, console)
    async with _desk(settings, clock) as desk:
        plan = await importing.plan(desk, listed)
        console.print(said(plan), soft_wrap=True, highlight=False, markup=False)
        if plan.difference.is_empty:
            return True
        if not agree():
            console.print("Nothing was changed.")
            return False
        try:
            await importing.take_in(desk, listed, plan.difference)
        except ChangedMeanwhileError:
            raise UpkeepError(
                "Somebody has changed the directory meanwhile. Nothing was changed: do it again."
            ) from None
    console.print("It is done. The chat knows it within seconds.")
    return True


def said(plan: Plan) -> str:
    """The difference in plain lines."""
    found = plan.difference
    parts = [
        *_part("New", found.added),
        *_part("Closed", found.closed),
        *_part("Other name", found.renamed),
        *_part("Moved", found.moved),
    ]
    if found.doubtful:
        parts.append("Look at these yourself. Nothing is changed for them:")
        parts += [f"  {code} {why}" for code, why in found.doubtful]
    if found.is_empty:
        parts.append("There is nothing to change.")
    if plan.waiting:
        parts.append(
            f"{plan.waiting} open referrals are of practices that close. What somebody works on "
            "stays with them; the coordinators have the rest."
        )
    return "\n".join(parts)


def _part(what: str, practices: Sequence[Practice]) -> list[str]:
    if not practices:
        return []
    rows = [f"  {one.ods_code} {one.name}, {one.street}, {one.postcode}" for one in practices]
    return [f"{what}: {len(practices)}", *rows]


def _read(file: Path, console: Console) -> list[Official]:
    try:
        lines = track(
            read_official(file),
            "Reading",
            total=_lines(file),
            console=console,
            disable=not console.is_terminal,
        )
        return [one for one in lines if one is not None]
    except BrokenFileError as error:
        raise UpkeepError(f"{error} Nothing was changed.") from None


def _lines(file: Path) -> int:
    try:
        with file.open("rb") as content:
            return sum(1 for _ in content)
    except OSError:
        return 0  # what is wrong with it is said when it is read


@asynccontextmanager
async def _desk(settings: ApiSettings, clock: Clock) -> AsyncIterator[Desk]:
    """A desk beside the processes that are at work; their jobs are theirs to do."""
    held = holding(settings)
    async with beside(held) as database:
        vault = await database.write(lambda c: unlock(c, held.keys, held.ring))
        yield Desk(
            database=database,
            vault=vault,
            clock=clock,
            dispatcher=SqlDispatcher(database, held.jobs, vault, clock),
            directory=DirectoryKeeper(database, clock),
            publications=PublicationKeeper(database, clock),
            contact_days=settings.contact_working_days,
            public_url=settings.public_url,
            filing=Together(file_together),
        )
