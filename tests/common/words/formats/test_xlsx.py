"""Sheets: what is written is read again, also after a spreadsheet; what is broken is refused."""

import zipfile
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from common.words.formats import xlsx
from common.words.formats.units import LONGEST_FILE, BadFileError, Unit, Words
from tests.common.words.conftest import outgoing

WORDS = Words(
    "bn",
    (
        Unit("welcome", "yes", ("Yes",), ("হ্যাঁ",), "m1", "A button."),
        Unit("stop", "gone", ("a day", "days"), ("এক দিন", "অনেক দিন"), "m2"),
    ),
)


def changed(change: Callable[[Worksheet], object]) -> bytes:
    """The sheet as somebody has saved it who did this to it."""
    book = load_workbook(BytesIO(xlsx.write(WORDS)))
    change(book.worksheets[0])
    packed = BytesIO()
    book.save(packed)
    return packed.getvalue()


def put(place: str, value: object) -> Callable[[Worksheet], None]:
    def change(sheet: Worksheet) -> None:
        sheet[place].value = value

    return change


@pytest.mark.parametrize("language", ["en", "ar"])
def test_all_words_come_back_as_they_went(language: str) -> None:
    words = outgoing(language)
    assert xlsx.read(xlsx.write(words)) == words


def test_a_sheet_is_fit_to_be_worked_in() -> None:
    sheet = load_workbook(BytesIO(xlsx.write(outgoing("ar")))).worksheets[0]
    assert sheet.freeze_panes == "A2"
    assert sheet["D2"].alignment.readingOrder == 2
    assert sheet["C2"].alignment.wrap_text


def test_a_text_that_begins_as_a_formula_does_stays_a_text() -> None:
    words = Words("en", (Unit("a", "b", ("=1+1",), ("=HYPERLINK(1)",), "m"),))
    cell = load_workbook(BytesIO(xlsx.write(words))).worksheets[0]["D2"]
    assert cell.data_type == "s"
    assert xlsx.read(xlsx.write(words)) == words


def test_digits_alone_and_windows_line_ends_are_texts() -> None:
    assert xlsx.read(changed(put("D2", 999))).units[0].texts == ("999",)
    assert xlsx.read(changed(put("D2", "a\r\nb"))).units[0].texts == ("a\nb",)


def test_an_empty_row_is_passed_over() -> None:
    assert xlsx.read(changed(lambda sheet: sheet.insert_rows(2))) == WORDS


WRONG: dict[str, Callable[[Worksheet], object]] = {
    "row 1: the columns must be": put("C1", "Anglais"),
    "row 2: a formula, a date or a number": put("D2", "=1+1"),
    "row 3: a formula, a date or a number": put(
        "D3", datetime(2026, 1, 2, tzinfo=UTC).replace(tzinfo=None)
    ),
    "row 4: a formula, a date or a number": put("D4", 1.5),
    "row 2: a formula, a date": put("D2", True),  # noqa: FBT003 what a cell may hold
    "row 2: “yes” is no name of a message": put("A2", "yes"),
    "row 4: stop/gone is there twice, or its forms lack an order": put("B4", "0"),
    "row 3: welcome/yes is there twice": put("A3", "welcome/yes"),
    "row 2: a text is longer": put("D2", "x" * 20_001),
}


@pytest.mark.parametrize("why", WRONG)
def test_what_is_wrong_is_refused_with_its_row(why: str) -> None:
    with pytest.raises(BadFileError) as refused:
        xlsx.read(changed(WRONG[why]))
    assert why in str(refused.value)


def packed(**parts: str | bytes) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in parts.items():
            book.writestr(name, content)
    return made.getvalue()


def with_part(part: str, content: str | bytes) -> bytes:
    """The sheet with one of its parts replaced."""
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(xlsx.write(WORDS))) as old, zipfile.ZipFile(made, "w") as new:
        for one in old.namelist():
            new.writestr(one, content if one == part else old.read(one))
    return made.getvalue()


LAUGHS = '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><x>&b;</x>'
BROKEN = {
    "it is no XLSX sheet": b"PK rubbish",
    "it is no XLSX": packed(**{"a.txt": "no sheet"}),
    "it is no": with_part("xl/workbook.xml", "<unfinished"),
    "it declares entities": with_part("xl/styles.xml", LAUGHS),
    "it would unpack to far too much": packed(**{"xl/a.xml": b"0" * (xlsx.MOST_UNPACKED + 1)}),
    "it is too big": b"PK" + b"0" * LONGEST_FILE,
    "is no XLSX sheet": xlsx.write(WORDS)[:-200],
}


@pytest.mark.parametrize("why", BROKEN)
def test_what_is_no_sheet_or_means_harm_is_refused(why: str) -> None:
    with pytest.raises(BadFileError) as refused:
        xlsx.read(BROKEN[why])
    assert why in str(refused.value)


def test_a_sheet_without_rows_and_one_with_too_many_are_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    empty = BytesIO()
    Workbook().save(empty)
    with pytest.raises(BadFileError, match="row 1"):
        xlsx.read(empty.getvalue())
    monkeypatch.setattr(xlsx, "MOST_ROWS", 2)
    with pytest.raises(BadFileError, match="too many rows"):
        xlsx.read(xlsx.write(WORDS))


TEXTS = st.text(
    st.characters(
        codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff"
    ),
    max_size=30,
)


@settings(max_examples=15, deadline=None)
@given(st.lists(TEXTS, min_size=2, max_size=2), TEXTS)
def test_any_texts_come_back_as_they_went(texts: list[str], one: str) -> None:
    units = (
        Unit("stop", "gone", ("a day", "days"), tuple(texts), "0123456789abcdef"),
        Unit("welcome", "yes", ("Yes",), (f"{one}\nx",), "fedcba9876543210"),
    )
    words = Words("ar", units)
    assert xlsx.read(xlsx.write(words)) == words


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=100), st.integers(0, 6000))
def test_nothing_but_a_refusal_comes_of_rubbish(rubbish: bytes, place: int) -> None:
    whole = xlsx.write(WORDS)
    for brought in (rubbish, whole[:place] + rubbish + whole[place + len(rubbish) :]):
        with suppress(BadFileError):
            xlsx.read(brought)
