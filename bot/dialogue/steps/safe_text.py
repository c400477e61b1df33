"""Whether a text message may be sent; not answered means no."""

from bot.dialogue.effects import words
from bot.dialogue.kinds import ChoiceStep
from bot.dialogue.steps.phone import asked_how_to_ring
from common.contract.choices import YesNo

STEP = ChoiceStep(
    "safe_text",
    question=(words("safe_text", "question"),),
    choices=(
        (YesNo.YES, words("safe_text", "yes")),
        (YesNo.NO, words("safe_text", "no")),
    ),
    columns=2,
    label=words("safe_text", "label"),
    takes_ok=True,
    when=asked_how_to_ring,
)
