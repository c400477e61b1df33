"""Everybody who works here, as a manager sees them, and what may be done to an account."""

import hashlib
import json
from dataclasses import dataclass, field

from api.domain.errors import ConflictError, UnacceptableError
from api.domain.staff import Role

LONGEST_NAME, LONGEST_EMAIL = 100, 254  # characters; the latter by RFC 5321


@dataclass(frozen=True, slots=True)
class Person:
    """An account as a manager sees it: nothing of its secrets but whether there are any."""

    staff_id: int
    name: str
    email: str
    role: Role
    active: bool
    practices: frozenset[str]
    has_factor: bool

    @property
    def version(self) -> str:
        """Another one as soon as anything that a manager may change is another."""
        parts = [self.name, self.role, self.active, *sorted(self.practices)]
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Wish:
    """What a manager typed about somebody."""

    name: str
    email: str
    role: str
    practices: frozenset[str] = field(default_factory=frozenset)


class LastManagerError(ConflictError):
    """Nobody would be left who can look after the accounts."""

    code = "last-manager"
    title = "There must be a manager"


class ChangedMeanwhileError(ConflictError):
    """Somebody else has changed it since the page was opened."""

    code = "changed-meanwhile"
    title = "Somebody else has changed this"


def checked(wish: Wish) -> tuple[str, str, Role, frozenset[str]]:
    """Name, e-mail address, role and practices as they are stored.

    Raises:
        UnacceptableError: one of them cannot be; its `field` says which.
    """
    name, email = " ".join(wish.name.split()), wish.email.strip().casefold()
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise UnacceptableError("name", "Write their full name.")
    if not _is_email(email):
        raise UnacceptableError("email", "Write their e-mail address, like name@example.nhs.uk.")
    try:
        role = Role(wish.role)
    except ValueError:
        raise UnacceptableError("role", "Choose what they do here.") from None
    if role is Role.PRESCRIBER and not wish.practices:
        raise UnacceptableError("practices", "Choose the practices that they prescribe for.")
    return name, email, role, wish.practices if role is Role.PRESCRIBER else frozenset()


def _is_email(text: str) -> bool:
    name, at, domain = text.rpartition("@")
    plain = text.isprintable() and not any(one.isspace() or one in '<>,;:"\\' for one in text)
    return bool(plain and name and at and "." in domain.strip(".")) and len(text) <= LONGEST_EMAIL


def keep_a_manager(person: Person, role: Role, *, active: bool, managers: int) -> None:
    """See that somebody is left who can look after the accounts.

    `managers` is how many there are now, before the change.

    Raises:
        LastManagerError: this was the last one.
    """
    was = person.role is Role.MANAGER and person.active
    stays = role is Role.MANAGER and active
    if was and not stays and managers <= 1:
        raise LastManagerError
