"""Makes the HTML of a message: paragraphs, line breaks, telephone numbers that can be tapped."""

import re
from collections.abc import Collection

from markupsafe import Markup, escape

_ISOLATED = re.compile("\u2068([0-9][0-9 ]*)\u2069")
_PARAGRAPHS = re.compile(r"\n{2,}")


def bubble(html: str, numbers: Collection[str]) -> Markup:
    """A finished message (`Outgoing.html`) as paragraphs. `numbers` are those that become links."""

    def linked(found: re.Match[str]) -> str:
        if found[1] not in numbers:
            return found[0]
        # Left to right for itself: in Arabic too a number is read and dialled that way.
        return f'<a href="tel:{found[1].replace(" ", "")}"><bdi dir="ltr">{found[1]}</bdi></a>'

    paragraphs = _PARAGRAPHS.split(_ISOLATED.sub(linked, html.strip()))
    return Markup("".join(f"<p>{_broken(one)}</p>" for one in paragraphs))  # noqa: S704 escaped by the translator


def own_words(text: str) -> Markup:
    """What the person typed, as they typed it."""
    return Markup("<p>{}</p>").format(Markup("<br>").join(escape(text.strip()).splitlines()))


def _broken(paragraph: str) -> str:
    return paragraph.replace("\n", "<br>")
