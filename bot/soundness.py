"""Whether a released text can be put into a message at all; what cannot never meets a resident.

Coordinators are told far more, and before they publish. This is the bot's own last look, over
what would break a turn or be refused by a platform.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from gettext import c2py

from bot.catalogue import Catalogue, Name, Released
from common.contract.publication import Message, Wording

DEAD_NUMBER = "08000730003"

_COUNT = "count"
_HOLE = re.compile(r"%\((\w+)\)s|%%|%")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>|[<>]")
_OPENS = re.compile(r'<(?:(b|i|code)|(a) href="(?:https?://|tel:|mailto:|%\(\w+\)s)[^"<>]*")>')
_NOT_DIGITS = re.compile(r"[^0-9]")
_MONTHS: Name = ("date_of_birth", "month_spellings")
_LONGEST_COMMAND = 256  # characters of a description, Telegram's limit
_COUNTED_TO = 1000  # how far a plural rule is tried; CLDR's repeat themselves long before

Fault = tuple[Name, str]
"""A message that cannot be used, and why in one code."""

Unsound = Callable[[Fault], None]


def released(wording: Wording, source: Catalogue, under: Catalogue, unsound: Unsound) -> Released:
    """What can be used of a released wording; the rest is told.

    `source` is the shipped English: the code fills in exactly the placeholders that it has, and
    asks for no message that it has not. `under` is what this language shipped, which was looked at
    before it was: most of what is released is still the same.
    """
    plural, forms = _plural(wording.plural_forms)
    texts: dict[Name, tuple[str, ...]] = {}
    for message in wording.messages:
        name = message.step, message.id
        model = source.shipped.get(name)
        if model is None or not any(message.texts):
            continue
        why = _counted_fault(message, forms)
        if not why and message.texts != under.shipped.get(name):
            why = fault(name, message.texts, model)
        if why:
            unsound((name, why))
        else:
            texts[name] = message.texts
    return Released(texts, plural)


def fault(name: Name, texts: Sequence[str], model: Sequence[str]) -> str:
    """Why these texts cannot stand for the shipped English ones; empty when they can."""
    wanted = {hole for one in model for hole in holes(one)}
    counted = {_COUNT} if len(model) > 1 else set()
    flaws = (_flaw(one, wanted | counted, counted) for one in texts)
    return next(filter(None, flaws), "") or _misshapen(name, texts[0])


def _flaw(text: str, wanted: set[str], counted: set[str]) -> str:
    if set(holes(text)) | counted != wanted:
        return "placeholders"
    if not _balanced(text):
        return "markup"
    if not _TAG.sub("", text).strip():
        return "empty"
    return "number" if DEAD_NUMBER in _NOT_DIGITS.sub("", text) else ""


def _misshapen(name: Name, text: str) -> str:
    if name == _MONTHS and not _is_a_year(text):
        return "months"
    described = name[0] == "commands" and not name[1].endswith("_spellings")
    return "length" if described and len(text) > _LONGEST_COMMAND else ""


def holes(text: str) -> Iterator[str]:
    """The names of its placeholders; a lone % counts as one that nobody knows."""
    for found in _HOLE.finditer(text):
        if found[0] != "%%":
            yield found[1] or "%"


def _balanced(text: str) -> bool:
    """Whether its tags are ours, and each is closed in its turn."""
    is_open: list[str] = []
    for found in _TAG.finditer(text):
        tag = found[0]
        if opens := _OPENS.fullmatch(tag):
            is_open.append(opens[1] or opens[2])
        elif not (is_open and tag == f"</{is_open.pop()}>"):
            return False
    return not is_open


def _is_a_year(text: str) -> bool:
    months = text.split("|")
    return len(months) == 12 and all(one.strip() for one in months)  # noqa: PLR2004 of a year


def _counted_fault(message: Message, forms: int) -> str:
    expected = forms if message.plural_id else 1
    return "" if expected and len(message.texts) == expected else "forms"


def _plural(header: str) -> tuple[Callable[[int], int], int]:
    """The rule of gettext's header and its number of forms; 0 when there is none to go by."""
    named = (part.partition("=") for part in header.split(";"))
    parts = {name.strip(): value.strip() for name, _, value in named}
    try:
        rule, forms = c2py(parts["plural"]), int(parts["nplurals"])
        sound = all(0 <= rule(count) < forms for count in range(_COUNTED_TO))
    except (KeyError, ValueError, ArithmeticError, RecursionError):
        return int, 0
    return (rule, forms) if sound else (int, 0)
