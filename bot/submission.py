"""What is brought to the intake, built from a session; what was not answered stays the safe way."""

from datetime import date
from enum import StrEnum
from typing import TypeVar

from bot.dialogue.session import Session
from common.contract.choices import (
    AccessNeed,
    BestTime,
    Channel,
    Concern,
    EthnicCategory,
    Flag,
    Gender,
    HelperRelation,
    HomeCode,
    OtherContact,
    PracticeCode,
    Residence,
    SafeCall,
    SafeNow,
    WhoAnswers,
    WhoFor,
    WorkerGender,
    YesNo,
)
from common.contract.languages import BY_CODE, OTHER_LANGUAGE, SOURCE_LANGUAGE
from common.contract.referral import (
    AboutYou,
    CallbackRequest,
    Contact,
    Correction,
    Feedback,
    Helper,
    ReferralSubmission,
)

Code = TypeVar("Code", bound=StrEnum)

_LINE = 200
_PROSE = 10_000
_NO_PHONE = "no_phone"
_SAME = "same"


def referral(session: Session, channel: Channel) -> ReferralSubmission:
    """The finished referral.

    Raises:
        ValueError: the session lacks what no referral is without (a name, a date of birth).
    """
    return ReferralSubmission(
        conversation_id=session.id,
        channel=channel,
        language=_language(session),
        who_for=_code(WhoFor, session, "who_for") or WhoFor.ME,
        helper=_helper(session),
        safe_now=_code(SafeNow, session, "safe_now"),
        home=_unless(HomeCode, session, "postcode"),
        home_code=_code(HomeCode, session, "postcode"),
        residence=_code(Residence, session, "residence"),
        practice=_unless(PracticeCode, session, "practice"),
        practice_code=_code(PracticeCode, session, "practice"),
        concerns=_codes(Concern, session.many("concerns")),
        concern_words=_prose(session.many("concern_words")),
        name=session.text("name")[:_LINE],
        date_of_birth=date.fromisoformat(session.text("date_of_birth")),
        contact=_contact(session),
        own_words=_prose(session.many("own_words")),
        name_to_use=_line(session, "name_to_use"),
        call_language=_call_language(session, "call_language"),
        interpreter=_yes_or_no(session, "interpreter"),
        worker_gender=_code(WorkerGender, session, "worker_gender"),
        access_needs=_codes(AccessNeed, session.many("access_needs")),
        flags=_codes(Flag, session.flags),
    )


def call_back(session: Session, channel: Channel) -> CallbackRequest:
    """A wish to be rung, with whatever else is known already.

    Raises:
        ValueError: there is no telephone number.
    """
    language = _call_language(session, "callme_language") or _call_language(
        session, "call_language"
    )
    interpreter = _yes_or_no(session, "interpreter")
    return CallbackRequest(
        conversation_id=session.id,
        channel=channel,
        language=_language(session),
        phone=session.text("callme_phone") or session.text("phone"),
        safe_call=_code(SafeCall, session, "callme_safe"),
        name=_line(session, "name"),
        call_language=language,
        # A language we do not even list is one that nobody here will speak.
        interpreter=True if language == OTHER_LANGUAGE else interpreter,
        practice=_unless(PracticeCode, session, "practice"),
        words=_prose((*session.many("concern_words"), *session.many("own_words"))),
        flags=_codes(Flag, session.flags),
    )


def correction(session: Session) -> Correction:
    """The changed telephone number; whether it is safe to ring was not asked again."""
    return Correction(phone=session.text("new_phone"))


def about_you(session: Session) -> AboutYou:
    """The monitoring answers that were given."""
    return AboutYou(
        gender=_code(Gender, session, "about_gender"),
        ethnic_category=_code(EthnicCategory, session, "about_ethnicity"),
    )


def feedback(session: Session) -> Feedback:
    """How it went, as far as it was told."""
    return Feedback(
        easy=_score(session, "feedback_easy"), understood=_score(session, "feedback_understood")
    )


def _contact(session: Session) -> Contact:
    """How to reach the person.

    The safe defaults, for a phone that others may answer: not answered means call only, no
    voicemail, no text, do not say who is calling, speak to nobody else.
    """
    phone = session.text("phone")
    return Contact(
        phone=phone if phone and phone != _NO_PHONE else None,
        other=_code(OtherContact, session, "other_contact"),
        other_detail=_line(session, "other_detail"),
        safe_call=_code(SafeCall, session, "safe_call"),
        may_voicemail=session.text("safe_voicemail") == YesNo.YES,
        may_text=session.text("safe_text") == YesNo.YES,
        who_answers=_code(WhoAnswers, session, "who_answers") or WhoAnswers.ONLY_ME,
        best_time=_code(BestTime, session, "best_time"),
    )


def _helper(session: Session) -> Helper | None:
    if session.text("who_for") in ("", WhoFor.ME):
        return None
    return Helper(
        name=_line(session, "helper_name"),
        relation=_code(HelperRelation, session, "helper_relation"),
    )


def _language(session: Session) -> str:
    return session.language if session.language in BY_CODE else SOURCE_LANGUAGE


def _call_language(session: Session, step: str) -> str | None:
    chosen = session.text(step)
    if chosen == _SAME:
        return _language(session)
    return chosen if chosen in BY_CODE or chosen == OTHER_LANGUAGE else None


def _yes_or_no(session: Session, step: str) -> bool | None:
    answer = _code(YesNo, session, step)
    return None if answer is None else answer is YesNo.YES


def _score(session: Session, step: str) -> int | None:
    answer = session.text(step)
    return int(answer) if answer else None


def _code(kind: type[Code], session: Session, step: str) -> Code | None:
    """The answer as a code of this kind, None when it is not one."""
    answer = session.text(step)
    return kind(answer) if answer in set(kind) else None


def _unless(kind: type[StrEnum], session: Session, step: str) -> str | None:
    """The answer when it is a value of its own, None when it is one of these codes."""
    answer = session.text(step)
    return answer if answer and answer not in set(kind) else None


def _codes(kind: type[Code], answers: tuple[str, ...]) -> tuple[Code, ...]:
    return tuple(kind(answer) for answer in answers if answer in set(kind))


def _line(session: Session, step: str) -> str | None:
    return session.text(step)[:_LINE] or None


def _prose(texts: tuple[str, ...]) -> tuple[str, ...]:
    """The texts word for word; one that is too long for the wire goes on in the next."""
    return tuple(
        text[start : start + _PROSE] for text in texts for start in range(0, len(text), _PROSE)
    )
