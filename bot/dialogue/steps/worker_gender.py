"""With whom somebody would rather talk."""

from bot.dialogue.effects import words
from bot.dialogue.kinds import ChoiceStep
from bot.dialogue.steps.send_now import tells_more
from bot.dialogue.world import Scene
from common.contract.choices import WorkerGender


class WorkerGenderStep(ChoiceStep):
    """Part of the longer path."""

    def applies(self, scene: Scene) -> bool:
        return tells_more(scene)


STEP = WorkerGenderStep(
    "worker_gender",
    question=(words("worker_gender", "question"),),
    choices=(
        (WorkerGender.WOMAN, words("worker_gender", "woman")),
        (WorkerGender.MAN, words("worker_gender", "man")),
        (WorkerGender.ANY, words("worker_gender", "any")),
    ),
    columns=1,
    label=words("worker_gender", "label"),
)
