"""The name of the person who refers somebody else."""

from bot.dialogue.effects import words
from bot.dialogue.kinds import TextStep, theirs

STEP = TextStep(
    "helper_name",
    question=(words("helper_name", "question"),),
    again=(words("helper_name", "again"), words("helper_name", "again_2")),
    label=words("helper_name", "label"),
    names=True,
    when=theirs,
)
