"""The pieces a page is made of: finished texts, so that a template decides nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from common.contract.identifiers import PhoneNumber

LONDON = ZoneInfo("Europe/London")
_MOST_DIGITS = 9
"""Of what a page or a form may name by a number: any of them fits every database."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text to show. `lang` is set when it is somebody's own words; `link` makes it one."""

    words: str
    lang: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A name and what stands beside it."""

    name: str
    texts: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with its lines."""

    heading: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing to keep to when making contact; `warns` when it forbids something."""

    words: str
    warns: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several to choose from in a form."""

    value: str
    words: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class CasePage:
    """All there is on the page of one referral."""

    reference: str
    kind: str
    status: str
    urgent: bool
    notices: tuple[str, ...]
    rules: tuple[Rule, ...]
    sections: tuple[Section, ...]
    history: tuple[Line, ...]


def line(name: str, *words: str | None) -> Line | None:
    """A line of plain texts, or nothing when there is nothing to say."""
    texts = tuple(Text(one) for one in words if one)
    return Line(name, texts) if texts else None


def section(heading: str, *lines: Line | None) -> Section | None:
    """A section of the lines there are, or nothing when there are none."""
    there = tuple(one for one in lines if one is not None)
    return Section(heading, there) if there else None


def faults(problems: Mapping[str, str]) -> list[dict[str, str]]:
    """What is wrong with which field, for the summary at the top of a page."""
    return [{"text": words, "href": f"#{name}"} for name, words in problems.items()]


def spoken(phone: str) -> str:
    """A number of E.164 as it is read and dialled here: `07700 900123`."""
    return PhoneNumber(phone).spoken


def day(moment: date) -> str:
    """As `3 April 1984`: no figure can be taken for another."""
    return f"{moment.day} {moment:%B %Y}"


def at(moment: datetime) -> str:
    """As `23 November 2026, 09:30`, by the clock in London."""
    local = moment.astimezone(LONDON)
    return f"{day(local)}, {local:%H:%M}"


def clock(moment: datetime) -> str:
    """As `10:42`, by the clock in London."""
    return f"{moment.astimezone(LONDON):%H:%M}"


def is_number(text: str) -> bool:
    """Whether an address or a form gives a number that there could be."""
    return text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS
