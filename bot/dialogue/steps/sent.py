"""After sending: what can still be done."""

from bot.dialogue.effects import Button, Toast, words
from bot.dialogue.fresh import another
from bot.dialogue.handover import ask_status
from bot.dialogue.kinds import ChoiceStep
from bot.dialogue.marks import first_marks
from bot.dialogue.step import Answered, Outcome, Unmoved
from bot.dialogue.values import replace
from bot.dialogue.world import Scene

_GOES_TO = {
    "about_you": "about_gender",
    "feedback": "feedback_easy",
    "new_phone": "new_phone",
    "withdraw": "withdraw",
}
_ONCE = {"about_you": "about_gender", "feedback": "feedback_easy"}


class Sent(ChoiceStep):
    """The questions about gender and ethnic group come only here, never before sending.

    By now the answers are gone, and with them whether it was for somebody else: what is said
    from here on fits both.
    """

    def buttons(self, scene: Scene) -> tuple[Button, ...]:
        return tuple(
            button
            for button in super().buttons(scene)
            if _ONCE.get(button.value) not in scene.session.asked
        )

    def pick(self, scene: Scene, value: str) -> Outcome:
        if value == "status":
            looking = Toast(words("status", "one_moment"))
            return Unmoved(scene.session, (looking, ask_status(scene.session)))
        if value == "new":
            return Answered(another(scene.session), effects=first_marks(scene))
        aside = replace(scene.session, detours=("sent",))
        return Answered(aside, goto=_GOES_TO[value])


STEP = Sent(
    "sent",
    question=(words("sent", "question"),),
    choices=(
        ("status", words("sent", "status")),
        ("about_you", words("sent", "about_you")),
        ("feedback", words("sent", "feedback")),
        ("new_phone", words("sent", "new_phone")),
        ("withdraw", words("sent", "withdraw")),
        ("new", words("sent", "new")),
    ),
    skippable=False,
)
