"""What would make the service usable (Accessible Information Standard)."""

from bot.dialogue.effects import words
from bot.dialogue.kinds import ToggleStep
from bot.dialogue.steps.send_now import tells_more
from common.contract.choices import AccessNeed

STEP = ToggleStep(
    "access_needs",
    question=(words("access_needs", "question"),),
    choices=(
        (AccessNeed.LARGE_PRINT, words("access_needs", "large_print")),
        (AccessNeed.EASY_READ, words("access_needs", "easy_read")),
        (AccessNeed.BRAILLE, words("access_needs", "braille")),
        (AccessNeed.BSL, words("access_needs", "bsl")),
        (AccessNeed.TEXT_RELAY, words("access_needs", "text_relay")),
        (AccessNeed.HEARING, words("access_needs", "hearing")),
        (AccessNeed.MOBILITY, words("access_needs", "mobility")),
    ),
    columns=2,
    label=words("access_needs", "label"),
    when=tells_more,
    none=words("access_needs", "none"),
)
