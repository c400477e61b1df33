"""The summary of a referral: the same facts, cut so that they fit on one sheet of paper."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from api.staff.pieces import CasePage, Section, Text

MOST_WORDS = 900  # characters of their own words, all together
MORE = " … (more in Doorway)"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A referral's facts, and apart from them their own words, as many as a sheet has room for."""

    case: CasePage
    words: Sequence[Text]


def sheet(case: CasePage) -> Sheet:
    """The page without its past, and with its own words by themselves: they need the width."""
    told = [
        text
        for section in case.sections
        for line in section.lines
        for text in line.texts
        if text.lang
    ]
    return Sheet(replace(without_words(case), history=()), tuple(_cut(told)))


def without_words(case: CasePage) -> CasePage:
    """The page with nothing in anybody's own words: those stand by themselves."""
    sections = tuple(one for one in map(_facts, case.sections) if one.lines)
    return replace(case, sections=sections)


def _facts(section: Section) -> Section:
    lines = (line for line in section.lines if not any(text.lang for text in line.texts))
    return replace(section, lines=tuple(lines))


def _cut(told: Sequence[Text]) -> Iterator[Text]:
    """As many as there is room for, the last one only begun."""
    left = MOST_WORDS
    for text in told:
        if len(text.words) > left:
            yield replace(text, words=text.words[:left].rstrip() + MORE)
            return
        left -= len(text.words)
        yield text
