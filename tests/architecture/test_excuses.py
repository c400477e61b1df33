"""A checker is silenced only on the line it concerns, by its rule's name, with the reason there."""

import io
import re
import tokenize

from tests.support.sources import PACKAGES, Source, sources

SILENCED = re.compile(r"#\s*(noqa|type:\s*ignore|pragma:\s*no)")
EXCUSED = re.compile(r"#\s*(noqa: [A-Z]+[0-9]+(, ?[A-Z]+[0-9]+)*|type: ignore\[[a-z, -]+\])[ #]+\S")


def _comments(module: Source) -> list[tuple[int, str]]:
    if not SILENCED.search(module.text):
        return []
    tokens = tokenize.generate_tokens(io.StringIO(module.text).readline)
    return [(token.start[0], token.string) for token in tokens if token.type == tokenize.COMMENT]


def test_nothing_is_silenced_without_a_reason() -> None:
    unexcused = [
        f"{module.name}:{line}"
        for module in sources(*PACKAGES, "tests")
        for line, comment in _comments(module)
        if SILENCED.match(comment) and not EXCUSED.match(comment)
    ]

    assert unexcused == []
