"""After the help card: go on with the referral, or be rung."""

from bot.dialogue.effects import words
from bot.dialogue.kinds import ChoiceStep
from bot.dialogue.step import RETURN, Answered, Outcome
from bot.dialogue.world import Scene


class AfterHelp(ChoiceStep):
    """The card never blocks the referral."""

    def pick(self, scene: Scene, value: str) -> Outcome:
        return Answered(scene.session, goto=RETURN if value == "go_on" else "callme_phone")


STEP = AfterHelp(
    "after_help",
    question=(words("after_help", "question"),),
    choices=(
        ("go_on", words("after_help", "go_on")),
        ("call_me", words("after_help", "call_me")),
    ),
    skippable=False,
)
