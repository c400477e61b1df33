"""How words sound, whatever script they are written in, so that names can be compared by ear."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from anyascii import anyascii
from rapidfuzz import fuzz

from common.contract.identifiers import to_ascii_digits

# What transliteration by letters would spoil: how these letters sound in borrowed English words.
_LETTERS = str.maketrans(
    {
        "চ": "ch",
        "ছ": "ch",
        "ভ": "v",
        "ফ": "f",
        "ং": "ng",
        "غ": "g",
        "خ": "h",
        "х": "h",
        "ц": "s",
        "أ": "ا",
        "إ": "ا",
        "آ": "ا",
        "’": "",
        "'": "",
        "ʼ": "",
    }
)

# Spellings of one sound, longest first.
_SOUNDS = (
    (re.compile(r"dzh"), "j"),
    (re.compile(r"tsh"), "ch"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"bh"), "v"),
    (re.compile(r"[gk]h"), "h"),
    (re.compile(r"wh"), "w"),
    (re.compile(r"th"), "t"),
    (re.compile(r"sh"), "s"),
    (re.compile(r"ck"), "k"),
    (re.compile(r"c(?=[eiy])"), "s"),
    (re.compile(r"c(?!h)|q"), "k"),
    (re.compile(r"ch"), "c"),
    (re.compile(r"x"), "ks"),
    (re.compile(r"z"), "s"),
    (re.compile(r"([a-z])\1+"), r"\1"),
)

# Arabic writes p as b and often v as f; w, y and h are heard as vowels or not at all.
_BONES = str.maketrans("pv", "bf", "aeiouwyh")

_SHORTEST_TELLING_SKELETON = 3
_BY_EAR = 0.6


@dataclass(frozen=True, slots=True)
class Word:
    """A word by its sound in Latin letters, and by its consonants alone.

    `vowels` is false when its script does not write the short ones, as Arabic does not;
    `number` marks a house number or the like, for which near is not good enough.
    """

    sound: str
    skeleton: str
    vowels: bool
    number: bool


def split_words(text: str) -> list[str]:
    """The words of a text in small letters and ASCII digits, without punctuation and pictures."""
    plain = to_ascii_digits(text).casefold().translate(_LETTERS)
    return "".join(letter if _is_wordlike(letter) else " " for letter in plain).split()


def hear(word: str) -> Word:
    """The sound of one word as `split_words` gives it."""
    sound = re.sub(r"[^a-z0-9]", "", anyascii(word).lower())
    for spelling, one_sound in _SOUNDS:
        sound = spelling.sub(one_sound, sound)
    skeleton = re.sub(r"([a-z])\1+", r"\1", sound.translate(_BONES))
    number = any(letter.isdigit() for letter in sound)
    return Word(sound, skeleton, vowels=not _is_arabic(word), number=number)


def join(words: Iterable[Word]) -> Word:
    """Several words as one, as people run them together."""
    several = tuple(words)
    return Word(
        "".join(word.sound for word in several),
        "".join(word.skeleton for word in several),
        vowels=all(word.vowels for word in several),
        number=any(word.number for word in several),
    )


def likeness(said: Word, meant: Word) -> float:
    """How much one word sounds like another, 0 to 1; not symmetric in script."""
    if said.number or meant.number:
        return float(said.sound == meant.sound)
    by_letter = fuzz.ratio(said.sound, meant.sound) / 100
    shorter = min(len(said.skeleton), len(meant.skeleton))
    if shorter < _SHORTEST_TELLING_SKELETON:
        same = said.skeleton == meant.skeleton != ""
        return by_letter if said.vowels else float(same and shorter > 1)
    by_ear = fuzz.ratio(said.skeleton, meant.skeleton) / 100
    if not said.vowels:
        return by_ear
    return max(by_letter, _BY_EAR * by_ear + (1 - _BY_EAR) * by_letter)


def _is_wordlike(letter: str) -> bool:
    # Bengali vowel signs are marks (M), no letters.
    return unicodedata.category(letter)[0] in "LMN"


def _is_arabic(word: str) -> bool:
    return any(unicodedata.name(letter, "").startswith("ARABIC") for letter in word)
