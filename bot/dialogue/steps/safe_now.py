"""Whether anyone is in danger now: asked of everyone, since no listening catches enough."""

from bot.dialogue.effects import words
from bot.dialogue.help_card import help_card
from bot.dialogue.kinds import Choice, ChoiceStep
from bot.dialogue.session import Session
from bot.dialogue.step import Answered, Ask, Outcome
from bot.dialogue.world import Scene
from common.contract.choices import Flag, SafeNow, WhoFor

CHOICES: tuple[Choice, ...] = (
    (SafeNow.SAFE, words("safe_now", "safe")),
    (SafeNow.HELP_NOW, words("safe_now", "help_now")),
    (SafeNow.RATHER_NOT_SAY, words("safe_now", "rather_not_say")),
)


class SafeNowStep(ChoiceStep):
    """The same three answers serve the gentle question that follows worrying words."""

    def ask(self, scene: Scene) -> Ask:
        asked = super().ask(scene)
        if scene.session.text("who_for") == WhoFor.CHILD:
            return Ask((words("safe_now", "question_child"),), asked.rows)
        return asked

    def pick(self, scene: Scene, value: str) -> Outcome:
        return answer_safety(scene, value, self.keep(scene, value))


def answer_safety(scene: Scene, value: str, session: Session) -> Outcome:
    """Help now shows the card and offers a call; rather not say is passed on for a call."""
    if value == SafeNow.HELP_NOW:
        flagged = session.flagged(Flag.HELP_NOW)
        return Answered(flagged, says=(help_card(scene),), goto="after_help")
    if value == SafeNow.RATHER_NOT_SAY:
        flagged = session.flagged(Flag.RATHER_NOT_SAY)
        told = words("safe_now", "we_will_ask")
        if session.is_out_of_hand:
            told = words("safe_now", "only_by_phone")
        return Answered(flagged, (told,))
    return Answered(session)


STEP = SafeNowStep(
    "safe_now",
    question=(words("safe_now", "question"),),
    question_them=(words("safe_now", "question_them"),),
    choices=CHOICES,
    yes=SafeNow.HELP_NOW,
    no=SafeNow.SAFE,
    label=words("safe_now", "label"),
)
