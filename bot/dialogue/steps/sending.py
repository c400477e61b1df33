"""Confirmed, saved, and on its way to the service."""

from bot.dialogue.effects import words
from bot.dialogue.step import Ask, Outcome, Step, Told, always
from bot.dialogue.world import Scene


class Sending(Step):
    """Nothing is asked; whatever is said meanwhile is answered with the truth."""

    name = "sending"
    when = staticmethod(always)

    def ask(self, scene: Scene) -> Ask:  # noqa: ARG002 the same for everybody
        return Ask((words("sending", "saved"), words("sending", "reference_follows")))

    def press(self, scene: Scene, value: str) -> Outcome:  # noqa: ARG002 there are no buttons
        return Told(scene.session)

    def read(self, scene: Scene, text: str) -> Outcome:  # noqa: ARG002 whatever it is
        return Told(scene.session, (words("sending", "still_on_its_way"),))


STEP = Sending()
