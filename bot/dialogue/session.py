"""The state of one conversation: a value that is saved and read again between any two turns."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Self

from bot.dialogue.values import replace

Answer = str | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Session:
    """One person's conversation.

    `channel` is the door it came through, `step` the open question. `answers` holds codes, or
    texts word for word, under the name of their step; `asked` are the steps of the flow
    answered or skipped so far, in order. `detours` are the steps to come back to after an
    interruption, innermost last. `flags` order the staff's queue. `misses` counts the
    misunderstandings in a row. `offered` are the practices last offered. `contact_button` is
    true while the share-my-number button shows. `touched` is when the person last did
    something (ISO 8601). `quiet` forbids any push. `deliveries` counts what was handed over,
    `awaiting` is the referral among them that is on its way; `reference` and `contact_days`
    came back. `calling` are the calls asked for that are on their way, as `(delivery id,
    conversation id)`, `forsaken` those among them to be erased on arrival, `earlier` what else
    is at the service, as `(conversation id, reference)`. `unseen` names the news that was not
    pushed, `erase` says that deletion follows the referral's arrival.
    """

    id: str
    channel: str = ""
    language: str = ""
    step: str = ""
    answers: Mapping[str, Answer] = field(default_factory=dict)
    asked: tuple[str, ...] = ()
    detours: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    misses: int = 0
    offered: tuple[str, ...] = ()
    contact_button: bool = False
    touched: str = ""
    reminded: bool = False
    quiet: bool = False
    deliveries: int = 0
    awaiting: str = ""
    reference: str = ""
    contact_days: int = 0
    calling: tuple[tuple[str, str], ...] = ()
    forsaken: tuple[str, ...] = ()
    earlier: tuple[tuple[str, str], ...] = ()
    unseen: tuple[str, ...] = ()
    erase: bool = False

    def dump(self) -> str:
        """The session as JSON, without what is empty."""
        # Not `asdict`, which copies every answer before it is written.
        filled = {name: value for name in _FIELDS if (value := getattr(self, name))}
        return _write(filled)

    @classmethod
    def load(cls, text: str) -> Self:
        """Read what `dump` wrote; unknown fields of a newer version are ignored."""
        raw: dict[str, Any] = json.loads(text)
        values = {name: _frozen(value) for name, value in raw.items() if name in _FIELDS}
        return cls(**values)

    def with_answer(self, step: str, answer: Answer) -> Self:
        """The session with this answer given."""
        return replace(self, answers={**self.answers, step: answer})

    def without(self, *steps: str) -> Self:
        """The session with these answers taken back."""
        kept = {name: value for name, value in self.answers.items() if name not in steps}
        return replace(self, answers=kept)

    @property
    def is_out_of_hand(self) -> bool:
        """Whether the referral has been sent, so that nothing more can go with it."""
        return bool(self.awaiting or self.reference)

    def text(self, step: str) -> str:
        """The single answer to a step, empty when not given."""
        answer = self.answers.get(step, "")
        return answer if isinstance(answer, str) else ""

    def many(self, step: str) -> tuple[str, ...]:
        """The answers to a step where several may be chosen."""
        answer = self.answers.get(step, ())
        return answer if isinstance(answer, tuple) else ()

    def flagged(self, *flags: str) -> Self:
        """The session with these flags raised; a raised flag is never lowered."""
        return replace(self, flags=tuple(dict.fromkeys((*self.flags, *flags))))


_FIELDS = tuple(one.name for one in fields(Session))
_write = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def _frozen(value: Any) -> Any:  # noqa: ANN401 JSON gives any of its types
    if isinstance(value, list):
        return tuple(_frozen(one) for one in value)
    if isinstance(value, dict):
        return {name: _frozen(one) for name, one in value.items()}
    return value
