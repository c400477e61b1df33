"""Numbers to dial are put in by the name of their helpline, never typed; the dead one never at all.

A typed number stays in a text when the helpline's changes, and in every language but the one
that somebody thought of. What the English has always had (ring 999) may stand.
"""

from collections.abc import Iterator

from common.contract.dialled import DEAD, dialled, holds_dead_number, misprinted
from common.words.case import Case
from common.words.problem import Problem


def check(case: Case) -> Iterator[Problem]:
    """Codes `dead_number`, `number_misprinted` and `number_typed`, all must."""
    known = {number for text in case.english.texts for number in dialled(text)}
    for text in case.texts:
        if holds_dead_number(text):
            says = f"{DEAD} has been dead since January 2025. Take it out: it can never be shown."
            yield Problem("dead_number", must=True, says=says)
        elif written := misprinted(text):
            says = f"Written like this, people misdial the number. It is {written}."
            yield Problem("number_misprinted", must=True, says=says)
        for number in dialled(text):
            if number not in known and not holds_dead_number(number):
                yield Problem("number_typed", must=True, says=_says(number, case))


def _says(number: str, case: Case) -> str:
    if "%(number)s" in case.source:
        return (
            f"The number {number} is typed here. Put %(number)s in its place: Doorway puts in the "
            "helpline's own number, and it stays right when that changes."
        )
    return (
        f"The number {number} is not in the English. Take it out, or have the English changed: "
        "numbers come from the list of helplines, so that they stay right."
    )
