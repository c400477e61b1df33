"""Draws a practice's poster: one A4 page whose QR code opens the chat in the right language."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import NamedTuple
from unicodedata import category

import segno

from common.contract.directory import Directory
from common.contract.languages import BY_CODE, LANGUAGES, SOURCE_LANGUAGE, Language

PosterText = Callable[[str, str], str]
"""The plain words of a language: (language code, message id) with id heading, how or free."""

_WIDTH, _HEIGHT, _CENTRE = 210, 297, 105  # an A4 page, in millimetres as all that follows
_HEAD, _FOOT = 28, 275  # where the first line of the head stands, and the last of the foot
_DOOR_SIZE, _QR_SIZE, _QUIET_ZONE = 130, 92, 4  # the zone in modules, as ISO/IEC 18004 asks
_INK, _DOOR, _SOFT = "#12312f", "#1f6f6b", "#4d6462"
_FONTS = "'Noto Sans', 'Noto Sans Bengali', 'Noto Naskh Arabic', 'Noto Sans CJK SC', sans-serif"
# How wide a letter runs, in parts of its size: enough to break lines; nothing is placed by it.
_WIDE, _USUAL, _MARK = 1.0, 0.56, 0.15
_UNSPACED = re.compile("[\u3000-\u9fff\uff00-\uffef]")
# Where Chinese may break: between characters, but never before a closing mark or inside a word.
_UNSPACED_PIECE = re.compile(r"(?:[A-Za-z0-9]+|.)[\s、，。！？；：）·]*")
_OPENING = (
    f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}mm" height="{_HEIGHT}mm" '
    f'viewBox="0 0 {_WIDTH} {_HEIGHT}" text-anchor="middle" font-family="{_FONTS}">'
    f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#fff"/>'
)
_USERNAME = re.compile(r"@?([A-Za-z0-9_]{5,32})")


class PosterError(ValueError):
    """The poster asked for would lead nowhere; the message says what to ask instead."""


class _Style(NamedTuple):
    size: float
    width: float
    colour: str = _INK
    weight: int = 400


_HEADING = "heading", _Style(12.5, 182, weight=700), _Style(7.2, 178, _SOFT, 600)
_HOW = "how", _Style(7, 176, weight=600), _Style(4.9, 170, _SOFT)
_FREE = "free", _Style(5.6, 176, _DOOR, 700), _Style(4.4, 170, _SOFT)
_PRACTICE, _LINK = _Style(5.4, 180, weight=700), _Style(3.8, 190, _SOFT)
_LEADING, _AIR, _SMALLEST = 1.36, 3.0, 0.6


def chat_link(bot: str, language: str, ods_code: str) -> str:
    """The link that opens the chat with language and practice known, as /start receives them.

    Raises:
        PosterError: `bot` is no Telegram username (with or without @) and no https address.
    """
    if bot.startswith("https://"):
        return f"{bot.rstrip('/')}/?start={language}-{ods_code}"
    if match := _USERNAME.fullmatch(bot):
        return f"https://t.me/{match[1]}?start={language}-{ods_code}"
    raise PosterError(f"{bot!r} is neither a Telegram username such as DoorwayBot nor https://…")


def poster(practice_name: str, language: str, link: str, text: PosterText) -> str:
    """The poster as an SVG document of A4 size, in this language and in English beneath."""
    english = BY_CODE[SOURCE_LANGUAGE]
    both = list(dict.fromkeys((BY_CODE[language], english)))
    head = _lines(both, text, _HEADING)
    foot = _lines(both, text, _HOW, _FREE)
    foot_top = _FOOT - foot[-1].foot
    drawn = (
        f"<title>{escape(text(language, 'heading'))}</title>",
        *(line.at(_HEAD) for line in head),
        _door(link, _HEAD + head[-1].foot + 5, foot_top - 12),
        *(line.at(foot_top) for line in foot),
        _Line(practice_name, _PRACTICE, english, 0).at(_FOOT + 10),
        _Line(link.removeprefix("https://"), _LINK, english, 0).at(_FOOT + 16),
    )
    return "\n".join((_OPENING, *drawn, "</svg>\n"))


@dataclass(frozen=True, slots=True)
class PosterOrder:
    """A poster that somebody asks for: the practice by its ODS code, a language, and the chat."""

    ods_code: str
    language: str
    bot: str


def write_poster(order: PosterOrder, directory: Directory, text: PosterText, folder: Path) -> Path:
    """Write `poster-<practice>-<language>.svg` into `folder` and say where it is.

    Raises:
        PosterError: an unknown or closed practice, a language not written here, or no chat.
    """
    practice = directory.practice(order.ods_code.strip().upper())
    if practice is None:
        raise PosterError(f"No practice of the directory has the code {order.ods_code!r}.")
    if not practice.open:
        raise PosterError(f"{practice.name} ({practice.ods_code}) has closed: no poster for it.")
    if order.language not in BY_CODE or not BY_CODE[order.language].written:
        served = ", ".join(one.code for one in LANGUAGES if one.written)
        raise PosterError(f"No posters in {order.language!r}. Doorway writes: {served}.")
    link = chat_link(order.bot, order.language, practice.ods_code)
    path = folder / f"poster-{practice.ods_code}-{order.language}.svg"
    folder.mkdir(parents=True, exist_ok=True)
    path.write_text(poster(practice.name, order.language, link, text), encoding="utf-8")
    return path


@dataclass(frozen=True, slots=True)
class _Line:
    """One centred line; `foot` is how far it stands below the first line of its block."""

    words: str
    style: _Style
    language: Language
    foot: float

    def at(self, top: float) -> str:
        return (
            f'<text x="{_CENTRE}" y="{top + self.foot:.1f}" font-size="{self.style.size}" '
            f'font-weight="{self.style.weight}" fill="{self.style.colour}" '
            f'direction="{self.language.direction}" xml:lang="{self.language.bcp47}">'
            f"{escape(self.words)}</text>"
        )


def _lines(
    languages: Sequence[Language], text: PosterText, *messages: tuple[str, _Style, _Style]
) -> list[_Line]:
    """Each message in each language, the first in the larger style, one line below another."""
    lines, foot = list[_Line](), 0.0
    for message, *styles in messages:
        for language, style in zip(languages, styles, strict=False):
            parts = _broken(text(language.code, message), style.width / style.size)
            for number, part in enumerate(parts):
                if lines:
                    foot += style.size * _LEADING + (_AIR if number == 0 else 0)
                lines.append(_Line(part, style, language, foot))
    return lines


def _broken(words: str, width: float) -> list[str]:
    """The words in lines of at most `width` letter sizes, as evenly filled as they come."""
    unspaced = _UNSPACED.search(words)
    pieces, joint = (_UNSPACED_PIECE.findall(words), "") if unspaced else (words.split(), " ")
    room = _run(words) / max(-(-_run(words) // width), 1) * 1.12
    lines: list[str] = []
    for piece in pieces:
        if lines and _run(lines[-1] + joint + piece) <= min(width, room):
            lines[-1] += joint + piece
        else:
            lines.append(piece)
    return lines


def _run(words: str) -> float:
    return sum(
        _WIDE if _UNSPACED.match(letter) else _MARK if category(letter)[0] == "M" else _USUAL
        for letter in words
    )


def _door(link: str, top: float, foot: float) -> str:
    """An open doorway with the code on its white panel, as large as the gap between lets it."""
    scale = min(1.0, (foot - top) / _DOOR_SIZE)
    if scale < _SMALLEST:
        raise PosterError("The words of this language are too long for a poster of one page.")
    shift = top + (foot - top - _DOOR_SIZE * scale) / 2
    height = _DOOR_SIZE - 2
    return (
        f'<g transform="translate({_CENTRE} {shift:.1f}) scale({scale:.3f})">'
        f'<path fill="{_DOOR}" d="M-59 {height}V40A59 36 0 0 1 59 40V{height}Z"/>'
        f'<rect x="-75" y="{height - 0.2}" width="150" height="1.8" rx=".9" fill="{_DOOR}"/>'
        f"{_code(link, -_QR_SIZE / 2, height - _QR_SIZE - 12)}</g>"
    )


def _code(link: str, x: float, y: float) -> str:
    """The QR code with its quiet zone; 15% of it may be damaged (level M)."""
    matrix = segno.make_qr(link, error="m").matrix
    side = len(matrix) + 2 * _QUIET_ZONE
    dark = "".join(
        f"M{column + _QUIET_ZONE} {row + _QUIET_ZONE}h1v1h-1z"
        for row, modules in enumerate(matrix)
        for column, module in enumerate(modules)
        if module
    )
    return (
        f'<svg x="{x}" y="{y}" width="{_QR_SIZE}" height="{_QR_SIZE}" '
        f'viewBox="0 0 {side} {side}" shape-rendering="crispEdges">'
        f'<rect width="{side}" height="{side}" rx="1.5" fill="#fff"/>'
        f'<path fill="#000" d="{dark}"/></svg>'
    )
