"""Who the referral is for: oneself, one's child, or somebody who has said yes to it."""

from bot.dialogue.effects import words
from bot.dialogue.kinds import ChoiceStep
from bot.dialogue.step import Answered, Outcome
from bot.dialogue.world import Scene
from common.contract.choices import WhoFor


class WhoForStep(ChoiceStep):
    """Somebody else is referred only with their permission, and we say so.

    Whoever it turns out to be for: what was asked about another person is asked anew.
    """

    leads_to_forget = (
        *("helper_name", "helper_relation", "safe_now", "postcode", "residence", "practice"),
        *("name", "date_of_birth", "name_to_use"),
    )

    def pick(self, scene: Scene, value: str) -> Outcome:
        leads = {
            WhoFor.CHILD: words("who_for", "for_a_child"),
            WhoFor.OTHER: words("who_for", "with_permission"),
        }
        lead = leads.get(WhoFor(value))
        return Answered(self.keep(scene, value), (lead,) if lead else ())


STEP = WhoForStep(
    "who_for",
    question=(words("who_for", "question"),),
    choices=(
        (WhoFor.ME, words("who_for", "me")),
        (WhoFor.CHILD, words("who_for", "child")),
        (WhoFor.OTHER, words("who_for", "other")),
    ),
    label=words("who_for", "label"),
)
