"""What the person who fills this in is to the one it is for."""

from bot.dialogue.effects import Button, words
from bot.dialogue.kinds import ChoiceStep, theirs
from bot.dialogue.world import Scene
from common.contract.choices import HelperRelation, WhoFor


class HelperRelationStep(ChoiceStep):
    """Of one's own child nobody says that they work with them."""

    def buttons(self, scene: Scene) -> tuple[Button, ...]:
        buttons = super().buttons(scene)
        if scene.session.text("who_for") != WhoFor.CHILD:
            return buttons
        return tuple(one for one in buttons if one.value != HelperRelation.PROFESSIONAL)


STEP = HelperRelationStep(
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
