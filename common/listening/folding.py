"""Brings phrases and people's texts to one spelling, so that the same words always meet."""

import re
import unicodedata

_APOSTROPHES = "'`´’‘‛′ʼʻʹʾʿ＇"
_DROPPED = re.compile(
    f"[{_APOSTROPHES}"
    "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufe00-\ufe0f]"  # joiners, directions
)
# Marks that people leave out: Latin accents; Arabic vowel signs, hamza and tatweel; Bengali
# nukta and chandrabindu.
_MARKS = re.compile(
    "[\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u09bc\u0981]"
)
# Letters that sound or look alike and are taken for each other in quick typing.
_ALIKE = str.maketrans(
    {
        **dict(zip("łıđøð", "lidod", strict=True)),
        **dict(zip("ٱىیےۍېةہەھکںٹ", "ايييييههههكنت", strict=True)),
        "ء": None,
        **dict(zip("ীূণষশঈঊৎ", "িুনসসইউত", strict=True)),
    }
)
_STRETCHED = re.compile(r"([^\W\d_])\1+")
_SPELLED_OUT = re.compile(r"(?<!\S)(?:[a-z] ){3,}[a-z](?!\S)")


class _Separators(dict[int, str]):
    """Turns all but letters, marks and digits into spaces; fills itself as characters appear."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        self[code] = letter if unicodedata.category(letter)[0] in "LMN" else " "
        return self[code]


_SEPARATORS = _Separators()


def fold(text: str) -> str:
    """The text in small letters, without accents, stretching or punctuation, single-spaced.

    Applied alike to phrases and texts, so a merged pair of letters costs some exactness and
    never a match: `I CAN'T go on!!` and `i caaant   go on` are both `i cant go on`.
    """
    plain = _DROPPED.sub("", text).casefold()
    plain = _MARKS.sub("", unicodedata.normalize("NFKD", plain)).casefold()
    words = " ".join(plain.translate(_ALIKE).translate(_SEPARATORS).split())
    words = _SPELLED_OUT.sub(lambda run: run[0].replace(" ", ""), words)
    return _STRETCHED.sub(r"\1", words)
