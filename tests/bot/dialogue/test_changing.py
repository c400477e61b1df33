"""An answer changed from the review: it alone is asked again, with what hangs on it."""

from dataclasses import replace

import pytest

from bot.dialogue.engine import advance
from bot.dialogue.flow import FLOW, STEPS
from bot.dialogue.inbound import Command, Press
from bot.dialogue.session import Session
from tests.support.finishing import answer
from tests.support.world import NOON, world

ANSWERS: dict[str, str | tuple[str, ...]] = {
    "who_for": "other",
    "helper_name": "Rahima Begum",
    "postcode": "E1 6AA",
    "practice": "F84122",
    "residence": "moved",
    "concerns": ("housing",),
    "name": "Amina Hassan",
    "date_of_birth": "1980-03-25",
    "phone": "no_phone",
    "other_contact": "callback_number",
    "other_detail": "+442079460001",
    "send_now": "more",
}
CHANGED = [step.name for step in FLOW if step.label]


def _changing(name: str) -> Session:
    asked = tuple(step.name for step in FLOW if step.name not in {"review", "not_eligible"})
    at_review = Session(
        "talk0000", language="en", step="review", answers=ANSWERS, asked=asked, touched="x"
    )
    session = advance(at_review, Press("review", "change"), NOON, world()).session
    return advance(session, Press("change", name), NOON, world()).session


@pytest.mark.parametrize("name", CHANGED)
def test_it_is_asked_and_then_the_review_with_all_else_as_it_was(name: str) -> None:
    session, asked = _changing(name), list[str]()
    while session.step != "review" and len(asked) < len(FLOW):
        asked.append(session.step)
        session = advance(session, answer(session), NOON, world()).session
    assert asked[0] == name
    hanging = STEPS[name].leads_to_forget
    assert set(asked[1:]) <= set(hanging)
    kept = set(ANSWERS) - {name, *hanging}
    assert {one: session.answers.get(one) for one in kept} == {one: ANSWERS[one] for one in kept}


@pytest.mark.parametrize("name", CHANGED)
def test_back_instead_changes_nothing(name: str) -> None:
    session = advance(_changing(name), Command("back"), NOON, world()).session
    assert session.step == "review"
    assert session.answers == replace(session, answers=ANSWERS).answers
