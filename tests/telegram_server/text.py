"""What Telegram makes of HTML: the plain text, or the reason why it refuses it."""

import html
import re

from tests.telegram_server.errors import bad_request

_TAGS = frozenset(
    "b strong i em u ins s strike del code pre a blockquote tg-spoiler span".split()  # noqa: SIM905 reads better
)
_TOKEN = re.compile(r"<[^>]*>?|&(?:lt|gt|amp|quot|#\d+|#x[0-9a-fA-F]+);|[^<&]+|&")
_LIMIT = 4096


def checked(markup: str, parse_mode: str) -> str:
    """The plain text of a message; raises ApiError as the real server does."""
    text = (_parsed(markup) if parse_mode == "HTML" else markup).strip()
    if not text:
        raise bad_request("message text is empty")
    if len(text.encode("utf-16-le")) // 2 > _LIMIT:
        raise bad_request("message is too long")
    return text


def _parsed(markup: str) -> str:
    text: list[str] = []
    stack: list[str] = []
    for token in _TOKEN.findall(markup):
        if not token.startswith("<"):
            text.append(html.unescape(token) if token.endswith(";") else token)
        elif token.startswith("</"):
            _close(stack, token[2:].rstrip("> "))
        else:
            _open(stack, token)
    if stack:
        raise _unparsed(f'Can\'t find end tag corresponding to start tag "{stack[-1]}"')
    return "".join(text)


def _open(stack: list[str], token: str) -> None:
    name = re.split(r"[\s>]", token[1:])[0].lower()
    if not token.endswith(">"):
        raise _unparsed("Unclosed start tag")
    if name not in _TAGS:
        raise _unparsed(f'Unsupported start tag "{name}"')
    stack.append(name)


def _close(stack: list[str], name: str) -> None:
    if not stack:
        raise _unparsed("Unexpected end tag")
    if stack.pop() != name.lower():
        raise _unparsed(f'Unmatched end tag "{name}"')


def _unparsed(why: str) -> Exception:
    return bad_request(f"can't parse entities: {why} at byte offset 0")
