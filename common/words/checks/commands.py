"""Commands such as /delete stay as they are: they are what the program listens for."""

import re
from collections import Counter
from collections.abc import Iterator

from common.words.case import Case
from common.words.problem import Problem

COMMAND = re.compile(r"(?<![\w/<.])/[a-z]+\b(?!/)")


def check(case: Case) -> Iterator[Problem]:
    """Codes `command_missing` and `command_extra`, both must."""
    wanted = Counter(COMMAND.findall(case.source))
    for text in case.texts:
        found = Counter(COMMAND.findall(text))
        for command in wanted - found:
            says = f"The English has the command {command}. Put it in yours, in the same letters."
            yield Problem("command_missing", must=True, says=says)
        for command in found - wanted:
            says = f"Yours has the command {command}, and the English has not. Take it out."
            yield Problem("command_extra", must=True, says=says)
