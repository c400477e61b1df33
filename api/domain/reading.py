"""Who is to read what a person wrote: by its language, by who may see it, and until when."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from api.domain.staff import Role
from common.contract.languages import WRITTEN_AS

ENGLISH = "en"


class ForWhom(StrEnum):
    """Whose a text is to read, as seen by somebody who may see it."""

    YOU = "you"
    OTHERS = "others"
    INTERPRETER = "interpreter"


@dataclass(frozen=True, slots=True)
class Reader:
    """A member of staff with the languages they read; English is not among them, all read it."""

    staff_id: int
    role: Role
    practices: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()

    def reads(self, language: str) -> bool:
        """Whether they read what was written in a talk in this language."""
        written = written_as(language)
        return written == ENGLISH or written in self.languages

    def sees(self, practice: str, assigned_to: int | None) -> bool:
        """Whether a referral of this practice, with this person, is theirs to see."""
        everything = self.role in {Role.COORDINATOR, Role.MANAGER}
        return everything or practice in self.practices or assigned_to == self.staff_id


@dataclass(frozen=True, slots=True)
class Unread:
    """A referral with `count` texts that nobody has read; `language` is that of the talk."""

    reference: str
    language: str
    practice: str
    assigned_to: int | None
    flagged: bool
    received_at: datetime
    count: int


def written_as(language: str) -> str:
    """The language in which somebody writes who talks in this one."""
    return WRITTEN_AS.get(language, language)


def for_whom(found: Unread, asker: Reader, readers: Sequence[Reader]) -> ForWhom:
    """Whose it is to read. `readers` are all who read other languages than English.

    English goes to whoever has the referral, and to the coordinators while nobody has it.
    """
    if written_as(found.language) == ENGLISH:
        nobodys = found.assigned_to is None and asker.role is Role.COORDINATOR
        yours = nobodys or found.assigned_to == asker.staff_id
        return ForWhom.YOU if yours else ForWhom.OTHERS
    if asker.reads(found.language):
        return ForWhom.YOU
    able = (one for one in readers if one.reads(found.language))
    seen = any(one.sees(found.practice, found.assigned_to) for one in able)
    return ForWhom.OTHERS if seen else ForWhom.INTERPRETER


def to_be_read_by(received: datetime, worked: Callable[[date], bool]) -> datetime:
    """One working day after it came, by the clock on the wall; a free day counts for nothing."""
    moment = received
    if not worked(moment.date()):
        moment = datetime.combine(moment.date(), time(), moment.tzinfo)
        while not worked(moment.date()):
            moment += timedelta(days=1)
    moment += timedelta(days=1)
    while not worked(moment.date()):
        moment += timedelta(days=1)
    return moment


def is_overdue(found: Unread, local: datetime, worked: Callable[[date], bool]) -> bool:
    """Whether somebody should have read it by now (`local`); what is flagged, at once."""
    return found.flagged or local > to_be_read_by(
        found.received_at.astimezone(local.tzinfo), worked
    )
