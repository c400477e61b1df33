"""Bold, italics and links are those of the English, each begun and ended."""

import re
from collections import Counter
from collections.abc import Iterator

from common.words.case import Case
from common.words.problem import Problem

_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)([^<>]*)>")
_ADDRESS = re.compile(r' href="[^"<>]*"')
_ENTITY = re.compile(r"&(lt|gt|amp|quot|#[0-9]+|#x[0-9A-Fa-f]+);")

# `code` is what a reference stands in: pressed, it is copied.
_PLAIN = frozenset({"b", "i", "code"})
_LINK = "a"


def check(case: Case) -> Iterator[Problem]:
    """Codes `tag_not_allowed`, `tag_unbalanced`, `tag_differs` and `sign`, all must."""
    wanted = _tags(case.source)
    for text in case.texts:
        yield from _allowed(text)
        yield from _balanced(text)
        yield from _same(wanted, _tags(text))
        rest = _ENTITY.sub("", _TAG.sub("", text))
        for sign, written in (("<", "&lt;"), (">", "&gt;"), ("&", "&amp;")):
            if sign in rest:
                says = f"A {sign} stands alone. Write {written} for the sign itself."
                yield Problem("sign", must=True, says=says)


def _tags(text: str) -> Counter[str]:
    return Counter(match.group() for match in _TAG.finditer(text))


def _allowed(text: str) -> Iterator[Problem]:
    for closing, name, rest in _TAG.findall(text):
        plain = name in _PLAIN and not rest
        link = name == _LINK and (not rest if closing else _ADDRESS.fullmatch(rest))
        if not plain and not link:
            tag = f"<{closing}{name}{rest}>"
            says = f'{tag} is not allowed. Use only <b>, <i> and <a href="…">, as in the English.'
            yield Problem("tag_not_allowed", must=True, says=says)


def _balanced(text: str) -> Iterator[Problem]:
    open_tags: list[str] = []
    for closing, name, _ in _TAG.findall(text):
        if not closing:
            open_tags.append(name)
        elif open_tags and open_tags[-1] == name:
            open_tags.pop()
        else:
            says = f"</{name}> ends what was not begun just before. Put <{name}> where it begins."
            yield Problem("tag_unbalanced", must=True, says=says)
            return
    for name in open_tags:
        says = f"<{name}> is begun and not ended. Put </{name}> where it ends."
        yield Problem("tag_unbalanced", must=True, says=says)


def _same(wanted: Counter[str], found: Counter[str]) -> Iterator[Problem]:
    for tag in wanted - found:
        says = f"The English has {tag}. Put it around the same words in yours."
        yield Problem("tag_differs", must=True, says=says)
    for tag in found - wanted:
        says = f"Yours has {tag}, and the English has not. Take it out."
        yield Problem("tag_differs", must=True, says=says)
