"""Helplines: which may be shown to residents now, what wants confirming, what may be entered."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from common.contract.dialled import DEAD, can_be_dialled, holds_dead_number, misprinted

LONGEST = 200
"""Characters of any one thing that is kept of a helpline."""
SOON = timedelta(days=30)
AGREED_FOR = timedelta(days=365)
"""For how long a number holds that two people have agreed on, unless they look again before."""

Uses = Mapping[tuple[str, str], frozenset[str]]
"""The keys of the helplines whose numbers a message is given, by the message's step and id."""


class Shown(StrEnum):
    """When residents are shown a helpline."""

    ALWAYS = "always"
    ONCE_CONFIRMED = "once confirmed"


class Want(StrEnum):
    """What a helpline wants of the coordinators; nothing else keeps it right."""

    NUMBER = "number"
    CONFIRMING = "confirming"
    EXPIRED = "expired"
    SOON = "soon"


@dataclass(frozen=True, slots=True)
class Details:
    """What is told about a helpline besides its number, and until when that may be believed."""

    situation: str = ""
    when: str = ""
    owner: str = ""
    source: str = ""
    confirmed_on: date | None = None
    expires_on: date | None = None


@dataclass(frozen=True, slots=True)
class Helpline:
    """A helpline as it stands; `version` grows with each change of it."""

    key: str
    name: str
    contact: str
    shown: Shown
    details: Details = Details()
    version: int = 1


@dataclass(frozen=True, slots=True)
class Proposal:
    """Another name and number for a helpline, and where they are from."""

    key: str
    name: str
    contact: str
    source: str
    staff_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Past:
    """What was done to a helpline, how it stood then, and who did it; nobody if shipped so."""

    what: str
    line: Helpline
    staff_id: int | None
    at: datetime


def is_confirmed(line: Helpline) -> bool:
    """Whether residents may be told of it, for as long as that holds."""
    if line.shown is Shown.ALWAYS:
        return True
    return bool(line.contact) and line.details.confirmed_on is not None


def is_shown(line: Helpline, today: date) -> bool:
    """Whether residents may be told of it today."""
    if line.shown is Shown.ALWAYS:
        return True
    expires = line.details.expires_on
    return is_confirmed(line) and not (expires is not None and expires < today)


def wants(line: Helpline, today: date) -> Want | None:
    """What somebody should do about it, or None when all is well."""
    expires = line.details.expires_on
    if not line.contact:
        return Want.NUMBER
    if line.details.confirmed_on is None:
        return Want.CONFIRMING
    if expires is not None and expires < today:
        return Want.EXPIRED
    return Want.SOON if expires is not None and expires < today + SOON else None


def blocked_by(
    step: str, message_id: str, lines: Iterable[Helpline], uses: Uses, today: date
) -> tuple[Helpline, ...]:
    """The helplines that this message names and that may not be shown: it must not go out."""
    named = uses.get((step, message_id), frozenset())
    return tuple(one for one in lines if one.key in named and not is_shown(one, today))


def faults_of_number(line: Helpline, name: str, contact: str) -> dict[str, str]:
    """What is wrong with another name and number for this helpline, by field."""
    faults = _overlong({"name": name, "contact": contact})
    if not name.strip():
        faults["name"] = "Give the name that people know the service by"
    if holds_dead_number(f"{name} {contact}"):
        faults["contact"] = f"{DEAD} has been dead since January 2025. It can never be shown."
    elif not contact.strip():
        if line.contact:
            faults["contact"] = "A number that was there cannot be taken away. Give the new one."
        else:
            faults["contact"] = "Give the number"
    elif written := misprinted(contact):
        faults["contact"] = f"Written like this, people misdial it. Write {written}."
    elif not can_be_dialled(contact):
        faults["contact"] = (
            "This cannot be dialled. Give a whole UK number, a short one like 116 123, "
            "or “text SHOUT to 85258”."
        )
    return faults


def faults_of_details(line: Helpline, told: Details, today: date) -> dict[str, str]:
    """What is wrong with other details for this helpline, by field."""
    words = {name: getattr(told, name) for name in ("situation", "when", "owner", "source")}
    faults = _overlong(words)
    faults |= {
        name: f"{DEAD} has been dead since January 2025. It can never be shown."
        for name, one in words.items()
        if holds_dead_number(one)
    }
    if line.shown is Shown.ALWAYS:
        faults |= _faults_of_the_six(line, told)
    if told.confirmed_on is not None:
        faults |= _faults_of_confirming(line, told, today)
    elif told.expires_on is not None:
        faults["confirmed_on"] = "Say on what day it was confirmed"
    return faults


def _faults_of_the_six(line: Helpline, told: Details) -> dict[str, str]:
    faults = {}
    if not told.situation.strip():
        faults["situation"] = "Residents are always shown this one: say what it is for"
    if not told.when.strip():
        faults["when"] = "Residents are always shown this one: say when it answers"
    if line.details.confirmed_on is not None and told.confirmed_on is None:
        faults["confirmed_on"] = "Residents are always shown this one: it stays confirmed"
    return faults


def _faults_of_confirming(line: Helpline, told: Details, today: date) -> dict[str, str]:
    faults = {}
    if not line.contact:
        faults["confirmed_on"] = "There is no number yet that could be confirmed"
    elif told.confirmed_on is not None and told.confirmed_on > today:
        faults["confirmed_on"] = "This day is still to come"
    if not told.source.strip():
        faults["source"] = "Say how you know: who told you, or on which page it stands"
    if not told.owner.strip():
        faults["owner"] = "Say who looks after it"
    if told.expires_on is None:
        faults["expires_on"] = "Say until when it may be shown without another look"
    elif told.confirmed_on is not None and told.expires_on <= told.confirmed_on:
        faults["expires_on"] = "Give a day after the one on which it was confirmed"
    return faults


def _overlong(words: Mapping[str, str]) -> dict[str, str]:
    too_long = f"Use at most {LONGEST} characters"
    return {name: too_long for name, one in words.items() if len(one) > LONGEST}
