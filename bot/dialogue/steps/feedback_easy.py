"""Whether this was easy, from 1 to 5."""

from bot.dialogue.effects import Button, Verbatim, words
from bot.dialogue.kinds import ChoiceStep
from bot.dialogue.step import Answered, Outcome
from bot.dialogue.world import Scene


def five(step: str) -> tuple[Button, ...]:
    """Five buttons, 1 to 5."""
    return tuple(Button(step, str(mark), Verbatim(str(mark))) for mark in range(1, 6))


class FeedbackEasy(ChoiceStep):
    """Asked only after sending."""

    def buttons(self, scene: Scene) -> tuple[Button, ...]:  # noqa: ARG002 the same for everybody
        return five(self.name)

    def pick(self, scene: Scene, value: str) -> Outcome:
        return Answered(self.keep(scene, value), goto="feedback_understood")

    def skip(self, scene: Scene) -> Answered:
        return Answered(scene.session.without(self.name), goto="feedback_understood")


STEP = FeedbackEasy(
    "feedback_easy", question=(words("feedback_easy", "question"),), choices=(), columns=5
)
