"""A changed number, after the referral was sent."""

from bot.dialogue.effects import DeliveryKind, words
from bot.dialogue.handover import hand_over
from bot.dialogue.kinds import TextStep
from bot.dialogue.step import RETURN, Again, Answered, Ask, Outcome
from bot.dialogue.steps.phone import heard, read_phone
from bot.dialogue.world import Scene


class NewPhone(TextStep):
    """Handed to the service as a correction; the first number is theirs to replace."""

    def ask(self, scene: Scene) -> Ask:
        return Ask(super().ask(scene).parts, contact=True)

    def read(self, scene: Scene, text: str) -> Outcome:
        number = read_phone(text)
        if number is None:
            return Again()
        session, deliver = hand_over(self.keep(scene, str(number)), DeliveryKind.CORRECTION)
        told = (heard(number), words("new_phone", "passed_on"))
        return Answered(session, told, goto=RETURN, effects=(deliver,))


STEP = NewPhone(
    "new_phone",
    question=(words("new_phone", "question"),),
    again=(words("phone", "again"), words("phone", "again_2")),
    skippable=False,
)
