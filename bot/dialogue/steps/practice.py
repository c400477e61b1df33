"""The GP practice, found by whatever somebody calls it."""

from bot.dialogue.effects import Button, Param, Verbatim, words
from bot.dialogue.kinds import ChoiceStep, theirs
from bot.dialogue.reading import YES, chosen, says
from bot.dialogue.step import Again, Answered, Ask, Outcome, Told
from bot.dialogue.values import replace
from bot.dialogue.world import Scene
from common.contract.choices import PracticeCode
from common.contract.directory import Practice
from common.contract.practices import search

_OFFERED = 3
_SURELY = 0.7  # under this, the name of a closed practice is a coincidence
_STREETS = frozenset(
    ["Avenue", "Grove", "Lane", "Place", "Road", "Square", "Street", "Walk", "Way"]
)


class PracticeStep(ChoiceStep):
    """Offers the best three; a closed practice is named as closed, never re-routed by guess."""

    again = (words("practice", "again"), words("practice", "again_2"))

    def ask(self, scene: Scene) -> Ask:
        if scene.session.offered:
            question = words("practice", "is_it_one_of_these")
        elif theirs(scene):
            question = words("practice", "question_them")
        else:
            question = words("practice", "question")
        return Ask((question,), tuple((button,) for button in self.buttons(scene)))

    def buttons(self, scene: Scene) -> tuple[Button, ...]:
        found = tuple(
            Button(self.name, practice.ods_code, Verbatim(_shown(practice)))
            for practice in _offered(scene)
        )
        none = Button(self.name, PracticeCode.NONE_OF_THESE, words("practice", "none_of_these"))
        return (*found, *((none,) if found else ()), *super().buttons(scene))

    def read(self, scene: Scene, text: str) -> Outcome:
        if button := chosen(scene, text, self.buttons(scene)):
            return self.pick(scene, button.value)
        offered = scene.session.offered
        if len(offered) == 1 and says(scene, text, YES):
            return self.pick(scene, offered[0])
        return self._search(scene, text)

    def pick(self, scene: Scene, value: str) -> Outcome:
        chosen_one = replace(scene.session, offered=())
        return Answered(self.keep(replace(scene, session=chosen_one), value))

    def shown(self, scene: Scene) -> Param:
        answer = scene.session.text(self.name)
        practice = scene.world.directory.practice(answer)
        if practice is not None:
            return practice.name
        if answer == PracticeCode.NONE_OF_THESE:
            return words("practice", "none_of_these")
        return super().shown(scene)

    def _search(self, scene: Scene, text: str) -> Outcome:
        matches = search(text, scene.world.directory.practices, limit=_OFFERED + 2)
        if matches and not matches[0].practice.open and matches[0].score >= _SURELY:
            closed = words("practice", "closed", practice=matches[0].practice.name)
            return Again((closed,), replace(scene.session, offered=()))
        found = tuple(one.practice.ods_code for one in matches if one.practice.open)[:_OFFERED]
        if not found:
            return Again(session=replace(scene.session, offered=()))
        return Told(replace(scene.session, offered=found))


def _offered(scene: Scene) -> tuple[Practice, ...]:
    practices = (scene.world.directory.practice(code) for code in scene.session.offered)
    return tuple(one for one in practices if one is not None and one.open)


def _shown(practice: Practice) -> str:
    """Name and street tell two alike apart: "Island Health, 145 East Ferry Road"."""
    parts = practice.street.split(", ")
    streets = [one for one in parts if one.rsplit(" ", 1)[-1] in _STREETS]
    return f"{practice.name}, {(streets or parts)[-1]}"


STEP = PracticeStep(
    "practice",
    question=(words("practice", "question"),),
    choices=(
        (PracticeCode.UNKNOWN, words("practice", "unknown")),
        (PracticeCode.ELSEWHERE, words("practice", "elsewhere")),
        (PracticeCode.NOT_REGISTERED, words("practice", "not_registered")),
    ),
    skippable=False,
    label=words("practice", "label"),
)
