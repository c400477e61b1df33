"""No two buttons that stand together are alike, and each can be read on a phone."""

import unicodedata
from collections.abc import Iterator

from common.contract.publication import Message
from common.words.case import Case
from common.words.problem import Problem
from common.words.sight import alike, plain
from common.words.uses import EVERYWHERE, LABEL, TWO_TO_A_ROW, Use, use_of

# In ems, of letters 15 px high on a phone 360 px wide: 24 are the phone itself, and 36 px at each
# side go to the edge, the message's margin and the button's own.
_PHONE, _ROW = 24.0, 19.0
_HALF_ROW = _ROW / 2

# Measured in Chromium over the shipped labels of ten languages: 0.46 (Arabic, Noto) to 0.51 em a
# letter (Somali) with marks above and below left out; Chinese letters are square.
_LETTER, _SQUARE = 0.5, 1.0
_NO_WIDTH = {"Mn", "Me", "Cf"}

_WHATSAPP = 20
"""Characters of a reply button there."""


def check(case: Case) -> Iterator[Problem]:
    """Codes `button_alike` and `button_wide` (must), `button_long` and `button_whatsapp` (hints).

    Two buttons are alike for whoever types the words, so case, signs and markup do not count.
    """
    if use_of(case.translated) is not Use.BUTTON:
        return
    for text in map(plain, case.texts):
        yield from _readable(text, case.translated)
        if len(text) > _WHATSAPP:
            says = f"WhatsApp shows {_WHATSAPP} characters on a button, and this has {len(text)}."
            yield Problem("button_whatsapp", must=False, says=says)
    yield from _alike(case)


def width(text: str) -> float:
    """About how wide the text is, in ems: a square of its letters' height is one."""
    return sum(
        _SQUARE if unicodedata.east_asian_width(one) in "WF" else _LETTER
        for one in text
        if unicodedata.category(one) not in _NO_WIDTH
    )


def _readable(text: str, message: Message) -> Iterator[Problem]:
    half = message.id == LABEL or message.step in TWO_TO_A_ROW
    if width(text) > _PHONE:
        says = "This button is wider than a phone. Say it in one to four words."
        yield Problem("button_wide", must=True, says=says)
    elif width(text) > (_HALF_ROW if half else _ROW):
        says = "On a small phone the end of this button may not be seen. Can it be shorter?"
        yield Problem("button_long", must=False, says=says)


def _alike(case: Case) -> Iterator[Problem]:
    own = {alike(text) for text in case.texts}
    for other in case.siblings:
        if _stand_together(case.translated, other) and own & set(map(alike, other.texts)):
            says = f"Another button here reads “{other.texts[0]}”. Give each its own words."
            yield Problem("button_alike", must=True, says=says)


def _stand_together(one: Message, other: Message) -> bool:
    if (one.step, one.id) == (other.step, other.id) or use_of(other) is not Use.BUTTON:
        return False
    if EVERYWHERE in {one.step, other.step}:
        return True
    labels = [message.id == LABEL for message in (one, other)]
    return all(labels) or (one.step == other.step and not any(labels))
