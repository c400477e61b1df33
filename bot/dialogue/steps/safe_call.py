"""Whether it is safe to ring, since some share a phone with who hurts them; else do not say who."""

from bot.dialogue.effects import words
from bot.dialogue.kinds import ChoiceStep
from bot.dialogue.steps.phone import asked_how_to_ring
from common.contract.choices import SafeCall

STEP = ChoiceStep(
    "safe_call",
    question=(words("safe_call", "question"),),
    choices=(
        (SafeCall.YES, words("safe_call", "yes")),
        (SafeCall.CAREFUL, words("safe_call", "careful")),
        (SafeCall.NO, words("safe_call", "no")),
    ),
    label=words("safe_call", "label"),
    when=asked_how_to_ring,
)
