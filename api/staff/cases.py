"""The page of one referral, put into words from what the service hands over."""

from collections.abc import Iterator
from datetime import date

from api.domain.age import age_on
from api.domain.assignment import AssignedBecause
from api.domain.referral import Status
from api.services.casework import Case
from api.staff import timeline
from api.staff.labels import label, language_name
from api.staff.pieces import CasePage, Line, Rule, Section, Text, day, line, section, spoken
from api.staff.safety import reach, rules
from common.contract.choices import Flag, SafeCall
from common.contract.eligibility import Outcome, Reason
from common.contract.languages import BY_CODE
from common.contract.referral import CallbackRequest, ReferralSubmission

REFERRALS = "/staff/referrals"


def present(case: Case, today: date, interpreting: str = "") -> CasePage:
    """The page; `today` is the day in London, for ages, `interpreting` a service's number."""
    told, found = case.told, case.referral
    if isinstance(told, CallbackRequest):
        about = _callback(told, case, interpreting)
    else:
        about = _referral(told, case, today, interpreting)
    everything = (*about, _where(case), _check(case))
    return CasePage(
        reference=found.reference,
        kind=label(found.kind),
        status=label(found.status),
        urgent=found.is_urgent,
        notices=tuple(_notices(case)),
        rules=tuple(_rules(case)),
        sections=tuple(one for one in everything if one is not None),
        history=timeline.lines(case),
    )


def _rules(case: Case) -> Iterator[Rule]:
    if case.referral.status is Status.WITHDRAWN:
        yield Rule("They no longer want this. Do not contact them about it.", warns=True)
    yield from rules(reach(case.told, case.corrections))


def _notices(case: Case) -> Iterator[str]:
    for flag in case.referral.flags:
        yield label(Flag(flag))
    if case.wants_erasure:
        yield "They have asked for everything about them to be deleted. Please tell a coordinator."


def _referral(
    told: ReferralSubmission, case: Case, today: date, interpreting: str
) -> tuple[Section | None, ...]:
    born = f"{day(told.date_of_birth)} (age {age_on(told.date_of_birth, today)})"
    contact = told.contact
    person = section(
        "The person",
        line("Name", told.name),
        line("Call them", told.name_to_use),
        line("Date of birth", born),
        _phone(case),
        line("No phone: use", contact.other and label(contact.other), contact.other_detail),
        line("Referral for", label(told.who_for)),
        line("Safe now?", told.safe_now and label(told.safe_now)),
    )
    return person, _talking(told, interpreting), _access(told), _needs(told), _helper(told)


def _callback(told: CallbackRequest, case: Case, interpreting: str) -> tuple[Section | None, ...]:
    person = section("The person", line("Name", told.name or "Not given"), _phone(case))
    wrote = section("What they wrote", _verbatim(told, told.words))
    return person, _talking(told, interpreting), wrote


def _phone(case: Case) -> Line | None:
    """The number that counts, and the earlier ones so that nobody rings them by mistake.

    One that is not to be rung is no link: a thumb on a phone must not be enough.
    """
    how, told = reach(case.told, case.corrections), case.told
    if not how.phone:
        return None
    forbidden = how.safe_call is SafeCall.NO or case.referral.status is Status.WITHDRAWN
    first = told.phone if isinstance(told, CallbackRequest) else told.contact.phone
    given = dict.fromkeys((first, *(one.phone for one in case.corrections)))
    earlier = [spoken(one) for one in given if one and one != how.phone]
    return Line(
        "Phone",
        (
            Text(spoken(how.phone), link="" if forbidden else f"tel:{how.phone}"),
            *(Text(f"Changed by them. Do not use the earlier number {one}.") for one in earlier),
        ),
    )


def _helper(told: ReferralSubmission) -> Section | None:
    helper = told.helper
    if helper is None:
        return None
    return section(
        "Who asked for them",
        line("Name", helper.name),
        line("Relation to them", helper.relation and label(helper.relation)),
    )


def _talking(told: ReferralSubmission | CallbackRequest, interpreting: str) -> Section | None:
    worker = told.worker_gender if isinstance(told, ReferralSubmission) else None
    interpreter = {True: "Yes", False: "No", None: "They did not say"}[told.interpreter]
    return section(
        "Talking with them",
        line("Language for the call", language_name(told.call_language or told.language)),
        line("Interpreter", interpreter),
        line("Interpreting service", interpreting if told.interpreter is not False else None),
        line("Language of the chat", language_name(told.language)),
        line("Would rather talk with", worker and label(worker)),
    )


def _needs(told: ReferralSubmission) -> Section | None:
    concerns = [label(one) for one in told.concerns]
    return section(
        "What they would like help with",
        _verbatim(told, (*told.concern_words, *told.own_words)),
        line("They chose", *concerns) or line("They chose", "Nothing from the list"),
    )


def _verbatim(told: ReferralSubmission | CallbackRequest, words: tuple[str, ...]) -> Line | None:
    """Word for word, in the language it was written in: never translated without saying so."""
    known = BY_CODE.get(told.language)
    texts = tuple(Text(one, lang=known.bcp47 if known else "und") for one in words if one)
    return Line("In their own words", texts) if texts else None


def _access(told: ReferralSubmission) -> Section | None:
    needs = [label(one) for one in told.access_needs]
    return section("To make it accessible", line("They need", *needs))


def _where(case: Case) -> Section | None:
    told = case.told
    home = _home(told) if isinstance(told, ReferralSubmission) else ()
    holder = case.assigned_to_name or "Nobody yet"
    because = label(AssignedBecause(case.referral.assigned_because))
    return section(
        "Home, practice and prescriber",
        *home,
        _practice(case),
        line("It is with", f"{holder} ({because})"),
    )


def _home(told: ReferralSubmission) -> tuple[Line | None, ...]:
    code, residence = told.home_code, told.residence
    return (
        line("Postcode", told.home, code and label(code)) or line("Postcode", "Not given"),
        line("Where they live", residence and label(residence)),
    )


def _practice(case: Case) -> Line | None:
    told, practice = case.told, case.practice
    if practice is not None:
        return line(
            "GP practice",
            practice.name,
            practice.street,
            practice.phone and spoken(practice.phone),
        )
    code = told.practice_code if isinstance(told, ReferralSubmission) else None
    return line("GP practice", label(code) if code else case.referral.practice or "Not given")


def _check(case: Case) -> Section | None:
    found = case.referral
    links = (Text(one, link=f"{REFERRALS}/{one}") for one in case.duplicates)
    duplicates = Line("May be the same person as", tuple(links)) if case.duplicates else None
    if not found.decision:
        return section("To check", duplicates)
    return section(
        "To check",
        line("Eligible?", label(Outcome(found.decision))),
        line("Because", *(label(Reason(one)) for one in found.reasons)),
        duplicates,
    )
