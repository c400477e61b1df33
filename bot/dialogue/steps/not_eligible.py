"""A refusal on certain facts: why, what to do instead, and a way back for every mistake."""

from bot.dialogue.effects import Words, words
from bot.dialogue.eligible import decision, outcome_is
from bot.dialogue.kinds import ChoiceStep, added, theirs
from bot.dialogue.reading import visible
from bot.dialogue.step import Answered, Ask, Told
from bot.dialogue.step import Outcome as StepOutcome
from bot.dialogue.values import replace
from bot.dialogue.world import Scene
from common.contract.eligibility import Outcome, Reason


class NotEligible(ChoiceStep):
    """Stays open until an answer is changed; a call is offered in case we are wrong."""

    def applies(self, scene: Scene) -> bool:
        return outcome_is(scene, Outcome.NOT_ELIGIBLE)

    def ask(self, scene: Scene) -> Ask:
        decided = decision(scene.session, scene.world.directory)
        told = _told(scene, frozenset(decided.reasons if decided else ()))
        return Ask((told, words("not_eligible", "question")), super().ask(scene).rows)

    def pick(self, scene: Scene, value: str) -> StepOutcome:
        if value != "call_me":
            return Answered(scene.session, goto=value, passed=False)
        aside = replace(scene.session, detours=(self.name,))
        return Answered(aside, goto="callme_phone", passed=False)

    def read(self, scene: Scene, text: str) -> StepOutcome:
        understood = super().read(scene, text)
        if isinstance(understood, Answered) or not visible(text):
            return understood
        kept = scene.session.with_answer("own_words", added(scene, "own_words", text))
        return Told(kept, (words("not_eligible", "kept"),))


def _told(scene: Scene, reasons: frozenset[Reason]) -> Words:
    """One message for all reasons together, so that no two advise against each other."""
    to_you, about_them = _advice(scene, reasons)
    return about_them if theirs(scene) else to_you


def _advice(scene: Scene, reasons: frozenset[Reason]) -> tuple[Words, Words]:
    """What is said to somebody it is for, and to somebody who asks for another person."""
    if {Reason.NOT_REGISTERED, Reason.LIVES_OUTSIDE} <= reasons:
        return (
            words("not_eligible", "register_near_home"),
            words("not_eligible", "register_near_home_them"),
        )
    if Reason.NOT_REGISTERED in reasons:
        phone = scene.world.service.phone
        return (
            words("not_eligible", "not_registered", phone=phone),
            words("not_eligible", "not_registered_them", phone=phone),
        )
    if Reason.LIVES_OUTSIDE in reasons:
        return (
            words("not_eligible", "lives_outside"),
            words("not_eligible", "lives_outside_them"),
        )
    return (
        words("not_eligible", "practice_elsewhere"),
        words("not_eligible", "practice_elsewhere_them"),
    )


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
