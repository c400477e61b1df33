"""What is brought to the intake: every answer in its place, else the safe way."""

from collections.abc import Mapping
from datetime import date

import pytest

from bot.dialogue.session import Answer, Session
from bot.submission import about_you, call_back, correction, feedback, referral
from common.contract.choices import (
    Channel,
    EthnicCategory,
    Gender,
    HelperRelation,
    OtherContact,
)
from common.contract.referral import (
    AboutYou,
    CallbackRequest,
    Contact,
    Correction,
    Feedback,
    Helper,
    ReferralSubmission,
)

ID = "0123456789abcdef"
NOTHING: Mapping[str, Answer] = {}
SHORT: dict[str, Answer] = {
    "who_for": "me",
    "postcode": "E1 4DG",
    "practice": "F84122",
    "concerns": ("money", "housing"),
    "name": "Amina Begum",
    "date_of_birth": "1980-04-03",
    "phone": "+447700900123",
}


def session(
    answers: Mapping[str, Answer] = NOTHING,
    /,
    *,
    language: str = "bn",
    flags: tuple[str, ...] = (),
    **more: Answer,
) -> Session:
    given = {**answers, **more}
    return Session(ID, "telegram", language, "review", answers=given, flags=flags)


def short(**more: Answer) -> ReferralSubmission:
    return referral(session({**SHORT, **more}), Channel.TELEGRAM)


def test_the_short_path_asks_for_the_safe_way_in_everything() -> None:
    sent = short()
    assert sent.contact == Contact(phone="+447700900123")
    assert sent.contact.safe_call is None
    assert not sent.contact.may_say_who_calls
    assert not sent.contact.may_voicemail
    assert not sent.contact.may_text
    assert sent.contact.who_answers == "only_me"
    assert (sent.call_language, sent.interpreter, sent.safe_now) == (None, None, None)


def test_the_short_path_carries_what_was_answered() -> None:
    sent = short()
    assert (sent.conversation_id, sent.channel, sent.language) == (ID, "telegram", "bn")
    assert (sent.home, sent.practice) == ("E1 4DG", "F84122")
    assert (sent.home_code, sent.practice_code) == (None, None)
    assert (sent.name, sent.date_of_birth) == ("Amina Begum", date(1980, 4, 3))
    assert sent.concerns == ("money", "housing")
    assert (sent.who_for, sent.helper) == ("me", None)


def test_every_answer_has_its_place() -> None:
    sent = referral(
        session(
            SHORT,
            who_for="other",
            flags=("help_now", "no_such_flag"),
            helper_name="Karim",
            helper_relation="family",
            safe_now="rather_not_say",
            residence="moved",
            concern_words=("আমি একা",),
            own_words=("one", "two"),
            name_to_use="Mina",
            safe_call="yes",
            safe_voicemail="yes",
            safe_text="yes",
            who_answers="others_ok",
            best_time="morning",
            call_language="syl",
            interpreter="yes",
            worker_gender="woman",
            access_needs=("bsl", "large_print"),
        ),
        Channel.TELEGRAM,
    )
    assert sent.helper == Helper(name="Karim", relation=HelperRelation.FAMILY)
    assert (sent.safe_now, sent.residence) == ("rather_not_say", "moved")
    assert (sent.concern_words, sent.own_words) == (("আমি একা",), ("one", "two"))
    assert sent.contact.may_say_who_calls
    assert sent.contact.may_voicemail
    assert sent.contact.may_text
    assert (sent.contact.who_answers, sent.contact.best_time) == ("others_ok", "morning")
    assert (sent.name_to_use, sent.call_language, sent.interpreter) == ("Mina", "syl", True)
    assert (sent.worker_gender, sent.access_needs) == ("woman", ("bsl", "large_print"))
    assert sent.flags == ("help_now",)


def test_what_is_submitted_survives_the_job_that_carries_it() -> None:
    sent = short(own_words=("আমি",), access_needs=("bsl",), safe_call="careful")
    assert ReferralSubmission.model_validate_json(sent.model_dump_json()) == sent


