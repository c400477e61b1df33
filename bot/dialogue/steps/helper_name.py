"""The name of the person who refers somebody else."""

from bot.dialogue.effects import words
from bot.dialogue.kinds import TextStep
from bot.dialogue.world import Scene


class HelperName(TextStep):
    """Asked only of those who fill this in for another."""

    def applies(self, scene: Scene) -> bool:
        return self.theirs(scene)


STEP = HelperName(
    "helper_name",
    question=(words("helper_name", "question"),),
    again=(words("helper_name", "again"), words("helper_name", "again_2")),
    label=words("helper_name", "label"),
)
