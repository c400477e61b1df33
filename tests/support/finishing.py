"""Finishes a conversation from wherever it stands, as a willing person would."""

from bot.dialogue.engine import advance
from bot.dialogue.inbound import Command, Delivered, Inbound, Press, Text
from bot.dialogue.session import Session
from tests.support.world import NOON, world

_TYPED = {
    "helper_name": "Rahima Begum",
    "postcode": "E1 4DG",
    "name": "Amina Hassan",
    "date_of_birth": "25 3 1980",
    "phone": "07700 900123",
    "other_detail": "020 7946 0001",
    "callme_phone": "07700 900123",
    "new_phone": "07700 900123",
    "own_words": "I need a bigger flat",
    "name_to_use": "Mina",
}
_PRESSED = {
    "language": "en",
    "welcome": "yes",
    "who_for": "me",
    "helper_relation": "friend",
    "safe_now": "safe",
    "safe_check": "safe",
    "after_help": "go_on",
    "practice": "unknown",
    "residence": "moved",
    "not_eligible": "postcode",
    "other_contact": "letter",
    "send_now": "send",
    "callme_language": "bn",
    "callme_safe": "yes",
    "change": "name",
    "resume": "go_on",
    "review": "send",
    "safe_call": "yes",
    "safe_voicemail": "no",
    "safe_text": "no",
    "who_answers": "only_me",
    "best_time": "any",
    "call_language": "same",
    "interpreter": "no",
    "worker_gender": "any",
    "access_needs": "none",
    "withdraw": "no",
    "about_gender": "Z",
    "about_ethnicity": "Z",
    "feedback_easy": "5",
    "feedback_understood": "5",
}


def answer(session: Session) -> Inbound:
    """A plain answer to the open question."""
    step = session.step
    if step == "":
        return Command("start")
    if step == "sending":
        return Delivered(session.awaiting, "TH-7K3M-9QX", 5)
    if step == "concerns":
        return Press(step, "done" if session.many(step) else "housing")
    if step == "not_eligible":
        return Press(step, "postcode" if session.text("postcode") != "E1 4DG" else "practice")
    if step == "access_needs" and session.many(step):
        return Press(step, "done")
    return Text(_TYPED[step]) if step in _TYPED else Press(step, _PRESSED[step])


def turns_to_finish(session: Session, most: int = 80) -> int:
    """How many turns it takes until the reference is there; `most` + 1 when it never comes."""
    for turn in range(most):
        if session.reference:
            return turn
        session = advance(session, answer(session), NOON, world()).session
    return most + 1
