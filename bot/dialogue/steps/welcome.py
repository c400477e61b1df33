"""What this is and is not, and whether we may pass on what is told here."""

from bot.dialogue.effects import Words, words
from bot.dialogue.kinds import ChoiceStep
from bot.dialogue.privacy import privacy_notice
from bot.dialogue.step import Ask, Outcome, Told
from bot.dialogue.world import Scene
from common.contract.choices import Channel


class Welcome(ChoiceStep):
    """Agreement to refer and to share; a no is met with other ways to reach the service."""

    def ask_again(self, scene: Scene) -> Ask:
        return super().ask(scene)

    def ask(self, scene: Scene) -> Ask:
        asked = super().ask(scene)
        told: tuple[Words, ...] = (
            words("welcome", "what_this_is"),
            words("welcome", "what_this_is_not"),
            words("welcome", "who_sees_it"),
        )
        if scene.session.channel == Channel.TELEGRAM:
            told = (*told, words("welcome", "telegram"))
        return Ask((*told, *asked.parts), asked.rows)

    def pick(self, scene: Scene, value: str) -> Outcome:
        service = scene.world.service
        if value == "privacy":
            return Told(scene.session, privacy_notice(scene))
        if value == "no":
            other_ways = words("welcome", "no_problem", phone=service.phone, email=service.email)
            return Told(scene.session, (other_ways,))
        return super().pick(scene, value)


STEP = Welcome(
    "welcome",
    question=(words("welcome", "question"),),
    choices=(
        ("yes", words("welcome", "yes")),
        ("no", words("welcome", "no")),
        ("privacy", words("welcome", "privacy")),
    ),
    skippable=False,
    takes_ok=True,
)
