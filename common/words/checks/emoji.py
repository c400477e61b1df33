"""Pictures that carry a meaning, such as 🔊, are not lost."""

import re
from collections import Counter
from collections.abc import Iterator

from common.words.case import Case
from common.words.problem import Problem

# Pictographs of the planes for them, and the older signs and dingbats.
_EMOJI = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf\u2b50\u2b55\u231a\u231b\u23e9-\u23f3]")


def check(case: Case) -> Iterator[Problem]:
    """Code `emoji_lost`, must."""
    wanted = Counter(_EMOJI.findall(case.source))
    for text in case.texts:
        for emoji in wanted - Counter(_EMOJI.findall(text)):
            says = f"The English has {emoji}. Put it in yours too."
            yield Problem("emoji_lost", must=True, says=says)
