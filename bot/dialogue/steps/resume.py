"""Somebody starts again in the middle: go on, or begin anew."""

from bot.dialogue.effects import words
from bot.dialogue.fresh import begin_again
from bot.dialogue.kinds import ChoiceStep
from bot.dialogue.step import RETURN, Answered, Outcome
from bot.dialogue.world import Scene


class Resume(ChoiceStep):
    """An answer given is never thrown away without a word."""

    def pick(self, scene: Scene, value: str) -> Outcome:
        if value == "go_on":
            return Answered(scene.session, goto=RETURN)
        return Answered(begin_again(scene.session))


STEP = Resume(
    "resume",
    question=(words("resume", "question"),),
    choices=(("go_on", words("resume", "go_on")), ("again", words("resume", "again"))),
    skippable=False,
)
