"""What the page itself says around the talk, in the talk's language."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from bot.dialogue.effects import Words, words
from bot.ports import OutgoingButton
from bot.translation import IN_ENGLISH, LISTEN

SAYS: Mapping[str, Words] = {
    "tagline": words("webchat", "tagline"),
    "heading": words("webchat", "heading"),
    "skip": words("webchat", "skip"),
    "leave": words("webchat", "leave"),
    "leave_hint": words("webchat", "leave_hint"),
    "talk": words("webchat", "talk"),
    "doorway": words("webchat", "doorway"),
    "you": words("webchat", "you"),
    "box": words("webchat", "box"),
    "send": words("webchat", "send"),
    "waiting": words("webchat", "waiting"),
    "look": words("webchat", "look"),
    "not_sent": words("webchat", "not_sent"),
    "offline": words("webchat", "offline"),
    "too_long": words("webchat", "too_long"),
    "too_fast": words("webchat", "too_fast"),
    "stale": words("webchat", "stale"),
    "cookies": words("webchat", "cookies"),
    "more": words("webchat", "more"),
    "privacy": words("webchat", "privacy"),
    "language": words("do", "language"),
    "listen": LISTEN,
    "print": words("webchat", "print"),
    "closed": words("webchat", "closed"),
    "open": words("webchat", "open"),
    "back": words("webchat", "back"),
    "delete_yes": words("webchat", "delete_yes"),
    "broken": words("webchat", "broken"),
}


class Speech(Protocol):
    """Finished words: the translator."""

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages there are words in."""
        ...

    def label(self, label: Words, language: str) -> str:
        """The finished text, without markup."""
        ...

    def has(self, text: Words, language: str) -> bool:
        """Whether this language has the text, so that English need not stand in for it."""
        ...

    def commands(self, language: str) -> Sequence[OutgoingButton]:
        """The commands with what they do."""
        ...


def says(speech: Speech, language: str) -> Mapping[str, str]:
    """Everything the page says by itself, in this language.

    `in_english` is there when some of it is in English only, and says so.
    """
    said = {name: speech.label(one, language) for name, one in SAYS.items()}
    lacks = not all(speech.has(one, language) for one in SAYS.values())
    return {**said, "in_english": speech.label(IN_ENGLISH, language) if lacks else ""}
