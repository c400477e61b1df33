"""Whether somebody else may answer the phone."""

from bot.dialogue.effects import words
from bot.dialogue.kinds import ChoiceStep
from bot.dialogue.steps.phone import can_be_rung
from bot.dialogue.steps.send_now import tells_more
from bot.dialogue.world import Scene
from common.contract.choices import WhoAnswers


class WhoAnswersStep(ChoiceStep):
    """Not answered means: speak to nobody else."""

    def applies(self, scene: Scene) -> bool:
        return tells_more(scene) and can_be_rung(scene)


STEP = WhoAnswersStep(
    "who_answers",
    question=(words("who_answers", "question"),),
    choices=(
        (WhoAnswers.ONLY_ME, words("who_answers", "only_me")),
        (WhoAnswers.OTHERS_OK, words("who_answers", "others_ok")),
    ),
    yes=WhoAnswers.OTHERS_OK,
    no=WhoAnswers.ONLY_ME,
    columns=1,
    label=words("who_answers", "label"),
)
