"""Answers that can be recognised anywhere, and where they must never be found."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Marks:
    """What one person types; nothing else in the house says anything like it."""

    language: str
    helper: str
    name: str
    to_use: str
    birth: str
    phone: str
    mail: str
    practice: str
    concern: str
    own: str
    stray: str

    @property
    def told(self) -> tuple[str, ...]:
        """What a prescriber is to read word for word."""
        return self.helper, self.name, self.to_use, self.concern, self.own

    @property
    def all(self) -> tuple[str, ...]:
        """Every form in which something of it might be kept or said."""
        typed = (*self.told, self.birth, self.phone, self.mail, self.practice, self.stray)
        words = (word for text in typed for word in text.split() if len(word) > 5)
        understood = ("7911284637", "7911 284637", "1953-09-17", "17 September 1953")
        return tuple(dict.fromkeys((*typed, *words, *understood)))


ENGLISH = Marks(
    language="en",
    helper="Orvalinde Quastrup",
    name="Thessmark Vorbelaine",
    to_use="Bellomarx",
    birth="17 9 1953",
    phone="07911 284637",
    mail="zwillomark@example.org",
    practice="Quibbleford surgary",
    concern="my greenhouse of zanzimarks",
    own="I keep warbling of Dromlemarkia <b>& its</b> ottermarks",
    stray="what is a frobnimark then",
)
BENGALI = Marks(
    language="bn",
    helper="খগেন্দ্রলাল ঢোলপুরি",
    name="ঝংকারিমা তুলতুলিকা",
    to_use="ঝুমঝুমিনি",
    birth="১৭ ৯ ১৯৫৩",
    phone="০৭৯১১ ২৮৪৬৩৭",
    mail="golapimark@example.org",
    practice="বকুলতলামার্কা চিকিৎসামার্কা",
    concern="ছাদবাগানমার্কা নিয়ে কথা",
    own="নদীমাতৃকমার্কা <b>& তার</b> দেশের কথা মনে পড়ে",
    stray="হাবিজাবিমার্কা কী",
)


def found_in(text: str, marks: Marks) -> list[str]:
    """The marks that stand in a text, in whatever case."""
    folded = text.casefold()
    return [one for one in marks.all if one.casefold() in folded]


def found_in_files(folder: Path, marks: Marks) -> list[str]:
    """The marks that stand in the raw bytes of any file, in the encodings a library may use."""
    found = []
    for path in (one for one in folder.rglob("*") if one.is_file()):
        content = path.read_bytes().lower()
        found += [f"{path.name}: {one}" for one in marks.all if _stands_in(content, one)]
    return found


def _stands_in(content: bytes, mark: str) -> bool:
    small = mark.lower()
    return any(one in content for one in _encoded(small))


def _encoded(mark: str) -> Iterable[bytes]:
    yield mark.encode()
    yield mark.encode("utf-16-le")
    yield json.dumps(mark)[1:-1].encode()
