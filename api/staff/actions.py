"""What can be done with a referral now and what comes next, put into words for its page."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from api.domain.ageing import WAITING
from api.domain.ageing import words as waiting_words
from api.domain.casework import Act
from api.domain.contact import TRIES, may_give_up
from api.domain.duplicate import Verdict
from api.domain.referral import Status
from api.domain.staff import StaffAsker
from api.services.casework import Case
from api.services.latest import Happened
from api.staff.labels import label
from api.staff.pieces import Text, at, clock

# Forms of their own, behind a link each.
FORMS: Mapping[Act, tuple[str, str]] = {
    Act.LOG: ("Log a contact attempt", "attempt"),
    Act.BOOK: ("Book the first conversation", "book"),
    Act.HAND_OVER: ("Hand over", "hand-over"),
    Act.CLOSE: ("Close", "close"),
}
WAS_DONE = {
    "received": "handed this back to the coordinators",
    "assigned": "handed this over",
    "accepted": "accepted this",
    "contacting": "logged a contact attempt",
    "in_contact": "logged that they were reached",
    "closed": "closed this",
    "withdrawn": "took this back",
    "reopened": "opened this again",
    "handed_over": "handed this over",
    "logged": "logged a contact attempt",
    "booked": "booked the first conversation",
    "decided": "decided about a possible duplicate",
}
NEXT: Mapping[Status, str] = {
    Status.RECEIVED: "Nobody has this yet. Take it on yourself, or hand it over to a prescriber.",
    Status.ASSIGNED: "It is with you. Accept it, so that everybody knows that you have it.",
    Status.ACCEPTED: ("Next, make contact. First look at how it is safe, at the top of this page."),
    Status.IN_CONTACT: (
        "You are in contact. When the first conversation has taken place, close it."
    ),
    Status.CLOSED: "It is closed.",
    Status.WITHDRAWN: "The person took it back. There is nothing more to do.",
}
ASKS: Mapping[Verdict | None, str] = {
    None: "May be the same person as {other}: look at both",
    Verdict.UNDONE: "May be the same person as {other}: look at both",
    Verdict.JOINED: "Joined with {other}: look at both",
    Verdict.APART: "Kept apart from {other}: look at both",
}


@dataclass(frozen=True, slots=True)
class Actions:
    """The end of a referral's page. `accept` and `reopen` are buttons, `forms` links to forms.

    `version` and `status` go with each form, so that whoever comes second is told.
    """

    reference: str
    address: str
    version: int
    status: str
    next: tuple[str, ...]
    accept: str
    reopen: bool
    forms: tuple[Text, ...]
    pairs: tuple[Text, ...]


def present(case: Case, asker: StaffAsker, now: datetime) -> Actions:
    """Only what is offered to this asker, the first thing first."""
    found, work = case.referral, case.work
    address = f"/staff/referrals/{found.reference}"
    accept = "Accept" if found.assigned_to == asker.staff_id else "Take it on"
    return Actions(
        reference=found.reference,
        address=address,
        version=work.version,
        status=found.status.value,
        next=tuple(_next(case, asker, now)),
        accept=accept if Act.ACCEPT in work.acts else "",
        reopen=Act.REOPEN in work.acts,
        forms=tuple(_forms(case, address)),
        pairs=tuple(
            Text(
                ASKS[one.verdict].format(other=one.other), link=f"{address}/duplicates/{one.other}"
            )
            for one in work.matches
        ),
    )


def _forms(case: Case, address: str) -> Iterator[Text]:
    for act, (words, path) in FORMS.items():
        if act in case.work.acts:
            changing = act is Act.BOOK and case.work.booking is not None
            name = "Change the first conversation" if changing else words
            yield Text(name, link=f"{address}/{path}")


def _next(case: Case, asker: StaffAsker, now: datetime) -> Iterator[str]:
    """What comes next, then what has been arranged and how long it has been waiting."""
    yield _first(case, asker)
    booking = case.work.booking
    if booking is not None and case.referral.status.is_open:
        yield f"The first conversation is booked for {at(booking.starts_at)}."
    if case.referral.status in WAITING:
        yield f"The person is {waiting_words(case.work.still_since, now)}."


def _first(case: Case, asker: StaffAsker) -> str:
    status, reason = case.referral.status, case.changes[-1].reason
    if status is Status.ASSIGNED and case.referral.assigned_to != asker.staff_id:
        return f"It is with {case.assigned_to_name}, who has not accepted it yet."
    if status is Status.CONTACTING:
        return _tried(case)
    if status is Status.CLOSED and reason:
        return f"It is closed: {label(reason)}."
    return NEXT[status]


def _tried(case: Case) -> str:
    tried, work = case.work.tried, case.work
    times = {1: "once", 2: "twice"}.get(tried, f"{tried} times")
    if may_give_up(tried, work.permitted):
        return f"Tried {times}. Try again, or close it as “could not be reached”."
    left = TRIES - tried
    more = "one more try" if left == 1 else f"{left} more tries"
    return (
        f"Tried {times}. Try again on another day or at another time. "
        f"After {more} you can close it as “could not be reached”. "
        "If nothing happens for two working days, we remind you."
    )


def overtaken(latest: Happened, asker: StaffAsker) -> str:
    """One sentence, as `Amina accepted this at 10:42`."""
    others = latest.name or {"conversation": "The person"}.get(latest.who, "Doorway")
    name = "You" if latest.who == asker.actor else others
    return f"{name} {WAS_DONE[latest.what]} at {clock(latest.at)}."


def not_offered(latest: Happened) -> str:
    """What is so now, for who asks for something that is not offered there."""
    return f"This cannot be done now: it is “{label(latest.status)}”."
