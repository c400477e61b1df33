"""What somebody likes to be called."""

from bot.dialogue.effects import words
from bot.dialogue.kinds import TextStep
from bot.dialogue.steps.send_now import tells_more
from bot.dialogue.world import Scene


class NameToUse(TextStep):
    """Part of the longer path."""

    def applies(self, scene: Scene) -> bool:
        return tells_more(scene)


STEP = NameToUse(
    "name_to_use",
    question=(words("name_to_use", "question"),),
    again=(words("name_to_use", "again"), words("name_to_use", "again_2")),
    label=words("name_to_use", "label"),
)
