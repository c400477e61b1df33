"""Lists of the ways to write something: nothing empty, all months, one meaning for each."""

from collections.abc import Iterator

from common.contract.publication import Message
from common.words.case import Case
from common.words.problem import Problem
from common.words.sight import alike
from common.words.uses import Use, use_of

_BETWEEN, _WITHIN = "|", "/"
_MONTHS = ("date_of_birth", "month_spellings")
_YEAR = 12

# To agree is a yes with less weight: they may share words.
_SHARED = frozenset({"yes_spellings", "agree_spellings"})


def check(case: Case) -> Iterator[Problem]:
    """Codes `list_empty`, `list_months` and `list_twice`, all must."""
    if use_of(case.translated) is not Use.LIST:
        return
    for text in case.texts:
        if not all(part.strip() for part in text.replace(_WITHIN, _BETWEEN).split(_BETWEEN)):
            says = (
                f"Something is missing between two {_BETWEEN}. Each stands between two spellings."
            )
            yield Problem("list_empty", must=True, says=says)
    if (case.translated.step, case.translated.id) == _MONTHS:
        yield from _months(case)
        return
    for other in case.siblings:
        if _excludes(case.translated, other):
            yield from _twice(case, other)


def _months(case: Case) -> Iterator[Problem]:
    months = [text.split(_BETWEEN) for text in case.texts]
    if any(len(one) != _YEAR for one in months):
        says = f"There must be twelve months with {_BETWEEN} between them, January first."
        yield Problem("list_months", must=True, says=says)
    for names in months:
        spelt = [{alike(one) for one in month.split(_WITHIN)} for month in names]
        for place, one in enumerate(spelt):
            for word in sorted(one & set[str]().union(*spelt[place + 1 :])):
                yield _stands_twice(word, "months")


def _excludes(one: Message, other: Message) -> bool:
    """Whether no words may mean both: two commands, or yes and no."""
    if one.step != other.step or one.id == other.id or use_of(other) is not Use.LIST:
        return False
    return not {one.id, other.id} <= _SHARED


def _twice(case: Case, other: Message) -> Iterator[Problem]:
    own = {alike(part) for text in case.texts for part in text.split(_BETWEEN)}
    theirs = {alike(part) for text in other.texts for part in text.split(_BETWEEN)}
    for word in sorted(own & theirs):
        yield _stands_twice(word, f"lists, this one and {other.id.removesuffix('_spellings')}")


def _stands_twice(word: str, where: str) -> Problem:
    says = f"“{word}” stands in two {where}. Nobody could tell which is meant: keep it in one."
    return Problem("list_twice", must=True, says=says)
