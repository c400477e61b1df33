"""The words of the dialogue as the rivals have them: the catalogue's finished texts, in English."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.script import Turn
from benchmarks.telegram import Call

Rows = tuple[tuple[tuple[str, str], ...], ...]
"""Buttons by row: label and data."""

_NAMES = (
    ("language",),
    ("welcome",),
    ("who_for",),
    ("safe_now",),
    ("postcode",),
    ("practice",),
    ("offered",),
    ("concerns",),
    (),
    ("name",),
    ("date_of_birth",),
    ("phone", "share"),
    ("heard", "send_now"),
    ("review",),
    ("sending", "reference", "sent"),
)
# What somebody told stands in these texts; a rival puts in what it was told itself.
_TOLD = {
    "25 March 1980": "{birth}",
    "07700 900123": "{phone}",
    "E1 4DG": "{postcode}",
    "XX Place Health Centre": "{practice}",
    "Housing": "{concerns}",
    "Amina Hassan": "{name}",
    "TH-7K3M-9QE": "{reference}",
}
_WITH_TOLD = frozenset({"phone", "heard", "review", "reference"})


@dataclass(frozen=True)
class Page:
    """A message: its text, in which `{name}` and the like are to be filled in, and buttons."""

    text: str
    rows: Rows = ()
    label: str = ""

    def finished(self, **told: str) -> str:
        """The text with what was told."""
        return self.text.format(**told) if told else self.text


@dataclass(frozen=True)
class Pages:
    """All messages by the question they ask, and the commands that are registered."""

    by_name: Mapping[str, Page]
    commands: Sequence[Mapping[str, str]]

    def __getitem__(self, name: str) -> Page:
        return self.by_name[name]

    @classmethod
    def of(cls, talk: Sequence[Turn]) -> "Pages":
        """Take them from a talk with Doorway itself."""
        pages: dict[str, Page] = {}
        for names, turn in zip(_NAMES, talk, strict=True):
            said = [one for one in turn.calls if one.method == "sendMessage"]
            pages |= {name: _page(name, one) for name, one in zip(names, said, strict=True)}
        commands = next(
            call.params["commands"]
            for turn in talk
            for call in turn.calls
            if call.method == "setMyCommands"
        )
        return cls(pages, commands)


def _page(name: str, call: Call) -> Page:
    text, markup = str(call.params["text"]), call.params.get("reply_markup", {})
    if name in _WITH_TOLD:
        for words, place in _TOLD.items():
            text = text.replace(words, place)
    keyboard = markup.get("keyboard")
    return Page(text, _rows(markup), keyboard[0][0]["text"] if keyboard else "")


def _rows(markup: Mapping[str, Any]) -> Rows:
    rows = markup.get("inline_keyboard", ())
    return tuple(tuple((one["text"], one["callback_data"]) for one in row) for row in rows)
