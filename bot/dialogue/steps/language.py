"""Which language to talk in: the first question, and one that can be asked at any time."""

from bot.dialogue.effects import Button, SetLanguage, Verbatim, Words, words
from bot.dialogue.kinds import ChoiceStep, in_rows
from bot.dialogue.step import RETURN, Answered, Ask, Outcome
from bot.dialogue.values import replace
from bot.dialogue.voices import languages
from bot.dialogue.world import Scene
from common.contract.languages import BY_CODE, OTHER_LANGUAGE, SOURCE_LANGUAGE


class Language(ChoiceStep):
    """Offers the languages that can be read or heard, and a call for everybody else."""

    def buttons(self, scene: Scene) -> tuple[Button, ...]:
        named = tuple(
            Button(self.name, code, Verbatim(BY_CODE[code].own_name)) for code in _own_first(scene)
        )
        return (*named, Button(self.name, OTHER_LANGUAGE, words("language", "other")))

    def ask(self, scene: Scene) -> Ask:
        rows = in_rows(self.buttons(scene), 2)
        question = words("language", "question")
        if "language" in scene.session.asked:
            return Ask((question,), rows)
        return Ask(_twice(scene, words("language", "greeting"), question), rows)

    def pick(self, scene: Scene, value: str) -> Outcome:
        session = scene.session
        if value == OTHER_LANGUAGE:
            return Answered(session, goto="callme_language", passed=False)
        # Whoever has found a language after all need not be rung for want of one.
        detours = tuple(one for one in session.detours if one != "callme_language")
        chosen = replace(session, language=value, detours=detours)
        return Answered(chosen, goto=RETURN if detours else "", effects=(SetLanguage(value),))


def _own_first(scene: Scene) -> tuple[str, ...]:
    """The languages, with the one that is talked in, or that the app shows, at the top."""
    own = scene.session.language
    return tuple(sorted(languages(scene.world), key=lambda code: code != own))


def _twice(scene: Scene, *parts: Words) -> tuple[Words, ...]:
    """In the app's language and in English, since we do not know yet which one is read."""
    hint = scene.session.language or SOURCE_LANGUAGE
    languages = dict.fromkeys((hint, SOURCE_LANGUAGE))
    return tuple(one.within(language) for language in languages for one in parts)


STEP = Language("language", question=(), choices=(), columns=2, skippable=False)
