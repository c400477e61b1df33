"""Reads the official list of practices, epraccur.csv, in both formats that there are."""

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

from api.domain.official import Official
from common.contract.identifiers import PhoneNumber, Postcode, UnreadableError

COLUMNS = 27
_CODE, _NAME, _STREET, _TOWN, _POSTCODE, _STATUS, _PHONE, _SETTING = 0, 1, 4, 5, 9, 12, 17, 25
_OPEN = frozenset({"A", "ACTIVE"})
_NOT_OPEN = frozenset({"C", "INACTIVE", "D", "DORMANT", "P", "PROPOSED"})
_GP_PRACTICE = frozenset({"4", "RO76"})


class BrokenFileError(Exception):
    """The file is not what it should be; the text names the line and says why."""


def read_official(path: Path) -> Iterator[Official | None]:
    """Its GP practices, one after the other; None for a line of anything else.

    Raises:
        BrokenFileError: it cannot be read, or a line is not of the official list.
    """
    number = 0
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.reader(file, strict=True):
                number += 1
                yield _official(row, number)
    except OSError as error:
        raise BrokenFileError(f"{path} cannot be read: {error.strerror}.") from None
    except (csv.Error, UnicodeDecodeError):
        raise BrokenFileError(f"Line {number + 1} of the file is damaged: it is no CSV.") from None
    if not number:
        raise BrokenFileError("There is nothing in the file.")


def _official(row: Sequence[str], number: int) -> Official | None:
    if len(row) != COLUMNS:
        raise BrokenFileError(
            f"Line {number} has {len(row)} columns, and the official list has {COLUMNS}."
        )
    told = [one.strip() for one in row]
    status = told[_STATUS].upper()
    if status not in _OPEN | _NOT_OPEN:
        raise BrokenFileError(f"Line {number} has a status that no official list has.")
    if not told[_CODE].isalnum():
        raise BrokenFileError(f"Line {number} has no code of a practice.")
    if not _GP_PRACTICE & set(told[_SETTING].upper().split("|")):
        return None
    try:
        postcode = str(Postcode.parse(told[_POSTCODE])) if told[_POSTCODE] else ""
    except UnreadableError:
        raise BrokenFileError(f"Line {number} has a postcode that is none.") from None
    return Official(
        ods_code=told[_CODE].upper(),
        name=told[_NAME],
        street=", ".join(one for one in told[_STREET : _TOWN + 1] if one),
        postcode=postcode,
        phone=_phone(told[_PHONE]),
        open=status in _OPEN,
    )


def _phone(text: str) -> str:
    """A number that cannot be rung is none: it is no reason to refuse the list."""
    try:
        return str(PhoneNumber.parse(text)) if text else ""
    except UnreadableError:
        return ""
