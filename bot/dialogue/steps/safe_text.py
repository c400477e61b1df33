"""Whether a text message may be sent."""

from bot.dialogue.effects import words
from bot.dialogue.kinds import ChoiceStep
from bot.dialogue.steps.phone import can_be_rung
from bot.dialogue.steps.send_now import tells_more
from bot.dialogue.world import Scene
from common.contract.choices import YesNo


class SafeText(ChoiceStep):
    """Not answered means no."""

    def applies(self, scene: Scene) -> bool:
        return tells_more(scene) and can_be_rung(scene)


STEP = SafeText(
    "safe_text",
    question=(words("safe_text", "question"),),
    choices=(
        (YesNo.YES, words("safe_text", "yes")),
        (YesNo.NO, words("safe_text", "no")),
    ),
    columns=2,
    label=words("safe_text", "label"),
)
