"""Whether it is safe to ring: some people share a phone with who hurts them."""

from bot.dialogue.effects import words
from bot.dialogue.kinds import ChoiceStep
from bot.dialogue.steps.phone import can_be_rung
from bot.dialogue.steps.send_now import tells_more
from bot.dialogue.world import Scene
from common.contract.choices import SafeCall


class SafeCallStep(ChoiceStep):
    """Not answered means: ring, but do not say who is calling."""

    def applies(self, scene: Scene) -> bool:
        return tells_more(scene) and can_be_rung(scene)


STEP = SafeCallStep(
    "safe_call",
    question=(words("safe_call", "question"),),
    choices=(
        (SafeCall.YES, words("safe_call", "yes")),
        (SafeCall.CAREFUL, words("safe_call", "careful")),
        (SafeCall.NO, words("safe_call", "no")),
    ),
    columns=1,
    label=words("safe_call", "label"),
)
