"""The catalogues in a folder such as `locales/`: read, and written in the form `make messages` has.

A catalogue whose words were pulled from a store says from which publication, at its top: so it is
known afterwards what was changed in the repository and what in the store.
"""

import re
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

from babel.messages.pofile import read_po, write_po

from common.words.formats import po
from common.words.formats.units import Key, Words

_CATALOGUE = Path("LC_MESSAGES", "messages.po")
_PULLED = "# As in publication {} of the workshop."
_PULLED_FROM = re.compile(r"^# As in publication ([0-9]{1,9}) of the workshop\.$", re.MULTILINE)
_WIDTH = 100
"""As `make messages` has it."""

FIRST = 1
"""The publication that every store begins with: the words as they were shipped."""


def languages(folder: Path) -> list[str]:
    """The languages that have a catalogue there."""
    return sorted(path.parts[-3] for path in folder.glob(f"*/{_CATALOGUE}"))


def read(folder: Path, language: str) -> Words:
    """A language's words. Raises BadFileError."""
    return po.read(_path(folder, language).read_bytes())


def pulled_from(folder: Path, language: str) -> int:
    """From which publication its words were last pulled."""
    head = _path(folder, language).read_text(encoding="utf-8").partition("\nmsgid")[0]
    found = _PULLED_FROM.search(head)
    return int(found[1]) if found else FIRST


def write(
    folder: Path, language: str, changed: Mapping[Key, tuple[str, ...]], version: int
) -> None:
    """Put these texts into a language's catalogue; all else in it stays as it is, to the byte."""
    path = _path(folder, language)
    with path.open("rb") as file:
        catalogue = read_po(file)
    for message in catalogue:
        name = message.id if isinstance(message.id, str) else message.id[0]
        texts = changed.get((str(message.context), name))
        if texts is not None:
            message.string = texts if message.pluralizable else texts[0]
    catalogue.header_comment = _headed(catalogue.header_comment, version)
    written = BytesIO()
    write_po(written, catalogue, width=_WIDTH)
    beside = path.with_suffix(".new")
    beside.write_bytes(written.getvalue())
    beside.replace(path)


def _headed(comment: str, version: int) -> str:
    line = _PULLED.format(version)
    if _PULLED_FROM.search(comment):
        return _PULLED_FROM.sub(line, comment)
    return f"{comment}\n{line}"


def _path(folder: Path, language: str) -> Path:
    return folder / language / _CATALOGUE
