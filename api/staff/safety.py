"""How and when it is safe to make contact: first on the page, and safe where nobody answered."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from api.staff.labels import label
from api.staff.pieces import Rule
from common.contract.choices import BestTime, SafeCall, WhoAnswers
from common.contract.referral import CallbackRequest, Contact, Correction, ReferralSubmission

# The worse first.
EARLIER = {
    SafeCall.NO: "Of an earlier number they said that it is NOT safe to ring.",
    SafeCall.CAREFUL: "Of an earlier number they said that one must ring with care.",
}


@dataclass(frozen=True, slots=True)
class Reach:
    """The number that counts now, what was answered about it, and the worst about any earlier."""

    phone: str
    safe_call: SafeCall | None = None
    may_voicemail: bool = False
    may_text: bool = False
    who_answers: WhoAnswers = WhoAnswers.ONLY_ME
    best_time: BestTime | None = None
    earlier: SafeCall | None = None


def reach(told: ReferralSubmission | CallbackRequest, corrections: Sequence[Correction]) -> Reach:
    """The newest number. What was allowed for an earlier one is not allowed for it."""
    best_time = told.contact.best_time if isinstance(told, ReferralSubmission) else None
    if corrections:
        newest = corrections[-1]
        return Reach(
            newest.phone,
            newest.safe_call,
            best_time=best_time,
            earlier=_worst(told, corrections[:-1]),
        )
    if isinstance(told, CallbackRequest):
        return Reach(told.phone, told.safe_call)
    return _first(told.contact)


def rules(how: Reach) -> tuple[Rule, ...]:
    """What to keep to, the most important first."""
    return tuple(_by_phone(how) if how.phone else _without_phone())


def _first(contact: Contact) -> Reach:
    return Reach(
        contact.phone or "",
        contact.safe_call,
        contact.may_voicemail,
        contact.may_text,
        contact.who_answers,
        contact.best_time,
    )


def _worst(
    told: ReferralSubmission | CallbackRequest, before: Sequence[Correction]
) -> SafeCall | None:
    """What makes a home unsafe may still be there when only the number has changed."""
    first = told.contact if isinstance(told, ReferralSubmission) else told
    answers = {first.safe_call, *(one.safe_call for one in before)}
    return next((one for one in EARLIER if one in answers), None)


def _by_phone(how: Reach) -> Iterator[Rule]:
    if how.safe_call is None:
        yield Rule("They did not say whether it is safe to ring. Take care.", warns=True)
    else:
        yield Rule(label(how.safe_call), warns=how.safe_call is not SafeCall.YES)
    if how.earlier is not None:
        yield Rule(EARLIER[how.earlier], warns=True)
    if how.safe_call is not SafeCall.YES:
        yield Rule("Do not say who is calling.", warns=True)
    if how.may_voicemail:
        yield Rule("A voicemail is fine.")
    else:
        yield Rule("No voicemail.", warns=True)
    if how.may_text:
        yield Rule("A text message is fine.")
    else:
        yield Rule("No text messages.", warns=True)
    yield Rule(label(how.who_answers), warns=how.who_answers is WhoAnswers.ONLY_ME)
    yield Rule(label(how.best_time) if how.best_time else "They did not say which time is best.")


def _without_phone() -> Iterator[Rule]:
    yield Rule("They have no phone of their own. Look below for how to reach them.", warns=True)
    yield Rule("Somebody else may read or hear it: do not say who you are or why.", warns=True)
