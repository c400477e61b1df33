"""Whether somebody whose postcode lies outside lives there now, or has moved."""

from bot.dialogue.effects import words
from bot.dialogue.eligible import outcome_is
from bot.dialogue.kinds import ChoiceStep
from bot.dialogue.world import Scene
from common.contract.choices import Residence
from common.contract.eligibility import Outcome


class ResidenceStep(ChoiceStep):
    """One in five moves home within a year, so nobody is refused before being asked this."""

    def applies(self, scene: Scene) -> bool:
        return bool(scene.session.text("residence")) or outcome_is(scene, Outcome.ASK_MOVED)


STEP = ResidenceStep(
    "residence",
    question=(words("residence", "question"),),
    choices=(
        (Residence.MOVED, words("residence", "moved")),
        (Residence.LIVES_THERE, words("residence", "lives_there")),
    ),
    yes="",  # "still the home, or a move?" has no plain yes
    no="",
    label=words("residence", "label"),
)
