"""In which language somebody wants to be rung, when theirs is not served here in writing."""

from bot.dialogue.effects import Button, words
from bot.dialogue.kinds import ChoiceStep
from bot.dialogue.step import Answered, Outcome
from bot.dialogue.steps.call_language import spoken_languages
from bot.dialogue.world import Scene
from common.contract.languages import OTHER_LANGUAGE


class CallmeLanguage(ChoiceStep):
    """Leads to a call with an interpreter."""

    def buttons(self, scene: Scene) -> tuple[Button, ...]:
        return (*spoken_languages(self.name), *super().buttons(scene))

    def pick(self, scene: Scene, value: str) -> Outcome:
        return Answered(self.keep(scene, value), goto="callme_phone")


STEP = CallmeLanguage(
    "callme_language",
    question=(words("callme_language", "question"),),
    choices=((OTHER_LANGUAGE, words("callme_language", "other")),),
    columns=2,
    skippable=False,
)