@pytest.mark.parametrize("code", ["no_fixed_address", "unknown"])
def test_a_code_stands_in_place_of_a_postcode(code: str) -> None:
    sent = short(postcode=code)
    assert (sent.home, sent.home_code) == (None, code)


@pytest.mark.parametrize("code", ["none_of_these", "unknown", "elsewhere", "not_registered"])
def test_a_code_stands_in_place_of_a_practice(code: str) -> None:
    sent = short(practice=code)
    assert (sent.practice, sent.practice_code) == (None, code)


def test_who_has_no_phone_is_reached_another_way() -> None:
    sent = short(phone="no_phone", other_contact="email", other_detail="a@example.org")
    assert sent.contact == Contact(other=OtherContact.EMAIL, other_detail="a@example.org")


@pytest.mark.parametrize(
    ("answer", "language"),
    [("same", "bn"), ("syl", "syl"), ("other", "other"), ("bsl", "bsl"), ("klingon", None)],
)
def test_the_language_for_the_call(answer: str, language: str | None) -> None:
    assert short(call_language=answer).call_language == language


def test_no_interpreter_is_an_answer_too() -> None:
    assert short(interpreter="no").interpreter is False


def test_none_is_no_access_need() -> None:
    assert short(access_needs=("none",)).access_needs == ()


def test_an_unknown_language_is_written_as_english() -> None:
    assert referral(session(SHORT, language=""), Channel.CONSOLE).language == "en"


def test_words_that_are_too_long_for_one_go_on_in_the_next() -> None:
    text = "অ" * 25_000
    assert "".join(short(own_words=(text,)).own_words) == text


@pytest.mark.parametrize("missing", ["name", "date_of_birth"])
def test_no_referral_without_a_name_and_a_date_of_birth(missing: str) -> None:
    answers = {step: answer for step, answer in SHORT.items() if step != missing}
    with pytest.raises(ValueError, match=r".+"):
        referral(session(answers), Channel.TELEGRAM)


def test_a_call_back_needs_nothing_but_a_number() -> None:
    asked = call_back(session(callme_phone="+447700900123"), Channel.WEBCHAT)
    assert asked == CallbackRequest(
        conversation_id=ID, channel=Channel.WEBCHAT, language="bn", phone="+447700900123"
    )


def test_a_call_back_takes_along_what_is_known() -> None:
    asked = call_back(
        session(
            SHORT,
            practice="unknown",
            flags=("safety_home",),
            callme_safe="careful",
            callme_language="so",
            interpreter="no",
            concern_words=("a",),
            own_words=("b",),
        ),
        Channel.TELEGRAM,
    )
    assert (asked.phone, asked.safe_call, asked.name) == ("+447700900123", "careful", "Amina Begum")
    assert (asked.call_language, asked.interpreter, asked.practice) == ("so", False, None)
    assert (asked.words, asked.flags) == (("a", "b"), ("safety_home",))


def test_a_language_that_is_not_listed_needs_an_interpreter() -> None:
    asked = call_back(
        session(callme_phone="+447700900123", callme_language="other"), Channel.TELEGRAM
    )
    assert (asked.call_language, asked.interpreter) == ("other", True)


def test_a_call_back_without_a_number_is_none() -> None:
    with pytest.raises(ValueError, match="phone"):
        call_back(session(), Channel.TELEGRAM)


def test_a_correction_is_the_new_number() -> None:
    assert correction(session(new_phone="+447700900456")) == Correction(phone="+447700900456")


def test_about_you_carries_only_what_was_told() -> None:
    told = about_you(session(about_gender="2"))
    assert told == AboutYou(gender=Gender.FEMALE)
    told = about_you(session(about_ethnicity="K"))
    assert told == AboutYou(ethnic_category=EthnicCategory.BANGLADESHI)


def test_feedback_carries_only_what_was_told() -> None:
    assert feedback(session(feedback_easy="5")) == Feedback(easy=5)
    assert feedback(session(feedback_understood="1")) == Feedback(understood=1)
