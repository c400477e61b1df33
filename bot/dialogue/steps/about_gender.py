"""Gender, asked after sending so that everyone's reach can be compared."""

from bot.dialogue.effects import words
from bot.dialogue.kinds import ChoiceStep
from bot.dialogue.step import Answered, Outcome
from bot.dialogue.world import Scene
from common.contract.choices import Gender


class AboutGender(ChoiceStep):
    """Codes of the NHS Data Dictionary, person stated gender."""

    def pick(self, scene: Scene, value: str) -> Outcome:
        return Answered(self.keep(scene, value), goto="about_ethnicity")

    def skip(self, scene: Scene) -> Answered:
        return Answered(scene.session.without(self.name), goto="about_ethnicity")


STEP = AboutGender(
    "about_gender",
    question=(words("about_gender", "why"), words("about_gender", "question")),
    choices=(
        (Gender.MALE, words("about_gender", "male")),
        (Gender.FEMALE, words("about_gender", "female")),
        (Gender.NON_BINARY, words("about_gender", "non_binary")),
        (Gender.OTHER, words("about_gender", "other")),
        (Gender.NOT_STATED, words("about_gender", "not_stated")),
    ),
)
