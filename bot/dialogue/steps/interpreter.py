"""Whether an interpreter is wanted for the call."""

from bot.dialogue.effects import words
from bot.dialogue.kinds import ChoiceStep
from bot.dialogue.steps.send_now import tells_more
from bot.dialogue.world import Scene
from common.contract.choices import YesNo


class Interpreter(ChoiceStep):
    """Part of the longer path."""

    def applies(self, scene: Scene) -> bool:
        return tells_more(scene)


STEP = Interpreter(
    "interpreter",
    question=(words("interpreter", "question"),),
    choices=(
        (YesNo.YES, words("interpreter", "yes")),
        (YesNo.NO, words("interpreter", "no")),
    ),
    columns=2,
    label=words("interpreter", "label"),
)
