"""Counts and dates in the digits that a language's readers grew up with."""

from datetime import date
from functools import cache

from babel import Locale
from babel.core import get_global
from babel.dates import format_date
from babel.numbers import format_decimal

_WESTERN = "0123456789"
_DIGITS = {"arab": "٠١٢٣٤٥٦٧٨٩", "arabext": "۰۱۲۳۴۵۶۷۸۹", "beng": "০১২৩৪৫৬৭৮৯"}

# CLDR's Somali puts the month first, as in America; Somalis in London write the day first.
_LONG = {"so": "d MMMM y"}


@cache
def numbering_system(locale: Locale) -> str:
    """CLDR's default numbering system, for the country that the language most likely means.

    A language without a country takes the one of CLDR's likely subtags: bn is read as in
    Bangladesh (`beng`), ar as in Egypt (`arab`), fa as in Iran (`arabext`), so as in Somalia and
    ur as in Pakistan (both `latn`); en-GB has its own (`latn`). The step over the country matters
    for ar alone: bare, CLDR gives it `latn`, as it does for Morocco and Algeria, while Egypt,
    Sudan, Yemen, Syria and Iraq have `arab`.
    """
    if locale.territory is None:
        likely = get_global("likely_subtags").get(str(locale), str(locale))
        locale = Locale.parse(likely)
    return str(locale.default_numbering_system)


def count_text(value: int, locale: Locale) -> str:
    """The count, grouped and in digits as the language's readers write it."""
    system = numbering_system(locale)
    return _own_digits(format_decimal(value, locale=locale, numbering_system=system), system)


def date_text(value: date, locale: Locale) -> str:
    """The date with its month in words (CLDR's long form), in the language's own digits."""
    pattern = _LONG.get(locale.language, "long")
    return _own_digits(str(format_date(value, pattern, locale)), numbering_system(locale))


def _own_digits(text: str, system: str) -> str:
    """Babel takes signs from the numbering system but leaves the digits themselves Western."""
    return text.translate(str.maketrans(_WESTERN, _DIGITS.get(system, _WESTERN)))
