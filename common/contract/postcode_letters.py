"""Postcodes in the letters of other scripts: ই১ ৪ডিজি, إي١ ٤دي جي and a Cyrillic Е are read."""

import re
from collections.abc import Mapping, Sequence
from itertools import product
from math import prod

_MOST_SPELLINGS = 16

# Marks that a keyboard adds and nobody sees, short vowels of Arabic among them.
_UNSEEN = re.compile("[\u00ad\u0640\u064b-\u065f\u0670\u200b-\u200f\u202a-\u202e\u2060-\u2069]")
# All else, Chinese for one, neither looks like Latin letters nor names them: it parts words.
_WORD = re.compile("[A-Z0-9\u00c0-\u024f\u0370-\u052f\u0621-\u06d3\u0980-\u09ff]+")
_RUN = re.compile(
    "[A-Z0-9]+|[\u0980-\u09ff]+|[\u0621-\u06d3]+|[^A-Z0-9\u0621-\u06d3\u0980-\u09ff]+"
)
_LIKE_NO_LATIN = re.compile("[\u0621-\u06d3\u0980-\u09ff]+")
_SAME = str.maketrans("ীীঊঈیىکڪ", "িিউইييكك")


def _names(table: str) -> Mapping[str, str]:
    """From "D: ডি دي" to each name by its letter, spelt as the text will be."""
    named: dict[str, str] = {}
    for line in table.upper().splitlines():
        letters, _, names = line.partition(": ")
        named |= {name.translate(_SAME): letters.strip() for name in names.split()}
    return named


# How the letters are called. Arabic has one letter for B and P, and one name for A, E and I.
_BY_NAME = _names(
    """A: এ اے ايه إيه
    B: বি بی
    BP: بي
    C: সি سی سي
    D: ডি ڈی دي
    E: ই إي
    EAI: اي
    F: এফ ایف اف إف
    G: জি جی جي
    H: এইচ এচ ایچ اتش إتش
    I: আই آئی آي
    J: জে جے جاي جيه
    K: কে کے كي كيه
    L: এল ایل ال إل
    M: এম ایم ام إم
    N: এন این ان إن
    O: ও او أو
    P: পি پی
    Q: কিউ کیو
    R: আর آر ار
    S: এস ایس اس إس
    T: টি ٹی تي
    U: ইউ یو
    V: ভি وی في
    W: ডব্লিউ ডাব্লিউ ডাবলিউ ডব্লু ডবলু ڈبلیو دبليو
    X: এক্স ایکس اكس إكس
    Y: ওয়াই وائی واي
    Z: জেড জেট زیڈ زد"""
)
# One keyboard's letters can be meant as what they look like, as what they sound like, or as
# what the English letter is called; a text is all of one kind.
_CYRILLIC: tuple[Mapping[str, str], ...] = (
    dict(zip("АВЕКМНОРСТУХІЈЅ", "ABEKMHOPCTYXIJS", strict=True)),
    dict(zip("АБВГДЕЗИЙКЛМНОПРСТУФХЦЭІ", "ABWGDEZIJKLMNOPRSTUFHCEI", strict=True)),
    _names(
        """A: ЭЙ
        B: БИ
        C: СИ
        D: ДИ
        E: И
        F: ЭФ
        G: ДЖИ
        H: ЭЙЧ
        J: ДЖЕЙ
        K: КЕЙ
        L: ЭЛ
        N: ЭН
        O: О ОУ
        P: ПИ
        Q: КЬЮ
        R: АР
        S: ЭС
        T: ТИ
        U: Ю
        W: ДАБЛЮ
        X: ЭКС
        Y: УАЙ
        Z: ЗЕД"""
    ),
)

_LETTERS = tuple({**_BY_NAME, **cyrillic} for cyrillic in _CYRILLIC)
_SIZES = range(max(map(len, (*_BY_NAME, *_CYRILLIC[-1]))), 0, -1)


def in_words(text: str) -> list[str]:
    """Where a postcode can be: the words of a text in capitals. Text in NFKC and ASCII digits."""
    return _WORD.findall(_UNSEEN.sub("", text.upper()))


def in_latin(found: Sequence[str]) -> frozenset[str]:
    """All that these words may say in Latin capitals, as texts; words as `in_words` gives them.

    A word of letters alone may name letters or be prose, so that it is in and left out. A word
    that has letters of both kinds, and one that cannot be read, leaves no reading at all: what
    remained of the postcode would be another one.
    """
    if all(map(str.isascii, found)):
        return frozenset({" ".join(found)})
    ways = (
        _spellings(found, letters, prose=prose) for letters in _LETTERS for prose in (False, True)
    )
    return frozenset().union(*ways)


def _spellings(found: Sequence[str], letters: Mapping[str, str], *, prose: bool) -> set[str]:
    choices = [_readings(word, letters, prose=prose) for word in found]
    if prod(map(len, choices)) > _MOST_SPELLINGS:
        return set()
    return {" ".join(filter(None, one)) for one in product(*choices)}


def _readings(word: str, letters: Mapping[str, str], *, prose: bool) -> Sequence[str]:
    """What the word may be in Latin letters: "" is prose, and nothing at all a puzzle."""
    if word.isascii():
        return (word,)
    alone = re.search("[A-Z0-9]", word) is None
    if alone and prose:
        return ("",)
    runs = [_run(run, letters) for run in _RUN.findall(word)]
    many = prod(map(len, runs)) > _MOST_SPELLINGS
    read = () if many else ["".join(one) for one in product(*runs)]
    return read or (("",) if alone else ())


def _run(run: str, letters: Mapping[str, str]) -> Sequence[str]:
    if run.isascii():
        return (run,)
    rest, read = run.translate(_SAME), [""]
    while rest:
        length = next((size for size in _SIZES if rest[:size] in letters), 0)
        if not length or len(read) > _MOST_SPELLINGS:
            return ("",) if _LIKE_NO_LATIN.fullmatch(run) else ()
        read = [begun + letter for begun in read for letter in letters[rest[:length]]]
        rest = rest[length:]
    return read


def swap_lookalikes(squeezed: str) -> str:
    """Put digits where a postcode has digits: `EI 4DG` is E1 4DG, `E1 ODG` has no such reading."""
    outward, inward = squeezed[:-3], squeezed[-3:]
    to_digit = str.maketrans("OIL", "011")
    to_letter = str.maketrans("01", "OI")
    area = re.match(r"[A-Z]{1,2}(?=[0-9OIL])", outward)
    if area is None or len(inward) != 3:  # noqa: PLR2004 an inward code is digit, letter, letter
        return squeezed
    letters = area[0] if len(area[0]) == 1 or area[0][1] not in "OIL" else area[0][0]
    district = outward[len(letters) :]
    return (
        letters
        + district[:1].translate(to_digit)
        + district[1:]
        + inward[:1].translate(to_digit)
        + inward[1:].translate(to_letter)
    )
