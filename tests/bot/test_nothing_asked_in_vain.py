"""Whatever somebody answers reaches the service: no question is asked in vain."""

import pytest

from bot import submission
from bot.dialogue.questions import QUESTIONS
from bot.dialogue.session import Answer, Session
from common.contract.choices import Channel

# Questions that only lead the way; what they lead to is submitted.
LEAD_ONLY = {"send_now", "not_eligible"}
ANSWERS: dict[str, Answer] = {
    "who_for": "other",
    "helper_name": "Rahima Begum",
    "helper_relation": "friend",
    "safe_now": "rather_not_say",
    "postcode": "SE1 7PB",
    "practice": "F84122",
    "residence": "moved",
    "concerns": ("housing",),
    "name": "Amina Hassan",
    "date_of_birth": "1980-03-25",
    "phone": "+447700900123",
    "other_contact": "letter",
    "other_detail": "12 Brick Lane E1 6PU",
    "own_words": ("I need a bigger flat",),
    "name_to_use": "Mina",
    "safe_call": "careful",
    "safe_voicemail": "yes",
    "safe_text": "yes",
    "who_answers": "others_ok",
    "best_time": "morning",
    "call_language": "syl",
    "interpreter": "no",
    "worker_gender": "woman",
    "access_needs": ("braille",),
}
OTHERWISE: dict[str, Answer] = {"name": "Amina Begum", "date_of_birth": "1981-03-25"}


def test_every_question_is_looked_at_here() -> None:
    assert set(ANSWERS) | LEAD_ONLY == {step.name for step in QUESTIONS}


@pytest.mark.parametrize("name", ANSWERS)
def test_an_answer_changes_what_is_submitted(name: str) -> None:
    answers = dict(ANSWERS)
    whole = submission.referral(Session("talk0000", answers=answers), Channel.TELEGRAM)
    if name in OTHERWISE:
        answers[name] = OTHERWISE[name]
    else:
        del answers[name]
    without = submission.referral(Session("talk0000", answers=answers), Channel.TELEGRAM)
    assert without != whole
