"""The home postcode, which says whether somebody lives in the borough."""

from bot.dialogue.effects import Param, words
from bot.dialogue.kinds import ChoiceStep
from bot.dialogue.step import Again, Answered, Outcome
from bot.dialogue.world import Scene
from common.contract.choices import HomeCode
from common.contract.identifiers import Postcode, to_ascii_digits
from common.contract.postcode_letters import in_words

_LONGEST_ADDRESS = 300


class PostcodeStep(ChoiceStep):
    """Takes a postcode, also out of a whole address; no address is an answer too."""

    leads_to_forget = ("residence",)
    again = (words("postcode", "again"), words("postcode", "again_2"))

    def read(self, scene: Scene, text: str) -> Outcome:
        found = _find(text)
        if found is not None:
            return Answered(self.keep(scene, str(found)))
        outcome = super().read(scene, text)
        return outcome if isinstance(outcome, Answered) else Again()

    def shown(self, scene: Scene) -> Param:
        return super().shown(scene) or scene.session.text(self.name)


def _find(text: str) -> Postcode | None:
    """The last postcode in the text: an address ends with it."""
    parts = in_words(to_ascii_digits(text[:_LONGEST_ADDRESS]))
    for end in range(len(parts), 0, -1):
        for width in (2, 1):
            readings = Postcode.readings(" ".join(parts[max(0, end - width) : end]))
            if readings:
                # Of two that it may be none is taken; nor is an earlier one, of another place.
                return next(iter(readings)) if len(readings) == 1 else None
    return None


STEP = PostcodeStep(
    "postcode",
    question=(words("postcode", "question"),),
    question_them=(words("postcode", "question_them"),),
    choices=(
        (HomeCode.NO_FIXED_ADDRESS, words("postcode", "no_fixed_address")),
        (HomeCode.UNKNOWN, words("postcode", "unknown")),
    ),
    label=words("postcode", "label"),
)
