"""What somebody would like help with: any of the topics, or their own words."""

from bot.dialogue.effects import Param, words
from bot.dialogue.help_card import help_card
from bot.dialogue.kinds import ToggleStep, added
from bot.dialogue.reading import NO, YES, chosen, mentions, says, visible
from bot.dialogue.step import Again, Answered, Outcome, Toggled, Told
from bot.dialogue.world import Scene
from common.contract.choices import Concern, Flag


class Concerns(ToggleStep):
    """At least one topic or one sentence; abuse at home brings the help card at once."""

    free_text = True
    again = (words("concerns", "again"), words("concerns", "again_2"))

    def read(self, scene: Scene, text: str) -> Outcome:
        button = chosen(scene, text, (*self.buttons(scene), *self.closing(scene)))
        if button is not None:
            return self.press(scene, button.value)
        if not visible(text) or says(scene, text, YES) or says(scene, text, NO):
            return Again()
        kept = scene.session.with_answer("concern_words", added(scene, "concern_words", text))
        if mentions(scene, text, words("concerns", "medical_spellings")):
            return Told(kept, (words("concerns", "medical"),))
        return Told(kept, (words("concerns", "noted"),))

    def toggle(self, scene: Scene, value: str) -> Outcome:
        toggled = super().toggle(scene, value)
        if not isinstance(toggled, Toggled) or value not in toggled.session.many(self.name):
            return toggled
        if value != Concern.SAFETY_HOME:
            return toggled
        # At once, and not only at the end: somebody may go no further.
        flagged = toggled.session.flagged(Flag.SAFETY_HOME)
        return Answered(flagged, says=(help_card(scene),), goto=self.name, passed=False)

    def finish(self, scene: Scene) -> Outcome:
        return super().finish(scene) if self.holds(scene) else Again()

    def holds(self, scene: Scene) -> bool:
        return bool(scene.session.many(self.name) or scene.session.many("concern_words"))

    def shown(self, scene: Scene) -> Param:
        ticked = super().shown(scene)
        return (
            *(ticked if isinstance(ticked, tuple) else ()),
            *scene.session.many("concern_words"),
        )


STEP = Concerns(
    "concerns",
    question=(words("concerns", "question"),),
    question_them=(words("concerns", "question_them"),),
    choices=(
        (Concern.ACTIVITY, words("concerns", "activity")),
        (Concern.LONELINESS, words("concerns", "loneliness")),
        (Concern.MONEY, words("concerns", "money")),
        (Concern.HOUSING, words("concerns", "housing")),
        (Concern.WORK, words("concerns", "work")),
        (Concern.LEARNING, words("concerns", "learning")),
        (Concern.FOOD_ENERGY, words("concerns", "food_energy")),
        (Concern.WELLBEING, words("concerns", "wellbeing")),
        (Concern.CARER, words("concerns", "carer")),
        (Concern.FAMILY, words("concerns", "family")),
        (Concern.IMMIGRATION_LEGAL, words("concerns", "immigration_legal")),
        (Concern.BEREAVEMENT, words("concerns", "bereavement")),
        (Concern.DISABILITY, words("concerns", "disability")),
        (Concern.SAFETY_HOME, words("concerns", "safety_home")),
        (Concern.DIGITAL, words("concerns", "digital")),
        (Concern.TRANSPORT, words("concerns", "transport")),
        (Concern.OTHER, words("concerns", "other")),
    ),
    columns=2,
    skippable=False,
    label=words("concerns", "label"),
)
