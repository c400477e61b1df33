"""What somebody would like help with: any of the topics, or their own words."""

from bot.dialogue.effects import Param, words
from bot.dialogue.help_card import help_card
from bot.dialogue.kinds import ToggleStep, added
from bot.dialogue.reading import chosen, mentions
from bot.dialogue.step import Again, Answered, Ask, Outcome, Told
from bot.dialogue.world import Scene
from common.contract.choices import Concern, Flag

_LONGEST = 4000


class Concerns(ToggleStep):
    """At least one topic or one sentence; abuse at home brings the help card and goes on."""

    free_text = True
    again = (words("concerns", "again"), words("concerns", "again_2"))

    def ask(self, scene: Scene) -> Ask:
        asked = super().ask(scene)
        theirs = (words("concerns", "question_them"),)
        return Ask(theirs if self.theirs(scene) else asked.parts, asked.rows)

    def read(self, scene: Scene, text: str) -> Outcome:
        button = chosen(scene, text, (*self.buttons(scene), *self.closing(scene)))
        if button is not None:
            return self.press(scene, button.value)
        kept = scene.session.with_answer(
            "concern_words", added(scene, "concern_words", text[:_LONGEST])
        )
        if mentions(scene, text, words("concerns", "medical_spellings")):
            return Told(kept, (words("concerns", "medical"),))
        return Told(kept, (words("concerns", "noted"),))

    def finish(self, scene: Scene) -> Outcome:
        ticked, said = scene.session.many(self.name), scene.session.many("concern_words")
        if not ticked and not said:
            return Again()
        if Concern.SAFETY_HOME in ticked:
            flagged = self.keep(scene, ticked, Flag.SAFETY_HOME)
            return Answered(flagged, says=(help_card(scene),))
        return Answered(self.keep(scene, ticked))

    def shown(self, scene: Scene) -> Param:
        ticked = super().shown(scene)
        return (
            *(ticked if isinstance(ticked, tuple) else ()),
            *scene.session.many("concern_words"),
        )


STEP = Concerns(
    "concerns",
    question=(words("concerns", "question"),),
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
