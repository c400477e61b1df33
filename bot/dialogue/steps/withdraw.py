"""Taking the referral back, asked once more because it ends the waiting."""

from bot.dialogue.effects import DeliveryKind, words
from bot.dialogue.handover import hand_over
from bot.dialogue.kinds import ChoiceStep
from bot.dialogue.step import RETURN, Answered, Outcome
from bot.dialogue.world import Scene
from common.contract.choices import YesNo


class Withdraw(ChoiceStep):
    """Nobody has to say why."""

    def pick(self, scene: Scene, value: str) -> Outcome:
        if value == YesNo.NO:
            return Answered(scene.session, (words("withdraw", "kept"),), goto=RETURN)
        session, deliver = hand_over(scene.session, DeliveryKind.WITHDRAWAL)
        return Answered(session, (words("withdraw", "passed_on"),), goto=RETURN, effects=(deliver,))


STEP = Withdraw(
    "withdraw",
    question=(words("withdraw", "question"),),
    choices=((YesNo.YES, words("withdraw", "yes")), (YesNo.NO, words("withdraw", "no"))),
    skippable=False,
)
