"""PO files: for translators' tools with the English as msgid, and the repository's own to be read.

A file for translators names each message in msgctxt, `step/id`, so that their tools check and
remember the English; the repository's has the step in msgctxt and the id as msgid.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from common.words.formats.units import (
    LONGEST_FILE,
    LONGEST_TEXT,
    TOO_LONG,
    BadFileError,
    Unit,
    Words,
    checked,
    key_of,
    name_of,
)
from common.words.plurals import PLURAL_FORMS

_BASE = "Doorway's mark: "
_HEADER = re.compile(r"^Language: *([A-Za-z_-]+) *$", re.MULTILINE)
_LINE = re.compile(r'(?:(msgctxt|msgid_plural|msgid|msgstr(?:\[[0-9]\])?)[ \t]+)?"(.*)"')
_ESCAPED = re.compile(r"\\(.?)", re.DOTALL)
_MEANS = {"n": "\n", "t": "\t", "r": "\r", '"': '"', "\\": "\\"}
_WRITES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"})


@dataclass
class _Entry:
    """The lines of one message as they are read."""

    line: int
    fields: dict[str, str] = field(default_factory=dict)
    base: str = ""
    fuzzy: bool = False

    @property
    def where(self) -> str:
        return f"line {self.line}"


def write(words: Words) -> bytes:
    """The words as a PO file for translators."""
    forms = PLURAL_FORMS[words.language]
    header = (
        f"Project-Id-Version: Doorway\nLanguage: {words.language}\nMIME-Version: 1.0\n"
        "Content-Type: text/plain; charset=UTF-8\nContent-Transfer-Encoding: 8bit\n"
        f"Plural-Forms: {forms}\n"
    )
    lines = ['msgid ""', 'msgstr ""', *(_quoted(f"{line}\n") for line in header.splitlines()), ""]
    for unit in words.units:
        lines += [*_written(unit), ""]
    return "\n".join(lines).encode()


def _written(unit: Unit) -> Iterator[str]:
    if unit.note:
        yield f"#. {unit.note}"
    yield f"#. {_BASE}{unit.base}"
    if any("%(" in text for text in unit.english):
        yield "#, python-format"
    yield f"msgctxt {_quoted(name_of(unit.key))}"
    yield f"msgid {_quoted(unit.english[0])}"
    if len(unit.english) == 1:
        yield f"msgstr {_quoted(unit.texts[0] if unit.texts else '')}"
        return
    yield f"msgid_plural {_quoted(unit.english[-1])}"
    for form, text in enumerate(unit.texts):
        yield f"msgstr[{form}] {_quoted(text)}"


def _quoted(text: str) -> str:
    return f'"{text.translate(_WRITES)}"'


def read(data: bytes) -> Words:
    """The words of a PO file, of translators or of the repository.

    Raises:
        BadFileError: it is no such file; says in which line, and why.
    """
    if len(data) > LONGEST_FILE:
        raise BadFileError("the file", "it is too big for a file of words")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise BadFileError(f"line {line}", "it is not written in UTF-8") from error
    entries = list(_entries(text))
    headers = [one.fields.get("msgstr", "") for one in entries if one.fields.get("msgid") == ""]
    found = _HEADER.search(headers[0]) if headers else None
    if found is None:
        raise BadFileError("line 1", "the file does not say its Language at its beginning")
    units = (_unit(one) for one in entries if one.fields.get("msgid") != "")
    return checked(Words(found[1], tuple(units)))


def _entries(text: str) -> Iterator[_Entry]:
    """The messages in the order of the file; what is struck out (#~) is passed over."""
    entry, current = _Entry(1), ""
    for number, line in enumerate(text.split("\n"), start=1):
        stripped = line.strip()
        if stripped.startswith("#") or not stripped:
            if entry.fields:
                yield entry
                entry, current = _Entry(number), ""
            _comment(entry, stripped)
            continue
        keyword, value = _read(stripped, number)
        if (keyword == "msgctxt" or keyword in entry.fields) and entry.fields:
            yield entry
            entry = _Entry(number)
        if not entry.fields:
            entry.line = number
        current = keyword or current
        if not current:
            raise BadFileError(f"line {number}", "a text stands there without its msgid or msgstr")
        entry.fields[current] = entry.fields.get(current, "") + value
        if len(entry.fields[current]) > LONGEST_TEXT:
            raise BadFileError(f"line {number}", TOO_LONG)
    if entry.fields:
        yield entry


def _comment(entry: _Entry, line: str) -> None:
    if line.startswith("#."):
        _, found, base = line.partition(_BASE)
        entry.base = base.strip() if found else entry.base
    elif line.startswith("#,"):
        entry.fuzzy = "fuzzy" in line


def _read(line: str, number: int) -> tuple[str, str]:
    match = _LINE.fullmatch(line)
    if match is None or re.search(r'(?<!\\)(?:\\\\)*"', match[2]):
        why = 'this is not written as in a PO file: a word such as msgstr, then a text in "…"'
        raise BadFileError(f"line {number}", why)
    return match[1] or "", _unescaped(match[2], number)


def _unescaped(text: str, number: int) -> str:
    def meant(match: re.Match[str]) -> str:
        if match[1] not in _MEANS:
            raise BadFileError(f"line {number}", f"\\{match[1]} means nothing in a PO file")
        return _MEANS[match[1]]

    return _ESCAPED.sub(meant, text)


def _unit(entry: _Entry) -> Unit:
    fields, where = entry.fields, entry.where
    if not {"msgctxt", "msgid"} <= fields.keys():
        raise BadFileError(where, "a message here lacks its msgctxt or its msgid")
    texts = _texts(fields, where)
    if entry.fuzzy:  # a guess of the translator's tool
        texts = tuple("" for _ in texts)
    if "/" not in fields["msgctxt"]:
        return Unit(fields["msgctxt"], fields["msgid"], (), texts, where=where)
    step, name = key_of(fields["msgctxt"], where)
    english = tuple(fields[one] for one in ("msgid", "msgid_plural") if one in fields)
    return Unit(step, name, english, texts, entry.base, where=where)


def _texts(fields: dict[str, str], where: str) -> tuple[str, ...]:
    if "msgid_plural" not in fields:
        if "msgstr" not in fields:
            raise BadFileError(where, "a message here lacks its msgstr")
        return (fields["msgstr"],)
    forms = sorted(name for name in fields if name.startswith("msgstr["))
    if not forms or forms != [f"msgstr[{form}]" for form in range(len(forms))]:
        raise BadFileError(where, "a message here lacks one of its plural forms, msgstr[0] onward")
    return tuple(fields[name] for name in forms)
