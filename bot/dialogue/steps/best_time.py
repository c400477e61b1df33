"""The best time to ring."""

from bot.dialogue.effects import words
from bot.dialogue.kinds import ChoiceStep
from bot.dialogue.steps.phone import can_be_rung
from bot.dialogue.steps.send_now import tells_more
from bot.dialogue.world import Scene
from common.contract.choices import BestTime


class BestTimeStep(ChoiceStep):
    """Asked only where there is a number to ring."""

    def applies(self, scene: Scene) -> bool:
        return tells_more(scene) and can_be_rung(scene)


STEP = BestTimeStep(
    "best_time",
    question=(words("best_time", "question"),),
    choices=(
        (BestTime.ANY, words("best_time", "any")),
        (BestTime.MORNING, words("best_time", "morning")),
        (BestTime.AFTERNOON, words("best_time", "afternoon")),
        (BestTime.EVENING, words("best_time", "evening")),
    ),
    columns=2,
    label=words("best_time", "label"),
)
