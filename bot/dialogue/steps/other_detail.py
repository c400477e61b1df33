"""The e-mail address, postal address or other number that was just offered."""

from bot.dialogue.effects import Param, Words, words
from bot.dialogue.kinds import TextStep
from bot.dialogue.step import Again, Answered, Ask, Outcome
from bot.dialogue.steps.phone import RINGING, heard, read_phone
from bot.dialogue.world import Scene
from common.contract.choices import OtherContact
from common.contract.identifiers import PhoneNumber


class OtherDetail(TextStep):
    """Its question and its check follow from the way of contact chosen."""

    leads_to_forget = RINGING

    def applies(self, scene: Scene) -> bool:
        return bool(scene.session.text("other_contact"))

    def ask(self, scene: Scene) -> Ask:
        questions: dict[str, Words] = {
            OtherContact.EMAIL: words("other_detail", "email"),
            OtherContact.LETTER: words("other_detail", "letter"),
            OtherContact.CALLBACK_NUMBER: words("other_detail", "callback_number"),
        }
        return Ask((questions[scene.session.text("other_contact")],))

    def shown(self, scene: Scene) -> Param:
        answer = scene.session.text(self.name)
        if scene.session.text("other_contact") == OtherContact.CALLBACK_NUMBER:
            return PhoneNumber.parse(answer).spoken
        return answer

    def write(self, scene: Scene, text: str) -> Outcome:
        way = scene.session.text("other_contact")
        if way == OtherContact.CALLBACK_NUMBER:
            number = read_phone(text)
            return Answered(self.keep(scene, str(number)), (heard(number),)) if number else Again()
        if way == OtherContact.EMAIL and "@" not in text.strip("@"):
            return Again()
        return super().write(scene, text)


STEP = OtherDetail(
    "other_detail",
    question=(),
    again=(words("other_detail", "again"), words("other_detail", "again_2")),
    label=words("other_detail", "label"),
)
