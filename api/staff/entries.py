"""The inbox, put into words: its tabs, its filters, its entries."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from api.domain.inbox import Entry, Inbox, Sought, Tab
from api.domain.referral import Kind, Status
from api.domain.staff import StaffMember
from api.services.inbox import View
from api.staff.labels import label, language_name
from api.staff.pieces import at
from api.staff.views import LANGUAGES, NEWS, address, filters
from common.contract.choices import Concern
from common.contract.directory import Directory, Practice
from common.contract.languages import LANGUAGES as KNOWN

TABS: Mapping[Tab, str] = {
    Tab.MINE: "Mine",
    Tab.NETWORK: "My network",
    Tab.UNASSIGNED: "Unassigned",
    Tab.EVERYBODY: "Everybody's",
}
EMPTY: Mapping[Tab, str] = {
    Tab.MINE: "Nothing is with you now. When somebody is referred to you, we send you an e-mail.",
    Tab.NETWORK: "There is nothing here for your practices, or for those you cover.",
    Tab.UNASSIGNED: "Everything is with somebody.",
    Tab.EVERYBODY: "There is nothing here yet.",
}


@dataclass(frozen=True, slots=True)
class EntryRow:
    """A referral in the list; `kind` is empty for what most are.

    `facts` are names with what stands beside them.
    """

    reference: str
    link: str
    kind: str
    status: str
    urgent: bool
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class TabLink:
    """A tab: where it leads, and how many of what is sought are in it."""

    tab: str
    words: str
    href: str
    count: int
    current: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """A field of the filter: its options are codes with their words, the first for any."""

    name: str
    words: str
    options: Sequence[tuple[str, str]]
    chosen: str


def tab_links(view: View, counts: Mapping[Tab, int]) -> list[TabLink]:
    """The tabs, with what is sought kept."""
    return [
        TabLink(
            one.value,
            TABS[one],
            address(replace(view, tab=one, after=None)),
            count,
            one is view.tab,
        )
        for one, count in counts.items()
    ]


def rows(entries: Sequence[Entry], directory: Directory) -> list[EntryRow]:
    """One row each, in the order they come."""
    return [_row(one, directory) for one in entries]


def onward(view: View, found: Inbox) -> str:
    """Where the next page is, empty on the last one."""
    return address(replace(view, after=found.entries[-1].place)) if found.more else ""


def listening(view: View, newest: int) -> str:
    """Where a page asks for what has come since."""
    return address(replace(view, after=None), at=NEWS, since=str(newest))


def choices(view: View, member: StaffMember, directory: Directory) -> list[Choice]:
    """The fields of the filter, with what is sought chosen in them."""
    chosen = filters(view.sought)
    practices = _practices(member, directory)
    given: dict[str, tuple[str, str, Iterable[tuple[str, str]]]] = {
        "status": ("Status", "All that is open", [(one, label(one)) for one in Status]),
        "concern": ("Help with", "Anything", [(one, label(one)) for one in Concern]),
        "language": ("Language of the chat", "Any", _languages()),
        "interpreter": ("Interpreter", "Any", [("yes", "Wanted"), ("no", "Not wanted")]),
        "practice": ("GP practice", "Any", [(one.ods_code, one.name) for one in practices]),
    }
    return [
        Choice(name, words, [("", nothing), *options], chosen[name])
        for name, (words, nothing, options) in given.items()
        if name != "practice" or len(practices) > 1
    ]


def in_words(sought: Sought, directory: Directory) -> list[str]:
    """What is sought, to be read above the list."""
    practice = directory.practice(sought.practice)
    said = (
        sought.status and label(sought.status),
        sought.concern and label(sought.concern),
        sought.language and language_name(sought.language),
        {True: "Interpreter wanted", False: "No interpreter wanted"}.get(sought.interpreter)
        if sought.interpreter is not None
        else None,
        sought.practice and (practice.name if practice else sought.practice),
    )
    return [one for one in said if one]


def _row(one: Entry, directory: Directory) -> EntryRow:
    found = one.referral
    practice = directory.practice(found.practice)
    wish = {True: "Wanted", False: "Not wanted", None: "Not said"}[one.interpreter]
    facts = (
        ("Received", at(found.received_at)),
        ("GP practice", practice.name if practice else found.practice or "Not known"),
        ("Language", language_name(found.language)),
        ("Interpreter", wish),
        ("With", one.assigned_to_name or "Nobody yet"),
    )
    return EntryRow(
        reference=found.reference,
        link=f"/staff/referrals/{found.reference}",
        kind="" if found.kind is Kind.REFERRAL else label(found.kind),
        status=label(found.status),
        urgent=found.is_urgent and found.status.is_open,
        facts=facts,
    )


def _languages() -> list[tuple[str, str]]:
    return [(one.code, language_name(one.code)) for one in KNOWN if one.code in LANGUAGES]


def _practices(member: StaffMember, directory: Directory) -> list[Practice]:
    """Those that somebody may see referrals of."""
    everything = member.asker.sees_all
    mine = (one for one in directory.practices if everything or one.ods_code in member.practices)
    return sorted(mine, key=lambda one: one.name)
