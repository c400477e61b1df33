"""Anything somebody wants to say, kept word for word in their language."""

from bot.dialogue.effects import Param, words
from bot.dialogue.kinds import TextStep, added
from bot.dialogue.step import Answered, Outcome
from bot.dialogue.steps.send_now import tells_more
from bot.dialogue.world import Scene


class OwnWords(TextStep):
    """A second text is added to the first: nothing that was told is lost."""

    free_text = True

    def write(self, scene: Scene, text: str) -> Outcome:
        kept = self.keep(scene, added(scene, self.name, text))
        return Answered(kept, (words("own_words", "thanks"),))

    def skip(self, scene: Scene) -> Answered:
        """Nothing to add: what was said before stays."""
        return Answered(scene.session)

    def shown(self, scene: Scene) -> Param:
        return scene.session.many(self.name)


STEP = OwnWords(
    "own_words",
    question=(words("own_words", "question"),),
    again=(words("own_words", "again"), words("own_words", "again_2")),
    label=words("own_words", "label"),
    longest=10_000,  # more than Telegram sends in two messages
    when=tells_more,
)
