"""Where the short path ends: send what we have, or tell a little more."""

from bot.dialogue.effects import words
from bot.dialogue.kinds import ChoiceStep
from bot.dialogue.world import Scene

MORE = "more"


def tells_more(scene: Scene) -> bool:
    """Whether the person chose to tell a little more."""
    return scene.session.text("send_now") == MORE


STEP = ChoiceStep(
    "send_now",
    question=(words("send_now", "question"),),
    choices=(("send", words("send_now", "send")), (MORE, words("send_now", "more"))),
    yes=MORE,
    no="send",
    skippable=False,
)
