"""XLIFF 1.2, which translators' tools read best; of 2.0 they say themselves that it is new to them.

A counted message is a group of units, one a plural form, as gettext's tools make of it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.sax import SAXException
from xml.sax.handler import ContentHandler
from xml.sax.saxutils import escape, quoteattr
from xml.sax.xmlreader import AttributesImpl, Locator

from defusedxml.common import DefusedXmlException
from defusedxml.sax import parseString

from common.words.formats.units import (
    LONGEST_FILE,
    LONGEST_TEXT,
    TOO_LONG,
    BadFileError,
    Key,
    Unit,
    Words,
    checked,
    english_beside,
    key_of,
    name_of,
)

_OWN = "urn:doorway:words"
_START = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    f'<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2" xmlns:doorway="{_OWN}">\n'
    '<file original="doorway" datatype="plaintext" source-language="en" target-language={}>\n'
    "<body>\n"
)
_END = "</body>\n</file>\n</xliff>\n"
_FORM = re.compile(r"(.+)\[([0-9])\]")
# What XML cannot carry at all, and no text that passes the checks has.
_CANNOT_TRAVEL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def write(words: Words) -> bytes:
    """The words as an XLIFF file."""
    units = "".join(map(_written, words.units))
    return f"{_START.format(quoteattr(words.language))}{units}{_END}".encode()


def _written(unit: Unit) -> str:
    name = name_of(unit.key)
    note = f"<note>{_safe(unit.note)}</note>\n" if unit.note else ""
    pairs = list(english_beside(unit))
    if len(unit.english) == 1:
        return _one(name, unit.base, *pairs[0], note)
    forms = "".join(
        _one(f"{name}[{form}]", unit.base, *pair, note) for form, pair in enumerate(pairs)
    )
    return f'<group restype="x-gettext-plurals" id={quoteattr(name)}>\n{forms}</group>\n'


def _one(name: str, base: str, english: str, text: str, note: str) -> str:
    return (
        f'<trans-unit id={quoteattr(name)} xml:space="preserve" doorway:base={quoteattr(base)}>\n'
        f"<source>{_safe(english)}</source>\n<target>{_safe(text)}</target>\n{note}</trans-unit>\n"
    )


def _safe(text: str) -> str:
    return escape(_CANNOT_TRAVEL.sub("\ufffd", text), {"\r": "&#13;"})


def read(data: bytes) -> Words:
    """The words of an XLIFF 1.2 file.

    Raises:
        BadFileError: it is no such file; says in which line, and why.
    """
    if len(data) > LONGEST_FILE:
        raise BadFileError("the file", "it is too big for a file of words")
    reading = _Reading()
    try:
        parseString(data, reading, forbid_dtd=True)
    except DefusedXmlException as error:
        raise BadFileError(reading.where, "it declares entities, which no XLIFF needs") from error
    except BadFileError:
        raise
    except (SAXException, ValueError, LookupError) as error:  # the last two: of its encoding
        raise BadFileError(reading.where, "it is not whole XML") from error
    if not reading.language:
        raise BadFileError("line 1", "it is no XLIFF 1.2 file that names its target-language")
    return checked(Words(reading.language, tuple(_units(reading.forms))))


@dataclass
class _Form:
    """One trans-unit: a message's text, or that of one plural form."""

    name: str
    base: str
    where: str
    source: str = ""
    target: str = ""


class _Reading(ContentHandler):
    """Gathers the trans-units; what a tool adds beside them (alt-trans, notes) is passed over."""

    def __init__(self) -> None:
        super().__init__()
        self.language = ""
        self.forms: list[_Form] = []
        self._locator: Locator | None = None
        self._path: list[str] = []
        self._into = ""

    @property
    def where(self) -> str:
        """In which line of the file it reads."""
        line = self._locator.getLineNumber() if self._locator else None
        return f"line {line or 1}"

    def setDocumentLocator(self, locator: Locator) -> None:  # noqa: N802 the name is XML's
        self._locator = locator

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802 the name is XML's
        self._path.append(name)
        if name == "file":
            self.language = attrs.get("target-language", "")
        elif name == "trans-unit":
            self.forms.append(_Form(attrs.get("id", ""), attrs.get("doorway:base", ""), self.where))
        elif self._path[-2:] in (["trans-unit", "source"], ["trans-unit", "target"]):
            self._into = name
        elif self._into and name not in {"mrk", "g"}:
            why = f"<{name}> stands within a text; the texts of this file are plain"
            raise BadFileError(self.where, why)

    def endElement(self, name: str) -> None:  # noqa: N802 the name is XML's
        self._path.pop()
        if name == self._into:
            self._into = ""

    def characters(self, content: str) -> None:
        if self._into:
            form = self.forms[-1]
            text = getattr(form, self._into) + content
            if len(text) > LONGEST_TEXT:
                raise BadFileError(self.where, TOO_LONG)
            setattr(form, self._into, text)


def _units(forms: list[_Form]) -> Iterator[Unit]:
    """The messages: forms that belong together are one."""
    gathered: dict[Key, list[_Form]] = {}
    for form in forms:
        plural = _FORM.fullmatch(form.name)
        key = key_of(plural[1] if plural else form.name, form.where)
        others = gathered.setdefault(key, [])
        place = int(plural[2]) if plural else 0
        if place != len(others):
            raise BadFileError(form.where, f"{form.name} is there twice, or out of its order")
        others.append(form)
    for (step, name), ones in gathered.items():
        english = tuple(dict.fromkeys(one.source for one in ones))
        texts, first = tuple(one.target for one in ones), ones[0]
        yield Unit(step, name, english, texts, first.base, where=first.where)
