"""Text and JSON as anybody may send them, and a measure of the work that they make."""

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

from hypothesis import strategies as some

# What parsers tell apart: scripts, digits, marks, separators, what cannot be seen or written.
SIGNS = (
    *("a", "Z", "e1", "x x ", "0", "9", "১", "٣", "ই", "ডি", "ي", "н", "京", "é", "ß", "İ", "ﷺ"),
    *(" ", "\n", "\t", "\0", "\u2068", "\u200d", "\u0301", "\ud800", "😀", "ﬁ", "½", "²", "①"),
    *("+", "-", "/", "@", ".", ",", ";", "=", "&", "<b>", "'", '"', "%", "{x}", "\\", "999", "st "),
)
texts = some.one_of(
    some.text(max_size=80),
    some.text(some.characters(codec=None), max_size=40),  # halves of surrogate pairs as well
    some.lists(some.sampled_from(SIGNS), max_size=30).map("".join),
    some.builds(lambda sign, times: sign * times, some.sampled_from(SIGNS), some.integers(0, 3000)),
)
_leaves = some.one_of(
    some.none(),
    some.booleans(),
    some.integers(),
    some.sampled_from([10**30, -(10**30), 2**63, 0.5, float("inf"), float("nan")]),
    texts,
)
jsons: some.SearchStrategy[Any] = some.recursive(
    _leaves,
    lambda inner: (
        some.lists(inner, max_size=4) | some.dictionaries(some.text(max_size=12), inner, max_size=4)
    ),
    max_leaves=12,
)


def calls(work: Callable[[], object]) -> int:
    """How many functions are called, of Python and of C, until this is done.

    What one call of C does is not seen: of those only regular expressions can take more than
    their share, and these have a test of their own.
    """
    count = 0

    def hear(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(hear)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count
