"""Counts and dates stand in the digits of the language, as CLDR has them for its country."""

from datetime import date

import pytest
from babel import Locale

from bot.numerals import count_text, date_text, numbering_system
from common.contract.languages import LANGUAGES

BORN = date(1980, 3, 25)


@pytest.mark.parametrize(
    ("code", "system", "count", "born"),
    [
        ("en-GB", "latn", "1,234", "25 March 1980"),
        ("so", "latn", "1,234", "25 Maarso 1980"),
        ("bn", "beng", "১,২৩৪", "২৫ মার্চ, ১৯৮০"),
        ("ar", "arab", "١٬٢٣٤", "٢٥ مارس ١٩٨٠"),
        ("ur", "latn", "1,234", "25 مارچ، 1980"),
        ("fa", "arabext", "۱٬۲۳۴", "۲۵ مارس ۱۹۸۰"),
        ("zh-Hant", "latn", "1,234", "1980年3月25日"),
    ],
)
def test_a_language_has_its_own_digits(code: str, system: str, count: str, born: str) -> None:
    locale = Locale.parse(code, sep="-")
    assert numbering_system(locale) == system
    assert count_text(1234, locale) == count
    assert date_text(BORN, locale) == born


def test_a_country_has_its_own_digits_and_months() -> None:
    assert date_text(BORN, Locale("ar", "MA")) == "25 مارس 1980"
    assert date_text(BORN, Locale("ar", "IQ")) == "٢٥ آذار ١٩٨٠"


def test_digits_that_we_do_not_have_stay_western() -> None:
    assert count_text(12, Locale("my")) == "12"


@pytest.mark.parametrize("code", [one.bcp47 for one in LANGUAGES if one.written])
def test_no_written_language_mixes_digits_or_hides_marks_in_a_date(code: str) -> None:
    locale = Locale.parse(code, sep="-")
    for month in range(1, 13):
        shown = date_text(date(1980, month, 25), locale)
        assert shown.isprintable(), "a mark of direction would meet our own"
        assert len({one.isascii() for one in shown if one.isdecimal()}) == 1
