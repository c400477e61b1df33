"""Which answer to change, asked from the review."""

from bot.dialogue.effects import Button, words
from bot.dialogue.kinds import ChoiceStep
from bot.dialogue.questions import QUESTIONS
from bot.dialogue.step import Answered, Outcome
from bot.dialogue.world import Scene

_ALWAYS = "own_words"  # may also be added from the review of the short path


class Change(ChoiceStep):
    """Every answer that the review shows can be changed; the rest of them stay."""

    def buttons(self, scene: Scene) -> tuple[Button, ...]:
        asked = (*scene.session.asked, _ALWAYS)
        return tuple(
            Button(self.name, step.name, step.label)
            for step in QUESTIONS
            if step.label is not None and step.name in asked
        )

    def pick(self, scene: Scene, value: str) -> Outcome:
        return Answered(scene.session, goto=value)


STEP = Change(
    "change", question=(words("change", "question"),), choices=(), columns=2, skippable=False
)
