"""Whether an interpreter is wanted for the call."""

from bot.dialogue.effects import words
from bot.dialogue.kinds import ChoiceStep
from bot.dialogue.steps.send_now import tells_more
from common.contract.choices import YesNo

STEP = ChoiceStep(
    "interpreter",
    question=(words("interpreter", "question"),),
    choices=(
        (YesNo.YES, words("interpreter", "yes")),
        (YesNo.NO, words("interpreter", "no")),
    ),
    columns=2,
    label=words("interpreter", "label"),
    takes_ok=True,
    when=tells_more,
)
