"""Each question, whatever it asks: wrong answers, none at all, back, skip, and its words."""

import pytest

from bot.dialogue.effects import Say, Words
from bot.dialogue.engine import advance
from bot.dialogue.flow import FLOW, STEPS
from bot.dialogue.inbound import Command, Press, Text
from bot.dialogue.session import Session
from bot.dialogue.turning import Turn, question
from bot.dialogue.world import Scene
from tests.support.finishing import turns_to_finish
from tests.support.world import NOON, translator, world

# Enough answers for every question to have what it stands on.
ANSWERS: dict[str, str | tuple[str, ...]] = {
    "who_for": "other",
    "postcode": "SE1 7PB",
    "practice": "F84122",
    "phone": "no_phone",
    "other_contact": "callback_number",
    "other_detail": "+442079460001",
    "date_of_birth": "1980-03-25",
    "send_now": "more",
    "name": "Amina Hassan",
    "concerns": ("housing",),
}
OPEN = [name for name in STEPS if name != "sending"]
TAKES_ANY_TEXT = {
    "helper_name",
    "name_to_use",
    "other_detail",
    "not_eligible",
    "own_words",
    "concerns",
}


def _at(name: str, language: str = "en") -> Session:
    asked = tuple(step.name for step in FLOW if step.name not in {name, "review"})
    return Session(
        "talk0000", language=language, step=name, answers=ANSWERS, asked=asked, touched="x"
    )


def _asked(turn: Turn) -> str:
    return next(one.question for one in turn.effects if isinstance(one, Say) and one.question)


def _first(turn: Turn) -> str:
    said = [one for one in turn.effects if isinstance(one, Say) and one.question]
    words = said[0].parts[0]
    assert isinstance(words, Words)
    return f"{words.step}/{words.id}"


@pytest.mark.parametrize("name", [name for name in OPEN if name not in TAKES_ANY_TEXT])
def test_nonsense_is_met_with_other_words_each_time_and_then_with_a_call(name: str) -> None:
    session, heard = _at(name), []
    for _ in range(3):
        turn = advance(session, Text("zzzz 9 @ qq"), NOON, world())
        session = turn.session
        assert session.step == name
        heard.append(_first(turn))
    assert len(set(heard)) == 3
    assert heard[-1] in {"general/offer_call", "general/offer_number"}


@pytest.mark.parametrize("name", OPEN)
def test_an_empty_text_changes_no_answer(name: str) -> None:
    turn = advance(_at(name), Text("   "), NOON, world())
    assert turn.session.answers == ANSWERS
    assert _asked(turn) == name


@pytest.mark.parametrize("name", OPEN)
def test_an_unknown_button_changes_no_answer(name: str) -> None:
    turn = advance(_at(name), Press(name, "nonsense"), NOON, world())
    assert turn.session.answers == ANSWERS
    assert turn.session.step == name


@pytest.mark.parametrize("step", FLOW[1:], ids=lambda step: step.name)
def test_back_leads_to_a_question_that_applies(step: object) -> None:
    name = getattr(step, "name", "")
    turn = advance(_at(name), Command("back"), NOON, world())
    assert _asked(turn) != name
    assert turns_to_finish(turn.session) <= 80


@pytest.mark.parametrize("name", list(STEPS))
def test_skipping_goes_on_or_says_why_not(name: str) -> None:
    turn = advance(_at(name), Press("do", "skip"), NOON, world())
    if STEPS[name].skippable:
        assert _asked(turn) != name
        assert name not in turn.session.answers
    else:
        assert _asked(turn) == name
        assert turn.session.answers == ANSWERS


@pytest.mark.parametrize("language", ["en", "bn"])
@pytest.mark.parametrize("name", list(STEPS))
def test_every_question_can_be_said_and_offers_help(name: str, language: str) -> None:
    say = question(Scene(_at(name, language), world(), NOON), STEPS[name])
    shown = translator().render(say, language)
    assert shown.html
    assert shown.language == language
    data = [button.data for row in shown.rows for button in row]
    assert "do=urgent" in data
    assert all(len(one.encode()) <= 64 for one in data), "Telegram's limit for callback data"
    assert len(set(data)) == len(data)
    labels = [button.label for row in shown.rows for button in row]
    assert len(set(labels)) == len(labels), "two buttons of one step are never alike"


@pytest.mark.parametrize("step", [step for step in FLOW if step.label], ids=lambda step: step.name)
def test_a_changed_answer_leads_back_to_the_review(step: object) -> None:
    name = getattr(step, "name", "")
    session = _at("change")
    session = advance(session, Press("change", name), NOON, world()).session
    assert session.step == name
    assert turns_to_finish(session) <= 80
