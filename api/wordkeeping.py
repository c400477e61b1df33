"""The commands that check the words, and keep the repository's and a store's in step."""

from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

from rich.console import Console

from api.domain.errors import ChangedMeanwhileError
from api.persistence.shipped_words import LOCALES
from api.services import wordsync
from api.services.wordchecks import shipped_problems
from api.services.wordsync import Plan
from api.settings import ApiSettings
from api.upkeep import holding
from common.runtime.clock import Clock
from common.runtime.upkeep.holding import UpkeepError, beside
from common.words.formats.units import BadFileError, name_of
from common.words.merging import Fate, Outcome

Agree = Callable[[], bool]


def check(console: Console, language: str, *, hints: bool) -> bool:
    """Print each problem of the shipped words with its file and message; whether none must be.

    Raises:
        UpkeepError: there are no words in this language.
    """
    try:
        found = list(shipped_problems(*([language] if language else [])))
    except LookupError:
        raise UpkeepError(f"There are no words in “{language}”.") from None
    must = [one for one in found if one.problem.must]
    for one in found if hints else must:
        kind = "must" if one.problem.must else "hint"
        _say(console, f"{one.file}: {one.message}: {kind}: {one.problem.says}")
    _say(console, f"To be mended: {len(must)}. Hints: {len(found) - len(must)}.")
    return not must


async def pull(
    settings: ApiSettings,
    console: Console,
    agree: Agree,
    *,
    conflicts: bool = False,
    folder: Path = LOCALES,
) -> bool:
    """Show what the published words would change in the catalogues, and change it once agreed to.

    Raises:
        UpkeepError: a catalogue cannot be read.
        DatabaseError: the store cannot be opened.
    """
    async with beside(holding(settings)) as database:
        plan = await _planned(wordsync.pulling(database, folder))
    if not _show(console, plan, conflicts=conflicts) or not agree():
        return _nothing(console, plan, conflicts=conflicts)
    count = wordsync.pull(plan, folder, conflicts=conflicts)
    _say(console, f"Written: {count} messages, as in publication {plan.version}.")
    return True


async def push(  # noqa: PLR0913 what the command is given
    settings: ApiSettings,
    console: Console,
    clock: Clock,
    agree: Agree,
    *,
    conflicts: bool = False,
    folder: Path = LOCALES,
) -> bool:
    """Show what the catalogues would change in the workshop, and make drafts of it once agreed to.

    Raises:
        UpkeepError: a catalogue cannot be read, or somebody changed words meanwhile.
        DatabaseError: the store cannot be opened.
    """
    async with beside(holding(settings)) as database:
        plan = await _planned(wordsync.pushing(database, folder))
        if not _show(console, plan, conflicts=conflicts) or not agree():
            return _nothing(console, plan, conflicts=conflicts)
        try:
            count = await wordsync.push(database, clock, folder, plan, conflicts=conflicts)
        except ChangedMeanwhileError:
            raise UpkeepError(
                "Somebody has changed words meanwhile. Nothing was changed: do it again."
            ) from None
    _say(console, f"Drafts made: {count}. Coordinators find them in the workshop.")
    return True


async def _planned(planning: Awaitable[Plan]) -> Plan:
    try:
        return await planning
    except BadFileError as error:
        raise UpkeepError(f"A catalogue cannot be read: {error}. Nothing was changed.") from None


def _show(console: Console, plan: Plan, *, conflicts: bool) -> bool:
    """Print the difference; whether there is any that would go over."""
    for language, one in plan.staying(conflicts=conflicts):
        _say(console, "\n".join(_stays(language, one)))
    going = list(plan.going(conflicts=conflicts))
    for language, one in going:
        _say(console, "\n".join(_goes(language, one)))
    return bool(going)


def _nothing(console: Console, plan: Plan, *, conflicts: bool) -> bool:
    """Say that nothing was changed; whether nothing had to be."""
    _say(console, "Nothing was changed.")
    return not any((*plan.going(conflicts=conflicts), *plan.staying(conflicts=conflicts)))


def _goes(language: str, one: Outcome) -> Iterator[str]:
    yield f"{language} {name_of(one.unit.key)}"
    yield from (f"  - {text}" for text in (one.held.translated.texts if one.held else ()))
    yield from (f"  + {text}" for text in one.unit.texts)


def _stays(language: str, one: Outcome) -> Iterator[str]:
    refused = one.fate is Fate.REFUSED
    why = "must be mended first" if refused else "changed on both sides, left as it is"
    yield f"{language} {name_of(one.unit.key)}: {why}"
    yield from (f"  ! {problem.says}" for problem in one.problems if problem.must)
    yield from (f"  = {text}" for text in (one.held.translated.texts if one.held else ()))
    yield from (f"  ? {text}" for text in one.unit.texts)


def _say(console: Console, text: str) -> None:
    console.print(text, soft_wrap=True, highlight=False, markup=False)
