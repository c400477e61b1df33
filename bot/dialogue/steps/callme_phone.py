"""The number to ring somebody back on: all that a call needs."""

from bot.dialogue.effects import Button, Verbatim, words
from bot.dialogue.kinds import ChoiceStep
from bot.dialogue.step import Again, Answered, Ask, Outcome
from bot.dialogue.steps.phone import NO_PHONE, heard, read_phone
from bot.dialogue.world import Scene
from common.contract.identifiers import PhoneNumber

_GIVEN = "given"


class CallmePhone(ChoiceStep):
    """A number that was given already is offered, so that one tap is enough."""

    again = (words("phone", "again"), words("phone", "again_2"))

    def buttons(self, scene: Scene) -> tuple[Button, ...]:
        number = scene.session.text("phone")
        if number in {"", NO_PHONE}:
            return ()
        return (Button(self.name, _GIVEN, Verbatim(PhoneNumber.parse(number).spoken)),)

    def ask(self, scene: Scene) -> Ask:
        asked = super().ask(scene)
        return Ask(asked.parts, asked.rows, contact=True)

    def pick(self, scene: Scene, value: str) -> Outcome:  # noqa: ARG002 there is one button
        return self.read(scene, scene.session.text("phone"))

    def read(self, scene: Scene, text: str) -> Outcome:
        number = read_phone(text)
        if number is not None:
            kept = self.keep(scene, str(number))
            return Answered(kept, (heard(number),), goto="callme_safe")
        return super().read(scene, text) if self.buttons(scene) else Again()


STEP = CallmePhone(
    "callme_phone", question=(words("callme_phone", "question"),), choices=(), skippable=False
)
