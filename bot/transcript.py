"""A conversation as it is read: the same lines in the terminal and in the transcript tests."""

from collections.abc import Sequence

from bot.ports import Outgoing, OutgoingButton
from bot.translation import plain_text

_EVERYWHERE = "do="


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
                if button.label.removeprefix("✅ ") == label:
                    return button.data
    return None


def _rows(outgoing: Outgoing, *, numbered: bool) -> list[str]:
    numbers = {one.data: place for place, one in enumerate(own_buttons(outgoing), start=1)}
    rows = [
        " ".join(
            f"{numbers[one.data]} [{one.label}]" if numbered else f"[{one.label}]" for one in row
        )
        for row in outgoing.rows
        if not any(_is_everywhere(one) for one in row)
    ]
    everywhere = [one.label for row in outgoing.rows for one in row if _is_everywhere(one)]
    return [*rows, *([f"({' · '.join(everywhere)})"] if everywhere else [])]


def _is_everywhere(button: OutgoingButton) -> bool:
    return button.data.startswith(_EVERYWHERE)
