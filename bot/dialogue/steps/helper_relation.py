"""What the person who fills this in is to the one it is for."""

from bot.dialogue.effects import words
from bot.dialogue.kinds import ChoiceStep, theirs
from common.contract.choices import HelperRelation

STEP = ChoiceStep(
    "helper_relation",
    question=(words("helper_relation", "question"),),
    choices=(
        (HelperRelation.PARENT, words("helper_relation", "parent")),
        (HelperRelation.FAMILY, words("helper_relation", "family")),
        (HelperRelation.CARER, words("helper_relation", "carer")),
        (HelperRelation.FRIEND, words("helper_relation", "friend")),
        (HelperRelation.PROFESSIONAL, words("helper_relation", "professional")),
    ),
    label=words("helper_relation", "label"),
    when=theirs,
)
