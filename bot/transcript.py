"""A conversation as it is read: the same lines in the terminal and in the transcript tests."""

import re
from collections.abc import Sequence

from bot.ports import Outgoing, OutgoingButton
from bot.translation import plain_text

_EVERYWHERE = "do="
_REFERENCE = re.compile(r"TH-[0-9A-Z]{4}-[0-9A-Z]{3}")
EXAMPLE_REFERENCE = "TH-7K3M-9QX"
"""The reference that transcripts show, since a real one belongs to somebody."""


def lines(outgoing: Outgoing, numbered: bool = False) -> str:  # noqa: FBT001, FBT002 a plain switch
    """One outgoing thing as text; empty when nothing of it is seen.

    Own buttons stand as `[Label]`, one row a line, those that are everywhere together at the
    end as `(Back · Skip)`. With `numbered`, own buttons show the number that may be typed.
    """
    match outgoing.verb:
        case "say" | "redraw":
            return "\n".join([plain_text(outgoing.html), *_rows(outgoing, numbered=numbered)])
        case "ask_contact":
            return f"{plain_text(outgoing.html)}\n{{{outgoing.label}}}"
        case "drop_contact":
            return plain_text(outgoing.html)
        case "play":
            return f"({outgoing.label}: this channel has no sound)"
        case "answer" if outgoing.label:
            return f"({outgoing.label})"
    return ""


def own_buttons(outgoing: Outgoing) -> tuple[OutgoingButton, ...]:
    """The question's own buttons, in the order in which they may be typed as numbers."""
    return tuple(one for row in outgoing.rows for one in row if not _is_everywhere(one))


def find_button(shown: Sequence[Outgoing], label: str) -> str | None:
    """The data behind the button with this label, the latest shown first."""
    for outgoing in reversed(shown):
        for row in outgoing.rows:
            for button in row:
                if button.label == label:
                    return button.data
    return None


class Transcript:
    """A talk as it becomes a journey (tests/journeys): what was done, and what was said to it."""

    def __init__(self) -> None:
        self._turns: list[tuple[str, list[str]]] = []
        self._language = "en"
        self._sending = False

    def me(self, typed: str) -> None:
        """The person typed a line; a button pressed by its data is noted as `[=step=value]`."""
        self._turns.append((f"[{typed}]" if typed.startswith("=") else typed, []))

    def said(self, outgoing: Outgoing) -> None:
        """Doorway did something. The intake's answer is a turn that nobody typed."""
        if self._sending and outgoing.verb == "close":
            self._turns.append(("{delivered}", []))
            self._sending = False
        self._language = outgoing.language or self._language
        if shown := lines(outgoing):
            self._turns[-1][1].append(_REFERENCE.sub(EXAMPLE_REFERENCE, shown))
        if outgoing.question == "sending":
            self._turns[-1][1].append("(delivers referral)")
            self._sending = True

    def journey(self, name: str) -> str:
        """The YAML of the journey."""
        head = f"journey: {name}\nlanguage: {self._language}\nchannel: console\nturns:\n"
        return head + "".join(_turn(me, said) for me, said in self._turns if me)


def _turn(me: str, said: Sequence[str]) -> str:
    quoted = me.replace("'", "''")
    texts = "".join(f"\n  - |-\n{_indented(one)}" for one in said)
    return f"- me: '{quoted}'\n  doorway:{texts or ' []'}\n"


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" if line else "" for line in text.splitlines())


def _rows(outgoing: Outgoing, *, numbered: bool) -> list[str]:
    numbers = {one.data: place for place, one in enumerate(own_buttons(outgoing), start=1)}
    rows = [
        " ".join(
            f"{numbers[one.data]} [{one.ticked}]" if numbered else f"[{one.ticked}]" for one in row
        )
        for row in outgoing.rows
        if not any(_is_everywhere(one) for one in row)
    ]
    everywhere = [one.label for row in outgoing.rows for one in row if _is_everywhere(one)]
    return [*rows, *([f"({' · '.join(everywhere)})"] if everywhere else [])]


def _is_everywhere(button: OutgoingButton) -> bool:
    return button.data.startswith(_EVERYWHERE)
