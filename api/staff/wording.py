"""Words put before coordinators: states and problems in plain English, bubbles, differences."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from gettext import c2py
from html import escape
from itertools import islice

from markupsafe import Markup

from api.domain.wording import Held, Kind, State, Texts
from common.contract.languages import BY_CODE, Language

STATES: Mapping[State, tuple[str, str]] = {
    State.MISSING: ("Missing", "red"),
    State.DRAFT: ("Draft", "grey"),
    State.REVIEW: ("Needs review", "yellow"),
    State.REVIEWED: ("Reviewed", "blue"),
    State.PUBLISHED: ("Published", "green"),
}
KINDS: Mapping[Kind, str] = {
    Kind.ORDINARY: "",
    Kind.SAFETY: "Safety: a second person must review it before residents see it",
    Kind.PRIVACY: "Privacy: a second person must review it before residents see it",
}
HELD: Mapping[Held, str] = {
    Held.DRAFT: "It is still a draft",
    Held.SECOND: "It is about safety or privacy: a second person must review it first",
    Held.ENGLISH: "The English has changed: somebody must look at it again first",
    Held.CHECKS: "Something must be mended first",
    Held.HELPLINE: "It names a helpline that nobody has confirmed, or whose time is over",
}
EXAMPLES: Mapping[str, str] = {
    "name": "Amina",
    "phone": "020 7946 0000",
    "number": "116 123",
    "days": "5",
    "count": "5",
    "reference": "TH-7K3M-9QX",
    "practice": "Albion Road Surgery",
    "date": "25 March 1980",
    "postcode": "E1 4DG",
    "language": "English",
}
"""Made-up values, so that a sentence can be read as residents read it."""

_PLACEHOLDER = re.compile(r"%\(([a-z_]+)\)s")
_TAG = re.compile(r"&lt;(/?[bi]|/a|a href=&quot;https?://[^&lt;&gt;]*?&quot;)&gt;")
_WORD = re.compile(r"\s+|[^\s]+")
_SOME = 5
_FAR = 200


@dataclass(frozen=True, slots=True)
class Form:
    """One text of a message; `numbers` are some that it stands for, empty when it counts none."""

    text: str
    english: str
    numbers: str
    bubble: Markup


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a difference; `how` is same, gone or new."""

    how: str
    text: str


def language(code: str) -> Language:
    """A language as it is written."""
    return BY_CODE[code]


def forms(texts: Texts, english: Texts, plural_forms: str, *, counts: bool) -> list[Form]:
    """The texts of a message with what each stands for; empty ones where there are none yet."""
    if not counts:
        text = texts[0] if texts else ""
        return [Form(text, english[0] if english else "", "", bubble(text))]
    some = numbers(plural_forms)
    said = [texts[place] if place < len(texts) else "" for place in range(len(some))]
    return [
        Form(text, english[0 if place == 0 else -1], one, bubble(text))
        for place, (text, one) in enumerate(zip(said, some, strict=True))
    ]


def numbers(plural_forms: str) -> list[str]:
    """For each plural form of gettext's header, some of the numbers that take it."""
    count, _, rule = plural_forms.partition(";")
    choose = c2py(rule.partition("=")[2].strip(" ;"))
    found = [[n for n in range(_FAR) if choose(n) == form] for form in range(int(count[-1]))]
    return [
        ", ".join(map(str, islice(one, _SOME))) + (" and so on" if len(one) > _SOME else "")
        for one in found
    ]


def bubble(text: str) -> Markup:
    """The text as residents see it: paragraphs, the few tags there may be, example values."""
    shown = _TAG.sub(_tag, escape(_PLACEHOLDER.sub(_example, text)))
    shown = shown.replace("\ue000", '<span class="filled">').replace("\ue001", "</span>")
    paragraphs = (one.replace("\n", "<br>") for one in shown.split("\n\n"))
    return Markup("".join(f"<p>{one}</p>" for one in paragraphs if one.strip()))  # noqa: S704 escaped above, but for the tags that are allowed


def difference(before: str, after: str) -> list[Piece]:
    """What has changed, word by word."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    return list(_pieces(old, new))


def _pieces(old: Sequence[str], new: Sequence[str]) -> Iterator[Piece]:
    for how, a, b, c, d in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if how == "equal":
            yield Piece("same", "".join(old[a:b]))
            continue
        if b > a:
            yield Piece("gone", "".join(old[a:b]))
        if d > c:
            yield Piece("new", "".join(new[c:d]))


def _example(found: re.Match[str]) -> str:
    return f"\ue000{EXAMPLES.get(found[1], found[1].replace('_', ' '))}\ue001"


def _tag(found: re.Match[str]) -> str:
    return f"<{found[1].replace('&quot;', chr(34))}>"
