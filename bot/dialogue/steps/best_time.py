"""The best time to ring."""

from bot.dialogue.effects import words
from bot.dialogue.kinds import ChoiceStep
from bot.dialogue.steps.phone import asked_how_to_ring
from common.contract.choices import BestTime

STEP = ChoiceStep(
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
    when=asked_how_to_ring,
)
