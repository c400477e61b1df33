"""Who works here and who is asking: roles, and the asker that every read begins with."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Role(StrEnum):
    """What someone does here; it decides what they see."""

    PRESCRIBER = "prescriber"
    COORDINATOR = "coordinator"
    MANAGER = "manager"


class Way(StrEnum):
    """Through what somebody asks, as the audit keeps it."""

    PAGE = "page"
    TELEGRAM = "telegram"
    COMMAND = "command"
    JOB = "job"
    CHAT = "chat"


@dataclass(frozen=True, slots=True)
class Origin:
    """From where somebody asks: through what, and from which network; empty when not known."""

    way: Way | None = None
    network: str = ""


NOWHERE = Origin()


@dataclass(frozen=True, slots=True)
class StaffAsker:
    """A signed-in member of staff; a prescriber sees the referrals of their own practices."""

    staff_id: int
    role: Role
    practices: frozenset[str] = frozenset()
    origin: Origin = field(default=NOWHERE, compare=False)

    @property
    def actor(self) -> str:
        """The name under which the audit knows them."""
        return f"staff:{self.staff_id}"

    @property
    def sees_all(self) -> bool:
        """Whether every referral of the borough is theirs to see."""
        return self.role in {Role.COORDINATOR, Role.MANAGER}


@dataclass(frozen=True, slots=True)
class ConversationAsker:
    """A resident's conversation, by its keyed hash; it sees only what it sent itself."""

    conversation: str
    origin: Origin = field(default=NOWHERE, compare=False)

    @property
    def actor(self) -> str:
        """All conversations look alike in the audit: the referral says which one it was."""
        return "conversation"


@dataclass(frozen=True, slots=True)
class SystemAsker:
    """A named job of the system itself; it sees everything and shows nothing to anybody."""

    job: str
    origin: Origin = field(default=NOWHERE, compare=False)

    @property
    def actor(self) -> str:
        """The name under which the audit knows it."""
        return f"system:{self.job}"


Asker = StaffAsker | ConversationAsker | SystemAsker


@dataclass(frozen=True, slots=True)
class StaffMember:
    """Somebody with an account; `password_hash` is argon2id's own text form."""

    staff_id: int
    name: str
    email: str
    role: Role
    password_hash: str
    active: bool = True
    practices: frozenset[str] = frozenset()
    origin: Origin = field(default=NOWHERE, compare=False)

    @property
    def asker(self) -> StaffAsker:
        """This person, asking."""
        return StaffAsker(self.staff_id, self.role, self.practices, self.origin)


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who works here as the directory knows them.

    `practices` are ODS codes, `languages` the codes of what they speak and read, `capacity` counts
    open referrals, `cover` is who stands in for them.
    """

    staff_id: int
    name: str
    role: Role
    capacity: int
    cover: int | None = None
    practices: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StaffSession:
    """A signed-in browser: over at `idle_until` when unused, at `expires_at` in any case.

    `how` says by what it was opened (see `api.domain.door.How`), empty when nobody noted it.
    """

    token_hash: str
    staff_id: int
    created_at: datetime
    idle_until: datetime
    expires_at: datetime
    how: str = ""

    def is_over(self, now: datetime) -> bool:
        """Whether they must sign in again."""
        return now >= min(self.idle_until, self.expires_at)
