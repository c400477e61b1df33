"""The questions that coordinators can speak aloud are the dialogue's own, in its order."""

from bot.dialogue.flow import STEPS
from common.contract.spoken import SPOKEN_STEPS


def test_every_question_can_be_spoken() -> None:
    assert tuple(STEPS) == SPOKEN_STEPS
