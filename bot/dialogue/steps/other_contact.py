"""How else to reach somebody who has no phone."""

from bot.dialogue.effects import words
from bot.dialogue.kinds import ChoiceStep
from bot.dialogue.steps.phone import NO_PHONE, RINGING
from bot.dialogue.world import Scene
from common.contract.choices import OtherContact


class OtherContactStep(ChoiceStep):
    """Asked only when there is no phone."""

    leads_to_forget = ("other_detail", *RINGING)

    def applies(self, scene: Scene) -> bool:
        return scene.session.text("phone") == NO_PHONE


STEP = OtherContactStep(
    "other_contact",
    question=(words("other_contact", "question"),),
    choices=(
        (OtherContact.EMAIL, words("other_contact", "email")),
        (OtherContact.LETTER, words("other_contact", "letter")),
        (OtherContact.CALLBACK_NUMBER, words("other_contact", "callback_number")),
    ),
    label=words("other_contact", "label"),
)
