"""Whether somebody else may answer the phone; not answered means speak to nobody else."""

from bot.dialogue.effects import words
from bot.dialogue.kinds import ChoiceStep
from bot.dialogue.steps.phone import asked_how_to_ring
from common.contract.choices import WhoAnswers

STEP = ChoiceStep(
    "who_answers",
    question=(words("who_answers", "question"),),
    choices=(
        (WhoAnswers.ONLY_ME, words("who_answers", "only_me")),
        (WhoAnswers.OTHERS_OK, words("who_answers", "others_ok")),
    ),
    label=words("who_answers", "label"),
    yes=WhoAnswers.OTHERS_OK,
    no=WhoAnswers.ONLY_ME,
    when=asked_how_to_ring,
)
