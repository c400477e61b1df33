"""The one gentle question that follows words which might mean danger."""

from bot.dialogue.effects import words
from bot.dialogue.kinds import ChoiceStep
from bot.dialogue.step import RETURN, Answered, Outcome
from bot.dialogue.steps.safe_now import CHOICES, answer_safety
from bot.dialogue.world import Scene
from common.contract.choices import SafeNow


class SafeCheck(ChoiceStep):
    """An interruption: afterwards the question that was open is asked again."""

    def pick(self, scene: Scene, value: str) -> Outcome:
        outcome = answer_safety(scene, value, scene.session)
        if isinstance(outcome, Answered) and not outcome.goto:
            return Answered(outcome.session, outcome.lead, outcome.says, goto=RETURN)
        return outcome


STEP = SafeCheck(
    "safe_check",
    question=(words("safe_check", "question"),),
    choices=CHOICES,
    yes=SafeNow.HELP_NOW,
    no=SafeNow.SAFE,
    skippable=False,
)
