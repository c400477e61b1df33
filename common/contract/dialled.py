"""Telephone numbers as people are told to dial them: found in any text, and told from dead ones."""

import re
from collections.abc import Iterator
from html import unescape

import phonenumbers

from common.contract.identifiers import to_ascii_digits

DEAD = "0800 073 0003"
"""The old local crisis line, gone since 31 January 2025; nobody may ever be sent there."""
_DEAD_AT_HEART = "8000730003"  # whatever stands before it: 0, +44, 0044, +44 (0)
_MISPRINT = re.compile(r"0808\W?200\W?0247\b")
_TRUE_PRINT = "0808 2000 247"

_HIDDEN = re.compile("[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
_LOOKALIKES = str.maketrans("oOоОlI|", "0000111")
_CHINESE = str.maketrans("零〇○一二三四五六七八九", "000123456789")
_RUN = re.compile(r"\+?\d(?:[ \u00a0()./-]{0,3}\d)*")
_TEXTED = re.compile(r"text ([A-Za-z]{2,12}) to (\d{5,6})", re.IGNORECASE)
_REGION = "GB"
_SHORTEST_WHOLE = 7  # digits: what has fewer is a short code, or no number to dial
SHORT_CODES = frozenset({"999", "112", "111", "101", "105", "119", "18000", "116123", "85258"})
"""The codes of services for people in trouble, as digits alone."""


def holds_dead_number(text: str) -> bool:
    """Whether the dead number is in it: in any spacing, digits, country form, or longer text."""
    plain = _HIDDEN.sub("", _without_tags(unescape(text)))
    digits = to_ascii_digits(plain.translate(_CHINESE)).translate(_LOOKALIKES)
    return _DEAD_AT_HEART in re.sub(r"[\W_]+", "", digits.replace("(0)", ""))


def misprinted(text: str) -> str:
    """How a number that is grouped so that people misdial it ought to be written, else empty."""
    return _TRUE_PRINT if _MISPRINT.search(to_ascii_digits(text)) else ""


def dialled(text: str) -> tuple[str, ...]:
    """The British numbers in a text that somebody could dial, as digits: `08082000247`, `999`.

    Examples that Ofcom keeps free (07700 900123) are none, nor are those of other countries.
    """
    plain = _HIDDEN.sub("", _without_tags(unescape(text), " "))
    runs = _RUN.findall(to_ascii_digits(plain))
    return tuple(dict.fromkeys(number for run in runs for number in _numbers(run)))


def can_be_dialled(contact: str) -> bool:
    """Whether somebody can dial it: a British number, a short code, or `text SHOUT to 85258`."""
    typed = to_ascii_digits(contact).strip()
    texted = _TEXTED.fullmatch(typed)
    if texted is not None:
        return _is_short(texted[2])
    if not re.fullmatch(r"\+?[\d\s()-]+", typed) or holds_dead_number(typed):
        return False
    digits = re.sub(r"\D", "", typed)
    return _is_short(digits) if len(digits) < _SHORTEST_WHOLE else bool(_whole(typed))


def _without_tags(text: str, instead: str = "") -> str:
    """What is left without all that stands from a < to the next >.

    No pattern: where no > follows, it would look for one again from each <.
    """
    *ended, rest = text.split(">")
    parts = (part.partition("<") for part in ended)
    return "".join(before + (instead if tag else ">") for before, tag, _ in parts) + rest


def _numbers(run: str) -> Iterator[str]:
    """The number that a run of digits is; else those short codes that stand in it as words."""
    digits = re.sub(r"\D", "", run)
    whole = digits if digits in SHORT_CODES else _whole(run)
    if whole:
        yield whole
    else:
        yield from (one for one in re.findall(r"\d+", run) if one in SHORT_CODES)


def _whole(typed: str) -> str:
    """A whole British number as it is dialled here, empty when it is none."""
    if sum(map(str.isdigit, typed)) < _SHORTEST_WHOLE:
        return ""
    try:
        number = phonenumbers.parse(typed, _REGION)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_valid_number_for_region(number, _REGION):
        return ""
    return f"0{number.national_number}"


def _is_short(digits: str) -> bool:
    if digits.startswith("0"):
        return False
    number = phonenumbers.PhoneNumber(country_code=44, national_number=int(digits))
    return phonenumbers.is_valid_short_number_for_region(number, _REGION)
