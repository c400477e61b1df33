"""A refusal on certain facts: why, what to do instead, and a way back for every mistake."""

from bot.dialogue.effects import Words, words
from bot.dialogue.eligible import decision, outcome_is
from bot.dialogue.kinds import ChoiceStep
from bot.dialogue.step import Answered, Ask
from bot.dialogue.step import Outcome as StepOutcome
from bot.dialogue.world import Scene
from common.contract.eligibility import Outcome, Reason


class NotEligible(ChoiceStep):
    """Stays open until an answer is changed; a call is offered in case we are wrong."""

    def applies(self, scene: Scene) -> bool:
        return outcome_is(scene, Outcome.NOT_ELIGIBLE)

    def ask(self, scene: Scene) -> Ask:
        decided = decision(scene.session, scene.world.directory)
        reasons = decided.reasons if decided else ()
        told = tuple(text for reason, text in _told(scene).items() if reason in reasons)
        return Ask((*told, words("not_eligible", "question")), super().ask(scene).rows)

    def pick(self, scene: Scene, value: str) -> StepOutcome:
        goto = {"call_me": "callme_phone", "postcode": "postcode", "practice": "practice"}[value]
        return Answered(scene.session, goto=goto, passed=False)


def _told(scene: Scene) -> dict[Reason, Words]:
    service = scene.world.service
    return {
        Reason.LIVES_OUTSIDE: words("not_eligible", "lives_outside"),
        Reason.PRACTICE_ELSEWHERE: words("not_eligible", "practice_elsewhere"),
        Reason.NOT_REGISTERED: words("not_eligible", "not_registered", phone=service.phone),
    }


STEP = NotEligible(
    "not_eligible",
    question=(words("not_eligible", "question"),),
    choices=(
        ("call_me", words("not_eligible", "call_me")),
        ("postcode", words("not_eligible", "postcode")),
        ("practice", words("not_eligible", "practice")),
    ),
    skippable=False,
)
