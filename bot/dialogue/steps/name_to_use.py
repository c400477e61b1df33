"""What somebody likes to be called."""

from bot.dialogue.effects import words
from bot.dialogue.kinds import TextStep
from bot.dialogue.steps.send_now import tells_more

STEP = TextStep(
    "name_to_use",
    question=(words("name_to_use", "question"),),
    question_them=(words("name_to_use", "question_them"),),
    again=(words("name_to_use", "again"), words("name_to_use", "again_2")),
    label=words("name_to_use", "label"),
    names=True,
    when=tells_more,
)
