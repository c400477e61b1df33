"""The language for the call, which need not be the one somebody writes in."""

from bot.dialogue.effects import Button, Param, Verbatim, words
from bot.dialogue.kinds import ChoiceStep
from bot.dialogue.steps.send_now import tells_more
from bot.dialogue.world import Scene
from common.contract.languages import BY_CODE, OTHER_LANGUAGE, SPOKEN_LANGUAGES

SAME = "same"


class CallLanguage(ChoiceStep):
    """Also languages that are spoken and hardly written, and sign language."""

    def buttons(self, scene: Scene) -> tuple[Button, ...]:
        same, other = super().buttons(scene)
        return (same, *spoken_languages(self.name), other)

    def shown(self, scene: Scene) -> Param:
        answer = scene.session.text(self.name)
        return BY_CODE[answer].own_name if answer in BY_CODE else super().shown(scene)


def spoken_languages(step: str) -> tuple[Button, ...]:
    """A button for each language that is spoken or signed, under its own name."""
    return tuple(Button(step, one.code, Verbatim(one.own_name)) for one in SPOKEN_LANGUAGES)


STEP = CallLanguage(
    "call_language",
    question=(words("call_language", "question"),),
    choices=(
        (SAME, words("call_language", "same")),
        (OTHER_LANGUAGE, words("call_language", "other")),
    ),
    columns=2,
    when=tells_more,
    label=words("call_language", "label"),
)
