"""What is held about a person as a paper: a PDF in which Latin, Bengali and Arabic letters stand.

Letters of another script are not drawn as boxes: the paper says that they are in the data file.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from api.staff.held import HASHED, Sheet
from api.staff.pieces import at

if TYPE_CHECKING:
    from datetime import datetime

    from fpdf import FPDF

_OURS = Path(__file__).parents[2] / "common" / "assets" / "static" / "fonts"
_SCRIPTS = {name: _OURS / f"noto-sans-{name}-400.woff2" for name in ("bengali", "arabic")}
LATIN = "latin"
NOT_SHOWN = "[not shown: see the data file]"
_LINE = 6.0  # millimetres
_NAMES = 55.0  # millimetres for the names; what stands beside them has the rest


@dataclass(frozen=True, slots=True)
class Fonts:
    """The files of the fonts by name, and the letters that they have between them."""

    files: dict[str, Path]
    letters: frozenset[int]


@cache
def fonts() -> Fonts:
    """Read once: which letters there are takes a moment to find out."""
    import fontpkg_noto_sans  # noqa: PLC0415 most processes never draw a paper
    from fontTools.ttLib import TTFont  # noqa: PLC0415 the same

    folder = Path(fontpkg_noto_sans.__file__).parent / "files"
    files = {LATIN: folder / "NotoSans[wdth,wght].ttf", **_SCRIPTS}
    letters: set[int] = set()
    for one in files.values():
        with TTFont(one, lazy=True) as font:
            letters |= set(font.getBestCmap())
    return Fonts(files, frozenset(letters))


def shown(text: str) -> str:
    """The text; in place of letters that no font has, that they are not shown."""
    letters = fonts().letters
    marked = "".join(one if ord(one) in letters or one in "\n\t" else "\0" for one in text)
    return re.sub(r"\0[\0 ]*\0|\0", NOT_SHOWN, marked)


def draw(reference: str, made: "datetime", sheets: Sequence[Sheet]) -> bytes:
    """The paper. Takes about a second: call it in a thread."""
    from fpdf import FPDF  # noqa: PLC0415 slow to load, and rarely needed

    paper = FPDF()
    for name, file in fonts().files.items():
        paper.add_font(name, fname=file)
    paper.set_fallback_fonts(list(_SCRIPTS))
    paper.set_text_shaping(use_shaping_engine=True)
    paper.set_title(f"Everything held: {reference}")
    paper.set_lang("en-GB")
    paper.set_margin(18)
    paper.add_page()
    _say(paper, f"Everything Doorway holds: {reference}", 18)
    _say(paper, f"Made on {at(made)}.", 11)
    _say(paper, HASHED, 11)
    if any(NOT_SHOWN in shown(text) for text in _texts(sheets)):
        words = "Some letters cannot be shown on this paper. All are in the data file beside it."
        _say(paper, words, 11)
    for sheet in sheets:
        _draw_sheet(paper, sheet)
    return bytes(paper.output())


def _draw_sheet(paper: "FPDF", sheet: Sheet) -> None:
    paper.ln(_LINE)
    _say(paper, f"Referral {sheet.reference}", 15)
    for block in sheet.blocks:
        _say(paper, block.heading, 13)
        for name, value in block.pairs:
            _pair(paper, name, value)
    _say(paper, "Who did what, and when", 13)
    for moment, what in sheet.looked:
        _pair(paper, moment, what)


def _say(paper: "FPDF", words: str, size: int) -> None:
    paper.set_font(LATIN, size=size)
    paper.multi_cell(0, size / 2, shown(words), new_x="LMARGIN", new_y="NEXT", align="L")
    paper.ln(_LINE / 3)


def _pair(paper: "FPDF", name: str, value: str) -> None:
    paper.set_font(LATIN, size=10)
    paper.multi_cell(_NAMES, _LINE, shown(name), new_x="RIGHT", new_y="TOP", align="L")
    paper.multi_cell(0, _LINE, shown(value), new_x="LMARGIN", new_y="NEXT", align="L")


def _texts(sheets: Sequence[Sheet]) -> list[str]:
    return [value for sheet in sheets for block in sheet.blocks for _, value in block.pairs]
