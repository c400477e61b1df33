"""The door: what a password must be, and what is known of a browser that is half inside."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

SHORTEST, LONGEST = 12, 1000  # characters of a password: hashing a novel would keep a thread busy
FEWEST_KINDS = 5  # different characters


class How(StrEnum):
    """By what a session was opened; stored, and shown to whoever owns it."""

    CODE = "code"
    PASSKEY = "passkey"
    RECOVERY = "recovery"
    ORGANISATION = "organisation"


@dataclass(frozen=True, slots=True)
class Entry:
    """A browser that has shown who it is for, and still owes the second factor.

    `asked` is the page to go on to; `wrong` counts the codes that were not right.
    """

    token_hash: str
    staff_id: int
    asked: str
    wrong: int
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Passkey:
    """The public half of a passkey; `credential` and `public_key` are in base64url."""

    credential: str
    public_key: str
    sign_count: int
    name: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Factors:
    """What somebody has for the second step; `codes` are the recovery codes that are left."""

    app: datetime | None
    passkeys: tuple[Passkey, ...]
    codes: int

    @property
    def any(self) -> bool:
        """Whether there is something to ask for: recovery codes alone are none."""
        return self.app is not None or bool(self.passkeys)


def password_fault(password: str, *known: str) -> str:
    """What is wrong with a new password, in a sentence; empty when it will do.

    `known` is what everybody knows of this person: their name and e-mail address.
    """
    if len(password) < SHORTEST:
        return f"Use at least {SHORTEST} characters. Three words are a good start."
    if len(password) > LONGEST:
        return "Your new password is too long."
    plain = password.casefold()
    if len(set(plain)) < FEWEST_KINDS or any(plain == one.casefold() for one in known):
        return "That is too easy to guess. Try three words that have nothing to do with each other."
    return ""


class Occasion(StrEnum):
    """Why somebody is written to about their own account; also the name of the letter."""

    INVITED = "invited"
    FORGOTTEN = "forgotten"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105 what happened, not a password
    FACTORS_CHANGED = "factors_changed"


@dataclass(frozen=True, slots=True)
class AccountNotice:
    """All that a letter about an account may say: why it comes, and where to go."""

    occasion: Occasion
    link: str
