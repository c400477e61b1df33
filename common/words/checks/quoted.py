"""A button named in “these marks” is a button that is there, under just this name."""

import re
from collections.abc import Iterator
from difflib import get_close_matches

from common.words.case import Case
from common.words.problem import Problem
from common.words.sight import plain
from common.words.uses import Use, is_pressed, use_of

_QUOTED = re.compile(r"“([^“”]+)”")
_MARKS = "“”"

NO_BUTTONS = frozenset({"not_eligible"})
"""A step that also quotes what to ask for at a practice: the “social prescriber”."""


def check(case: Case) -> Iterator[Problem]:
    """Codes `quoted_count` and `quoted_button`, both must; the second needs all siblings."""
    if use_of(case.translated) is Use.LIST:
        return
    wanted = len(_QUOTED.findall(case.source))
    named = [_QUOTED.findall(plain(text)) for text in case.texts]
    labels = _labels(case) if any(named) else set()
    for quoted in named:
        if not case.is_source and len(quoted) != wanted:
            yield _count(wanted)
        if labels and case.translated.step not in NO_BUTTONS:
            yield from (_no_button(one, labels) for one in quoted if one not in labels)


def _labels(case: Case) -> set[str]:
    """What can be pressed in this language; nothing where only the step's messages are known."""
    siblings = case.siblings
    if all(one.step == case.translated.step for one in siblings):
        return set()
    pressed = (one for one in (*siblings, case.translated) if is_pressed(one))
    return {plain(text) for one in pressed for text in one.texts}


def _count(wanted: int) -> Problem:
    says = (
        f"The English names {wanted} buttons in {_MARKS}. Name the same ones, in these marks."
        if wanted
        else f"The English has no words in {_MARKS}: they are for buttons. Take these marks out."
    )
    return Problem("quoted_count", must=True, says=says)


def _no_button(quoted: str, labels: set[str]) -> Problem:
    near = get_close_matches(quoted, sorted(labels), n=1, cutoff=0.5)
    meant = f" Did you mean “{near[0]}”?" if near else ""
    says = f"No button reads “{quoted}”. Write it exactly as on the button.{meant}"
    return Problem("quoted_button", must=True, says=says)
