"""The wire between bot and api: what is submitted, and what is answered."""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

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
)
from common.contract.eligibility import Outcome, Reason
from common.contract.wire import (
    ConversationId,
    LanguageCode,
    Line,
    OdsCode,
    PhoneText,
    PostcodeText,
    Prose,
    ReferenceText,
    Wire,
)


class Helper(Wire):
    """Who refers somebody else."""

    name: Line | None = None
    relation: HelperRelation | None = None


class Contact(Wire):
    """How to reach the person. What was not answered has the safe default, and says so."""

    phone: PhoneText | None = None
    other: OtherContact | None = None
    other_detail: Line | None = None
    safe_call: SafeCall | None = None
    may_voicemail: bool = False
    may_text: bool = False
    who_answers: WhoAnswers = WhoAnswers.ONLY_ME
    best_time: BestTime | None = None

    @property
    def may_say_who_calls(self) -> bool:
        """Only a plain yes allows it: not answered means do not say who is calling."""
        return self.safe_call is SafeCall.YES


class ReferralSubmission(Wire):
    """A finished referral, version 1. Free texts are in the person's own language.

    A home is a postcode or a code, and so is a practice; neither means that it was not told.
    """

    version: Literal[1] = 1
    conversation_id: ConversationId
    channel: Channel
    language: LanguageCode
    who_for: WhoFor = WhoFor.ME
    helper: Helper | None = None
    safe_now: SafeNow | None = None
    home: PostcodeText | None = None
    home_code: HomeCode | None = None
    residence: Residence | None = None
    practice: OdsCode | None = None
    practice_code: PracticeCode | None = None
    concerns: tuple[Concern, ...] = ()
    concern_words: tuple[Prose, ...] = ()
    name: Line
    date_of_birth: date
    contact: Contact
    own_words: tuple[Prose, ...] = ()
    name_to_use: Line | None = None
    call_language: LanguageCode | None = None
    interpreter: bool | None = None
    worker_gender: WorkerGender | None = None
    access_needs: tuple[AccessNeed, ...] = ()
    flags: tuple[Flag, ...] = ()

    @model_validator(mode="after")
    def _tells_each_thing_once(self) -> Self:
        for one, other in (("home", "home_code"), ("practice", "practice_code")):
            if getattr(self, one) is not None and getattr(self, other) is not None:
                raise ValueError(f"{one} and {other} exclude one another")
        return self


class ReferralReceipt(Wire):
    """The answer to a submission."""

    reference: ReferenceText
    status: str
    contact_within_working_days: Annotated[int, Field(ge=1, le=60)]


class ReferralStatus(Wire):
    """Where a referral stands, for the conversation that sent it."""

    reference: ReferenceText
    status: str
    contact_within_working_days: int


class CallbackRequest(Wire):
    """Somebody asks to be rung: a number is enough."""

    version: Literal[1] = 1
    conversation_id: ConversationId
    channel: Channel
    language: LanguageCode
    phone: PhoneText
    safe_call: SafeCall | None = None
    name: Line | None = None
    call_language: LanguageCode | None = None
    interpreter: bool | None = None
    practice: OdsCode | None = None
    words: tuple[Prose, ...] = ()
    flags: tuple[Flag, ...] = ()


class AboutYou(Wire):
    """Asked only after sending, so that reach can be compared with the borough."""

    gender: Gender | None = None
    ethnic_category: EthnicCategory | None = None


class Feedback(Wire):
    """How it went, 1 (badly) to 5 (very well)."""

    easy: Annotated[int, Field(ge=1, le=5)] | None = None
    understood: Annotated[int, Field(ge=1, le=5)] | None = None


class Correction(Wire):
    """A changed telephone number, asked for by the conversation that sent the referral."""

    phone: PhoneText
    safe_call: SafeCall | None = None


class Withdrawal(Wire):
    """The person no longer wants the referral."""


class ErasureRequest(Wire):
    """The person asks for everything to be deleted; a human decides and does it."""


class PracticeQuery(Wire):
    """What somebody typed to find their practice."""

    query: Annotated[str, Field(max_length=200)]


class PracticeHit(Wire):
    """One practice found, with its score from 0 to 1."""

    ods_code: OdsCode
    name: str
    open: bool
    score: Annotated[float, Field(ge=0, le=1)]


class EligibilityQuestion(Wire):
    """A postcode or its code, a practice's ODS code or its code; residence when known."""

    postcode: Annotated[str, Field(max_length=20)]
    practice: Annotated[str, Field(max_length=20)]
    residence: Residence | None = None


class EligibilityAnswer(Wire):
    """The decision with its reasons."""

    decision: Outcome
    reasons: tuple[Reason, ...]
