"""Cuts a long message into parts that Telegram takes, at paragraph ends where it can. Pure."""

import html
import re

LIMIT = 4096
"""UTF-16 code units of a message's text, counted without its tags."""

_TAG = re.compile(r"</?([a-zA-Z][\w-]*)[^<>]*>")
_TOKEN = re.compile(rf"{_TAG.pattern}|&#?\w+;|\n\n|[\s\S]")
_BREAKS = ("\n\n", "\n", " ")


def units(text: str) -> int:
    """How long Telegram counts a text: UTF-16 code units."""
    return len(text.encode("utf-16-le")) // 2


def shortened(text: str, limit: int) -> str:
    """The text, cut with an ellipsis when it is longer than so many UTF-16 code units."""
    if units(text) <= limit:
        return text
    kept = text.encode("utf-16-le")[: (limit - 1) * 2].decode("utf-16-le", "ignore")
    return f"{kept}…"


def split(markup: str, limit: int = LIMIT) -> list[str]:
    """The message in parts of at most `limit`; tags open at a cut are closed and opened again."""
    if units(markup) <= limit:
        return [markup]
    tokens, parts = [found[0] for found in _TOKEN.finditer(markup)], []
    while tokens:
        place = _place(tokens, limit)
        still_open = _still_open(tokens[:place])
        closing = "".join(f"</{_name(tag)}>" for tag in reversed(still_open))
        parts.append("".join(tokens[:place]).strip() + closing)
        rest = tokens[place:]
        tokens = [*still_open, *rest] if rest else []
    return [part for part in parts if plain(part).strip()] or [markup]


def plain(markup: str) -> str:
    """The text of a message without its tags and entities."""
    return html.unescape(_TAG.sub("", markup))


def _place(tokens: list[str], limit: int) -> int:
    """How many tokens fit: up to the last paragraph end, else line end, else space, else all."""
    length, ends = 0, dict.fromkeys(_BREAKS, 0)
    for index, token in enumerate(tokens):
        length += 0 if _is_tag(token) else units(html.unescape(token))
        if length > limit:
            return next((end for end in ends.values() if end), index)
        if token in ends and length > len(token):
            ends[token] = index + 1
    return len(tokens)


def _still_open(tokens: list[str]) -> list[str]:
    stack: list[str] = []
    for token in filter(_is_tag, tokens):
        if not token.startswith("</"):
            stack.append(token)
        elif stack:
            stack.pop()
    return stack


def _is_tag(token: str) -> bool:
    return _TAG.fullmatch(token) is not None


def _name(tag: str) -> str:
    found = _TAG.match(tag)
    return found[1] if found else ""
