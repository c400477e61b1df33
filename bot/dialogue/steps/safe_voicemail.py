"""Whether a voicemail may be left."""

from bot.dialogue.effects import words
from bot.dialogue.kinds import ChoiceStep
from bot.dialogue.steps.phone import can_be_rung
from bot.dialogue.steps.send_now import tells_more
from bot.dialogue.world import Scene
from common.contract.choices import YesNo


class SafeVoicemail(ChoiceStep):
    """Not answered means no."""

    def applies(self, scene: Scene) -> bool:
        return tells_more(scene) and can_be_rung(scene)


STEP = SafeVoicemail(
    "safe_voicemail",
    question=(words("safe_voicemail", "question"),),
    choices=(
        (YesNo.YES, words("safe_voicemail", "yes")),
        (YesNo.NO, words("safe_voicemail", "no")),
    ),
    columns=2,
    label=words("safe_voicemail", "label"),
)
