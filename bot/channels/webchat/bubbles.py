"""Makes the HTML of a message: paragraphs, line breaks, telephone numbers that can be tapped."""

import re
from collections.abc import Collection

from markupsafe import Markup, escape

from bot.ports import Outgoing
from common.contract.languages import BY_CODE

_NUMBER = re.compile("\u2068([0-9][0-9 ]*)\u2069")
# A postcode, a reference, a number: what is read as one must not be parted at a line's end.
_WHOLE = re.compile("\u2068([A-Z0-9+][A-Z0-9 -]{1,18})\u2069")
_POSTCODE = re.compile(r"\b([A-Z]{1,2}[0-9][A-Z0-9]? [0-9][A-Z]{2})\b")
_EMERGENCY = re.compile(r"(?<![\w>:-])(?<![0-9] )999(?![\w-]| [0-9])")


def bubble(said: Outgoing, numbers: Collection[str]) -> Markup:
    """What was said, as paragraphs. `numbers` are the telephone numbers that become links.

    A paragraph in another language than the message's says so (WCAG 2.2, 3.1.2).
    """
    if not said.html:
        return own_words(said.label)
    shown = (
        f"<p{_tongue(language, said.language)}>{_marked_up(text, numbers)}</p>"
        for text, language in said.paragraphs()
    )
    return Markup("".join(shown))  # noqa: S704 escaped by the translator


def own_words(text: str) -> Markup:
    """What the person typed, as they typed it."""
    return Markup("<p>{}</p>").format(Markup("<br>").join(escape(text.strip()).splitlines()))


def _tongue(language: str, around: str) -> str:
    if language == around:
        return ""
    known = BY_CODE[language]
    return f' lang="{known.bcp47}" dir="{known.direction}"'


def _marked_up(text: str, numbers: Collection[str]) -> str:
    def linked(found: re.Match[str]) -> str:
        if found[1] not in numbers:
            return found[0]
        # Left to right for itself: in Arabic too a number is read and dialled that way.
        return f'<a href="tel:{found[1].replace(" ", "")}"><bdi dir="ltr">{found[1]}</bdi></a>'

    whole = _WHOLE.sub(r'<bdi class="whole">\1</bdi>', _NUMBER.sub(linked, text.strip()))
    if "999" in numbers:  # which stands in sentences as well
        whole = _EMERGENCY.sub('<a href="tel:999"><bdi dir="ltr">999</bdi></a>', whole)
    return _POSTCODE.sub(_unbroken, whole).replace("\n", "<br>")


def _unbroken(postcode: re.Match[str]) -> str:
    return postcode[1].replace(" ", "\u00a0")
