"""How words sound, whatever script they are written in, so that names can be compared by ear."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from math import floor

from anyascii import anyascii
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

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
    (re.compile(r"chr"), "kr"),
    (re.compile(r"ough"), "of"),
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

# Chinese as it is spelt in Latin letters has sounds of its own.
_PINYIN = ((re.compile(r"zh"), "j"), (re.compile(r"x"), "s"), (re.compile(r"q"), "ch"))

# Arabic writes p as b and often v as f; w, y and h are heard as vowels or not at all.
_BONES = str.maketrans("pvc", "bfk", "aeiouwyh")

_SHORTEST_TELLING_SKELETON = 3


class Script(Enum):
    """What a script makes of English names: Arabic leaves short vowels out, Chinese has no r."""

    LATIN = auto()
    ARABIC = auto()
    CHINESE = auto()
    OTHER = auto()


# How much the consonants count against all letters: most where short vowels are not written.
_BY_EAR = {Script.LATIN: 0.5, Script.OTHER: 0.6, Script.CHINESE: 0.6, Script.ARABIC: 0.75}
# Consonants that one script keeps apart and another does not: Bengali writes z as j.
_HEARD_ALIKE = {Script.OTHER: str.maketrans("j", "s"), Script.CHINESE: str.maketrans("rj", "ls")}
_NO_LIKENESS = 0.3  # by letter: whatever the consonants say, they are two words
_ALIKE_WITHOUT_VOWELS = 0.6


@dataclass(frozen=True, slots=True)
class Word:
    """A word by its sound in Latin letters, and by its consonants alone.

    `number` marks a house number or the like, for which near is not good enough.
    """

    sound: str
    skeleton: str
    script: Script
    number: bool


class Words:
    """Words that others are compared with, each by its place."""

    def __init__(self, words: Iterable[Word]) -> None:
        self._words = tuple(words)
        self._sounds = [word.sound for word in self._words]

    def alike(self, said: Word, least: float) -> Mapping[int, float]:
        """How much each sounds like what was said, where it is at least so much, by its place."""
        enough = floor(_letters_needed(said.script, least) * 100)
        near = process.extract_iter(
            said.sound, self._sounds, scorer=fuzz.ratio, processor=None, score_cutoff=enough
        )
        scores = ((place, likeness(said, self._words[place])) for _, _, place in near)
        return {place: score for place, score in scores if score >= least}


def split_words(text: str) -> list[str]:
    """The words of a text in small letters and ASCII digits, without punctuation and pictures."""
    plain = to_ascii_digits(text).casefold().translate(_LETTERS)
    return "".join(letter if _is_wordlike(letter) else " " for letter in plain).split()


def hear(word: str) -> Word:
    """The sound of one word as `split_words` gives it."""
    script = _script(word)
    sound = re.sub(r"[^a-z0-9]", "", anyascii(word).lower())
    for spelling, one_sound in _PINYIN if script is Script.CHINESE else ():
        sound = spelling.sub(one_sound, sound)
    for spelling, one_sound in _SOUNDS:
        sound = spelling.sub(one_sound, sound)
    skeleton = re.sub(r"([a-z])\1+", r"\1", sound.translate(_BONES))
    return Word(sound, skeleton, script, number=any(letter.isdigit() for letter in sound))


def join(words: Iterable[Word]) -> Word:
    """Several words as one, as people run them together; of two scripts it is the odd one."""
    several = tuple(words)
    scripts = {word.script for word in several} - {Script.LATIN}
    return Word(
        "".join(word.sound for word in several),
        "".join(word.skeleton for word in several),
        min(scripts, key=lambda script: script.value, default=Script.LATIN),
        number=any(word.number for word in several),
    )


def likeness(said: Word, meant: Word) -> float:
    """How much one word sounds like another, 0 to 1; not symmetric in script."""
    if said.number or meant.number:
        return float(said.sound == meant.sound)
    by_letter = fuzz.ratio(said.sound, meant.sound) / 100
    if by_letter < _NO_LIKENESS:
        return by_letter
    if min(len(said.skeleton), len(meant.skeleton)) < _SHORTEST_TELLING_SKELETON:
        if said.script is not Script.ARABIC:
            return by_letter
        same = said.skeleton == meant.skeleton and len(said.skeleton) > 1
        return float(same and by_letter >= _ALIKE_WITHOUT_VOWELS)
    if said.script is Script.LATIN:
        by_letter = (by_letter + OSA.normalized_similarity(said.sound, meant.sound)) / 2
    ear = _BY_EAR[said.script]
    least = 0.0 if said.script is Script.ARABIC else by_letter
    return max(least, ear * _by_ear(said, meant) + (1 - ear) * by_letter)


def _letters_needed(script: Script, least: float) -> float:
    """The likeness by letter without which, whatever the consonants say, it cannot be `least`."""
    ear = _BY_EAR[script]
    return max(_NO_LIKENESS, (least - ear) / (1 - ear))


def _by_ear(said: Word, meant: Word) -> float:
    change = _HEARD_ALIKE.get(said.script)
    if change is None:
        return fuzz.ratio(said.skeleton, meant.skeleton) / 100
    return fuzz.ratio(said.skeleton.translate(change), meant.skeleton.translate(change)) / 100


def _is_wordlike(letter: str) -> bool:
    # Bengali vowel signs are marks (M), no letters.
    return unicodedata.category(letter)[0] in "LMN"


def _script(word: str) -> Script:
    if word.isascii():
        return Script.LATIN
    names = [unicodedata.name(letter, "").split(" ")[0] for letter in word]
    if "ARABIC" in names:
        return Script.ARABIC
    return Script.CHINESE if "CJK" in names else Script.OTHER
