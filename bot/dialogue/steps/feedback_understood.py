"""Whether somebody felt understood, from 1 to 5."""

from bot.dialogue.effects import Button, DeliveryKind, words
from bot.dialogue.handover import hand_over
from bot.dialogue.kinds import ChoiceStep
from bot.dialogue.session import Session
from bot.dialogue.step import RETURN, Answered, Outcome
from bot.dialogue.steps.feedback_easy import five
from bot.dialogue.values import replace
from bot.dialogue.world import Scene


class FeedbackUnderstood(ChoiceStep):
    """The second and last of them."""

    follows = "feedback_easy"

    def buttons(self, scene: Scene) -> tuple[Button, ...]:  # noqa: ARG002 the same for everybody
        return five(self.name)

    def pick(self, scene: Scene, value: str) -> Outcome:
        return _finish(self.keep(scene, value))

    def skip(self, scene: Scene) -> Answered:
        return _finish(scene.session.without(self.name))


def _finish(session: Session) -> Answered:
    """Hand on what was answered, if anything was; it is not asked a second time."""
    session = replace(session, asked=(*session.asked, "feedback_easy"))
    if not session.text("feedback_easy") and not session.text("feedback_understood"):
        return Answered(session, goto=RETURN)
    handed, deliver = hand_over(session, DeliveryKind.FEEDBACK)
    thanks = words("feedback_understood", "thanks")
    return Answered(handed, (thanks,), goto=RETURN, effects=(deliver,))


STEP = FeedbackUnderstood(
    "feedback_understood",
    question=(words("feedback_understood", "question"),),
    choices=(),
    columns=5,
)
