"""The full name of the person the referral is for."""

import re

from bot.dialogue.effects import words
from bot.dialogue.kinds import TextStep
from bot.dialogue.step import Again, Ask, Outcome
from bot.dialogue.world import Scene

_MOST_WORDS = 8


class Name(TextStep):
    """A name in any script; a number or a whole sentence is not one."""

    def ask(self, scene: Scene) -> Ask:
        return Ask((words("name", "question_them"),) if self.theirs(scene) else self.question)

    def read(self, scene: Scene, text: str) -> Outcome:
        letters = sum(one.isalpha() for one in text)
        if letters < 2 or re.search(r"[0-9@/]", text) or len(text.split()) > _MOST_WORDS:  # noqa: PLR2004 one letter is an initial
            return Again()
        return super().read(scene, text)


STEP = Name(
    "name",
    question=(words("name", "question"),),
    again=(words("name", "again"), words("name", "again_2")),
    skippable=False,
    label=words("name", "label"),
)
