"""Addresses of pages and of e-mail stay as they are, or they lead nowhere."""

import re
from collections.abc import Iterator

from common.words.case import Case
from common.words.problem import Problem
from common.words.sight import plain

_ADDRESS = re.compile(
    r"https?://[A-Za-z0-9./_~%?=&#-]*[A-Za-z0-9/]"
    r"|(?<![\w.+-])[\w.+-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z]{2,})+"
    r"|(?<![\w.@-])[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.(?:uk|org|com|net|info|gov|eu)\b",
    re.ASCII,
)
_EXAMPLE = re.compile(r"[^@]{1,64}(@example\.(?:org|com|net))")
"""An example of an e-mail address: the name in it may be a word of the language."""


def check(case: Case) -> Iterator[Problem]:
    """Codes `address_missing` and `address_added`, both must."""
    if case.is_source:
        return
    wanted = _addresses(case.source)
    for text in case.texts:
        found = _addresses(text)
        for address in wanted - found:
            says = f"The English has {address}. Put it in yours, exactly as it is written."
            yield Problem("address_missing", must=True, says=says)
        for address in found - wanted:
            says = f"Yours has {address}, and the English has not. Take it out."
            yield Problem("address_added", must=True, says=says)


def _addresses(text: str) -> set[str]:
    return {_EXAMPLE.sub(r"name\1", one) for one in _ADDRESS.findall(plain(text))}
