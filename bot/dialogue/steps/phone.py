"""The number to ring, typed or shared; having none is an answer too."""

from bot.dialogue.effects import Param, Words, words
from bot.dialogue.kinds import ChoiceStep
from bot.dialogue.step import Again, Answered, Ask, Outcome
from bot.dialogue.steps.send_now import tells_more
from bot.dialogue.world import Scene
from common.contract.choices import OtherContact
from common.contract.identifiers import PhoneNumber, UnreadableError

NO_PHONE = "no_phone"
RINGING = ("safe_call", "safe_voicemail", "safe_text", "who_answers")
"""The answers that are about one number, and say nothing of another."""


class Phone(ChoiceStep):
    """Takes British and foreign numbers, in the digits of any script."""

    leads_to_forget = ("other_contact", "other_detail", *RINGING)
    again = (words("phone", "again"), words("phone", "again_2"))

    def ask(self, scene: Scene) -> Ask:
        asked = super().ask(scene)
        return Ask(asked.parts, asked.rows, contact=True)

    def read(self, scene: Scene, text: str) -> Outcome:
        number = read_phone(text)
        if number is not None:
            return Answered(self.keep(scene, str(number)), (heard(number),))
        outcome = super().read(scene, text)
        return outcome if isinstance(outcome, Answered) else Again()

    def shown(self, scene: Scene) -> Param:
        return super().shown(scene) or PhoneNumber.parse(scene.session.text(self.name)).spoken


def read_phone(text: str) -> PhoneNumber | None:
    """The number in the text, None when there is none."""
    try:
        return PhoneNumber.parse(text)
    except UnreadableError:
        return None


def can_be_rung(scene: Scene) -> bool:
    """Whether there is a number to ring, and so a need to ask how to ring it safely."""
    session = scene.session
    by_number = session.text("other_contact") == OtherContact.CALLBACK_NUMBER
    return by_number or session.text("phone") not in {"", NO_PHONE}


def asked_how_to_ring(scene: Scene) -> bool:
    """Whether the person tells more, and there is a number to tell it of."""
    return tells_more(scene) and can_be_rung(scene)


def heard(number: PhoneNumber) -> Words:
    """The number said back, so that a slip is noticed."""
    return words("phone", "heard", phone=number.spoken)


STEP = Phone(
    "phone",
    question=(words("phone", "question"),),
    question_them=(words("phone", "question_them"),),
    choices=((NO_PHONE, words("phone", "no_phone")),),
    skippable=False,
    label=words("phone", "label"),
)
