"""No regular expression of ours can be made to run away by what somebody sends."""

from itertools import combinations

import pytest

from tests.support.patterns import Found, patterns

LONG = 20_000
# One of every kind that a pattern may tell apart, beside the letters that stand in it.
KINDS = "aZ0_ \n-.\u09b0\u0631\u4e2d"
FOUND = [one for one in patterns() if one.text]


def attacks(found: Found) -> list[str]:
    """Long texts that nearly match: one sign over and over, two by turns, and a wrong end."""
    own = dict.fromkeys(one for one in found.text if one not in r"\()[]{}?*+|^$")
    signs = list(dict.fromkeys([*list(own)[:8], *KINDS]))[:12]
    alone = [one * LONG for one in signs]
    by_turns = ["".join(two) * (LONG // 2) for two in combinations(signs, 2)]
    return [text + end for text in (*alone, *by_turns) for end in ("", "\0")]


def use(found: Found, text: str) -> None:
    """Do with the pattern what the product does with it."""
    for name in found.uses:
        act = getattr(found.pattern, name)
        act("", text) if name == "sub" else act(text)


def test_the_patterns_are_found() -> None:
    assert len(FOUND) > 60
    assert any(one.text == "[A-Za-z0-9_-]{43}" and one.uses == {"fullmatch"} for one in FOUND)


@pytest.mark.timeout(20)  # what grows with the square takes longer, what grows faster much longer
@pytest.mark.parametrize("found", FOUND, ids=lambda one: one.where)
def test_a_long_text_is_done_with_quickly(found: Found) -> None:
    for text in attacks(found):
        use(found, text)
