"""XLSX: a sheet for whoever translates in a spreadsheet, one row a text."""

import zlib
from collections.abc import Iterator, Sequence
from io import BytesIO
from xml.sax import SAXException
from xml.sax.handler import ContentHandler
from zipfile import BadZipFile, ZipFile

from defusedxml.common import DefusedXmlException
from defusedxml.sax import parseString
from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell, MergedCell
from openpyxl.cell.read_only import EmptyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from common.contract.languages import BY_CODE
from common.words.formats.units import (
    LONGEST_FILE,
    MOST_UNITS,
    BadFileError,
    Key,
    Unit,
    Words,
    checked,
    english_beside,
    key_of,
    name_of,
)

COLUMNS = ("Message", "Form", "English", "Translation", "Note", "Mark (leave as it is)")
_WIDTHS = (28, 7, 60, 60, 40, 20)
_NAME, _FORM, _ENGLISH, _TEXT, _NOTE, _BASE = range(len(COLUMNS))

MOST_UNPACKED = 10_000_000
"""Bytes that all parts of a sheet may have together: it is packed about eight to one."""

_FORMULA = object()
MOST_ROWS = 7 * MOST_UNITS
_NO_SHEET = "it is no XLSX sheet"
# What a damaged or a locked archive, and the parts in it, are answered with.
_DAMAGE = (BadZipFile, SAXException, zlib.error, RuntimeError, ValueError, LookupError, EOFError)


def write(words: Words) -> bytes:
    """The words as a sheet; a counted message has a row for each plural form."""
    book = Workbook()
    sheet = book.create_sheet(words.language, 0)
    book.remove(book.worksheets[1])
    rows = [COLUMNS, *(row for unit in words.units for row in _rows(unit))]
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row, start=1):
            _put(sheet.cell(number, column), value, words.language)
    _dressed(sheet)
    packed = BytesIO()
    book.save(packed)
    return packed.getvalue()


def _rows(unit: Unit) -> Iterator[Sequence[str]]:
    for form, (english, text) in enumerate(english_beside(unit)):
        shown = str(form) if len(unit.english) > 1 else ""
        yield name_of(unit.key), shown, english, text, unit.note, unit.base


def _put(cell: Cell, value: str, language: str) -> None:
    """A text as a text, even where it begins as a formula does."""
    cell.value = ILLEGAL_CHARACTERS_RE.sub("\ufffd", value)
    cell.data_type = "s"
    right = cell.column == _TEXT + 1 and BY_CODE[language].direction == "rtl"
    order = 2 if right else 0
    cell.alignment = Alignment(wrap_text=True, vertical="top", readingOrder=order)


def _dressed(sheet: Worksheet) -> None:
    sheet.freeze_panes = "A2"
    for column, width in enumerate(_WIDTHS, start=1):
        sheet.cell(1, column).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(column)].width = width


def read(data: bytes) -> Words:
    """The words of a sheet: of the first one, which is named by its language.

    Raises:
        BadFileError: it is no such sheet; says in which row, and why.
    """
    _guarded(data)
    try:
        book = load_workbook(BytesIO(data), read_only=True, keep_links=False)
        sheet = book.worksheets[0]
        cells = sheet.iter_rows(max_row=MOST_ROWS + 1, max_col=len(COLUMNS))
        rows = [[None if one.value is None else _value(one) for one in row] for row in cells]
        language = sheet.title
    except Exception as error:  # openpyxl answers a damaged book with whatever it stumbled over
        raise BadFileError("the file", _NO_SHEET) from error
    return checked(Words(language, tuple(_units(rows))))


def _guarded(data: bytes) -> None:
    """Refuses what would unpack to far more than words, or declares entities."""
    if len(data) > LONGEST_FILE:
        raise BadFileError("the file", "it is too big for a file of words")
    try:
        unpacked = _unpacked(data)
        if unpacked <= MOST_UNPACKED:
            return
    except DefusedXmlException as error:
        raise BadFileError("the file", "it declares entities, which no sheet needs") from error
    except _DAMAGE as error:
        raise BadFileError("the file", _NO_SHEET) from error
    raise BadFileError("the file", "it would unpack to far too much")


def _unpacked(data: bytes) -> int:
    """How many bytes it unpacks to, as it says itself; none of its parts may have entities."""
    with ZipFile(BytesIO(data)) as packed:
        parts = packed.infolist()
        size = sum(part.file_size for part in parts)
        if size <= MOST_UNPACKED:  # a part is never unpacked beyond the size it says
            for part in parts:
                if part.filename.endswith((".xml", ".rels")):
                    parseString(packed.read(part), ContentHandler(), forbid_dtd=True)
    return size


def _units(rows: Sequence[Sequence[object]]) -> Iterator[Unit]:
    """The messages: rows of one name are the plural forms of one."""
    if not rows or tuple(rows[0]) != COLUMNS:
        raise BadFileError("row 1", f"the columns must be {', '.join(COLUMNS)}")
    if len(rows) > MOST_ROWS:
        raise BadFileError(f"row {MOST_ROWS}", "there are too many rows")
    gathered: dict[Key, list[tuple[str, list[str]]]] = {}
    for number, row in enumerate(rows[1:], start=2):
        where = f"row {number}"
        cells = [_text(cell, where) for cell in row]
        if not any(cells):
            continue
        others = gathered.setdefault(key_of(cells[_NAME], where), [])
        if cells[_FORM] != (str(len(others)) if others or cells[_FORM] else ""):
            raise BadFileError(where, f"{cells[_NAME]} is there twice, or its forms lack an order")
        others.append((where, cells))
    for (step, name), ones in gathered.items():
        where, first = ones[0]
        english = tuple(dict.fromkeys(cells[_ENGLISH] for _, cells in ones))
        texts = tuple(cells[_TEXT] for _, cells in ones)
        yield Unit(step, name, english, texts, first[_BASE], where=where)


def _value(cell: Cell | MergedCell | EmptyCell) -> object:
    """What stands in the cell; of a formula nothing that could be taken for a text."""
    return _FORMULA if cell.data_type == "f" else cell.value


def _text(cell: object, where: str) -> str:
    match cell:
        case None:
            return ""
        case str():
            return cell.replace("\r\n", "\n")
        case int() if not isinstance(cell, bool):  # a text of digits only
            return str(cell)
    why = "a formula, a date or a number stands there; make the column's cells texts"
    raise BadFileError(where, why)
