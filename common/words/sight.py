"""How a text looks to whoever reads it: without its tags, in plain digits, and how long it is."""

import html
import re
import unicodedata

_TAG = re.compile(r"</?[A-Za-z][^<>]*>")


def plain(text: str) -> str:
    """The text without its tags and entities."""
    return html.unescape(_TAG.sub("", text))


def units(text: str) -> int:
    """How long Telegram counts a text: UTF-16 code units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def western(text: str) -> str:
    """The text with the digits of any script as 0 to 9, and all else as it was."""
    return "".join(
        str(unicodedata.digit(one)) if unicodedata.category(one) == "Nd" else one for one in text
    )


def alike(text: str) -> str:
    """What two texts have in common that people take for the same: letters and digits only."""
    folded = unicodedata.normalize("NFKC", western(plain(text))).casefold()
    kept = (one for one in folded if unicodedata.category(one)[0] in "LMN" or one.isspace())
    return " ".join("".join(kept).split())
