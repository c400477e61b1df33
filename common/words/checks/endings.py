"""A question stays a question, and a sentence ends as the English does."""

import re
from collections.abc import Iterator

from common.words.case import Case
from common.words.problem import Problem
from common.words.sight import plain
from common.words.uses import Use, use_of

_ENDS = {
    "a full stop": ".。।۔",
    "a question mark": "?？؟",
    "an exclamation mark": "!！",
    "a colon": ":：",
    "a comma": ",，،、",
    "dots": "…",
}
_CLOSING = r"[\s\u200e\u200f\u2068\u2069”’\"')\]）」』»]"
# Only from where a run of them begins: else a long one would be gone through from each sign.
_AFTER = re.compile(rf"(?<!{_CLOSING}){_CLOSING}+$")
_NOTHING = "no sign"


def check(case: Case) -> Iterator[Problem]:
    """Code `ending`, a hint: where a command ends an Arabic sentence, a stop would spoil it."""
    if case.is_source or use_of(case.translated) is Use.LIST:
        return
    wanted = _ending(case.source)
    for text in case.texts:
        found = _ending(text)
        if found != wanted:
            says = f"The English ends in {wanted}, yours in {found}. Is that meant?"
            yield Problem("ending", must=False, says=says)


def _ending(text: str) -> str:
    last = _AFTER.sub("", plain(text)).replace("...", "…")[-1:]
    return next((name for name, signs in _ENDS.items() if last and last in signs), _NOTHING)
