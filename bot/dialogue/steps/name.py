"""The full name of the person the referral is for."""

import re

from bot.dialogue.effects import words
from bot.dialogue.kinds import TextStep
from bot.dialogue.step import Again, Outcome
from bot.dialogue.world import Scene

_MOST_WORDS = 8
_FEWEST_LETTERS = 2  # one letter is an initial


class Name(TextStep):
    """A name in any script; a number or a whole sentence is not one."""

    def write(self, scene: Scene, text: str) -> Outcome:
        letters = sum(one.isalpha() for one in text)
        sentence = len(text.split()) > _MOST_WORDS
        if letters < _FEWEST_LETTERS or sentence or re.search(r"[0-9@/]", text):
            return Again()
        return super().write(scene, text)


STEP = Name(
    "name",
    question=(words("name", "question"),),
    question_them=(words("name", "question_them"),),
    again=(words("name", "again"), words("name", "again_2")),
    skippable=False,
    names=True,
    label=words("name", "label"),
)
