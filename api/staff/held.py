"""Everything held about a person, put into words: for the page, the paper and the file."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from api.domain.record import Line
from api.services.erasing import Held, HeldReferral
from api.staff.deeds import deed, from_where, who
from api.staff.pieces import at, day

HEADINGS: Mapping[str, str] = {
    "referral": "What they told us, and what we made of it",
    "referral_status_change": "A step of the work",
    "correction": "A number they changed",
    "about_you": "What they told us about themselves",
    "feedback": "How they said it went",
    "erasure_request": "They asked for everything to be deleted",
    "duplicate_link": "May be the same person as another referral",
    "duplicate_decision": "What was decided about that",
    "contact_attempt": "A try to reach them",
    "booking": "The first conversation",
    "handover": "Who has the referral",
    "referral_work": "Since when nothing has moved",
    "text_reading": "Who read what they wrote",
    "text_rendering": "What they wrote, in English",
    "telegram_held": "A message to staff that waits",
}
HASHED = (
    "Beside this, keyed hashes of the name, the birth, the number, the postcode and the chat are "
    "kept, by which the same person is known again. Nobody can read anything back from them."
)


@dataclass(frozen=True, slots=True)
class Block:
    """A heading with names and what stands beside them."""

    heading: str
    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """All of one referral."""

    reference: str
    blocks: tuple[Block, ...]
    looked: tuple[tuple[str, str], ...]


def sheets(held: Held) -> tuple[Sheet, ...]:
    """A sheet for each referral of the person."""
    return tuple(_sheet(one, held.names) for one in held.referrals)


def as_json(held: Held) -> bytes:
    """The same as a file for programs, whole and in the words it is kept in."""
    content = {
        "reference": held.reference,
        "made_at": held.at.isoformat(),
        "about": HASHED,
        "referrals": [_as_data(one, held.names) for one in held.referrals],
    }
    return json.dumps(content, ensure_ascii=False, indent=2, default=_plain).encode()


def _as_data(one: HeldReferral, names: Mapping[int, str]) -> dict[str, object]:
    parts: dict[str, list[Mapping[str, Any]]] = {}
    for table, values in one.parts:
        parts.setdefault(table, []).append(values)
    looked = [{"at": line.at, **_deed(line, names)} for line in one.looked]
    return {"reference": one.reference, "held": parts, "record": looked}


def _deed(line: Line, names: Mapping[int, str]) -> dict[str, str]:
    return {"who": who(line.actor, names), "what": deed(line.action), "from": from_where(line)}


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def _sheet(one: HeldReferral, names: Mapping[int, str]) -> Sheet:
    blocks = (
        Block(HEADINGS.get(table, _words(table)), tuple(_pairs(values, names)))
        for table, values in one.parts
    )
    looked = (
        (at(line.at), ", ".join(filter(None, _deed(line, names).values()))) for line in one.looked
    )
    return Sheet(one.reference, tuple(blocks), tuple(looked))


def _pairs(values: Mapping[str, Any], names: Mapping[int, str]) -> Iterator[tuple[str, str]]:
    """Each value that is there under its name; what a person told us comes one by one."""
    for name, value in values.items():
        if isinstance(value, dict):
            yield from _pairs(value, names)
        elif isinstance(value, list):
            for one in value:
                yield from _pairs({name: one}, names)
        elif name == "author" and isinstance(value, str):
            yield "By", who(value, names)
        elif not _is_number_of_ours(name) and value not in (None, ""):
            yield _words(name), _said(value)


def _is_number_of_ours(name: str) -> bool:
    """Numbers of rows, which say nothing about anybody."""
    return name in {"id", "rank"} or name.endswith("_id")


def _said(value: object) -> str:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, datetime):
        return at(value)
    return day(value) if isinstance(value, date) else str(value)


def _words(name: str) -> str:
    return name.replace("_", " ").capitalize()
