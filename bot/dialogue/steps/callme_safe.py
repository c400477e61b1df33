"""Whether it is safe to ring the number that somebody asked to be called on."""

from bot.dialogue.effects import DeliveryKind, words
from bot.dialogue.handover import hand_over
from bot.dialogue.kinds import ChoiceStep
from bot.dialogue.session import Session
from bot.dialogue.step import RETURN, Answered, Outcome
from bot.dialogue.values import replace
from bot.dialogue.world import Scene
from common.contract.choices import SafeCall


class CallmeSafe(ChoiceStep):
    """A number that is not safe is not handed on: another is asked for."""

    follows = "callme_phone"

    def pick(self, scene: Scene, value: str) -> Outcome:
        kept = _also_for_the_referral(self.keep(scene, value), value)
        if value == SafeCall.NO:
            other = words("callme_safe", "another_number")
            return Answered(kept.without("callme_phone"), (other,), goto="callme_phone")
        session, deliver = hand_over(kept, DeliveryKind.CALLBACK)
        session = replace(session, calling=(*session.calling, (deliver.id, session.id)))
        saved = words("callme_safe", "saved")
        return Answered(session, (saved,), goto=RETURN, effects=(deliver,))


def _also_for_the_referral(session: Session, value: str) -> Session:
    """What holds for ringing a number back holds for the same number in the referral."""
    same = session.text("callme_phone") == session.text("phone")
    if not same or value == SafeCall.YES or session.text("safe_call"):
        return session
    asked = tuple(dict.fromkeys((*session.asked, "safe_call")))
    return replace(session.with_answer("safe_call", value), asked=asked)


STEP = CallmeSafe(
    "callme_safe",
    question=(words("callme_safe", "question"),),
    choices=(
        (SafeCall.YES, words("callme_safe", "yes")),
        (SafeCall.CAREFUL, words("callme_safe", "careful")),
        (SafeCall.NO, words("callme_safe", "no")),
    ),
    skippable=False,
)
