"""The kinds of file that words travel in, and telling which one a file is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from common.words.formats import po, xliff, xlsx
from common.words.formats.units import Words


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file: its name, its file's ending and media type, and how it is written."""

    name: str
    ending: str
    media_type: str
    write: Callable[[Words], bytes]


FORMATS: Mapping[str, Format] = {
    "xlsx": Format(
        "XLSX, for a spreadsheet",
        "xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        xlsx.write,
    ),
    "po": Format("PO, for Poedit and its like", "po", "text/x-gettext-translation", po.write),
    "xliff": Format(
        "XLIFF 1.2, for translators' tools", "xlf", "application/xliff+xml", xliff.write
    ),
}

_PACKED = b"PK"
_TAG = b"<"
_BYTE_ORDER = b"\xef\xbb\xbf"
_OF_TWO_BYTES = (b"\xff\xfe", b"\xfe\xff")


def read(data: bytes) -> Words:
    """The words of a file, whichever kind it is.

    Raises:
        BadFileError: it is none of them, or not whole; says where, and why.
    """
    if data.startswith(_PACKED):
        return xlsx.read(data)
    begins = data.removeprefix(_BYTE_ORDER).lstrip()[:1]
    if begins == _TAG or data.startswith(_OF_TWO_BYTES):
        return xliff.read(data)
    return po.read(data)
