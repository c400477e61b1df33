"""With whom somebody would rather talk."""

from bot.dialogue.effects import words
from bot.dialogue.kinds import ChoiceStep
from bot.dialogue.steps.send_now import tells_more
from common.contract.choices import WorkerGender

STEP = ChoiceStep(
    "worker_gender",
    question=(words("worker_gender", "question"),),
    choices=(
        (WorkerGender.WOMAN, words("worker_gender", "woman")),
        (WorkerGender.MAN, words("worker_gender", "man")),
        (WorkerGender.ANY, words("worker_gender", "any")),
    ),
    label=words("worker_gender", "label"),
    when=tells_more,
)
