"""Whether a voicemail may be left; not answered means no."""

from bot.dialogue.effects import words
from bot.dialogue.kinds import ChoiceStep
from bot.dialogue.steps.phone import asked_how_to_ring
from common.contract.choices import YesNo

STEP = ChoiceStep(
    "safe_voicemail",
    question=(words("safe_voicemail", "question"),),
    choices=(
        (YesNo.YES, words("safe_voicemail", "yes")),
        (YesNo.NO, words("safe_voicemail", "no")),
    ),
    columns=2,
    label=words("safe_voicemail", "label"),
    takes_ok=True,
    when=asked_how_to_ring,
)
