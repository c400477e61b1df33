"""The date of birth, shown back in words so that a slip is noticed."""

from datetime import date

from bot.dialogue.effects import Param, Say, Words, words
from bot.dialogue.help_card import help_card
from bot.dialogue.kinds import TextStep
from bot.dialogue.reading import read_date
from bot.dialogue.step import Again, Answered, Outcome
from bot.dialogue.world import Scene
from common.contract.choices import Flag, WhoFor

_OLDEST = 120
_ADULT = 18


class DateOfBirth(TextStep):
    """Read the British way. Somebody under 18 is never refused nor sent to a parent."""

    def read(self, scene: Scene, text: str) -> Outcome:
        today = scene.now.date()
        months = scene.world.lexicon.months(scene.session.language)
        born = read_date(text, months, today)
        if born is None:
            return Again()
        if born > today:
            return Again((words("date_of_birth", "future"),))
        if _age(born, today) > _OLDEST:
            return Again((words("date_of_birth", "too_old"),))
        return self._accepted(scene, born, young=_age(born, today) < _ADULT)

    def _accepted(self, scene: Scene, born: date, *, young: bool) -> Outcome:
        heard: tuple[Words, ...] = (words("date_of_birth", "heard", date=born),)
        if young and scene.session.text("who_for") in {"", WhoFor.ME}:
            kept = self.keep(scene, born.isoformat(), Flag.UNDER_18)
            before = Say((words("date_of_birth", "young"),))
            return Answered(kept, heard, (before, help_card(scene)))
        return Answered(self.keep(scene, born.isoformat()), heard)

    def shown(self, scene: Scene) -> Param:
        return date.fromisoformat(scene.session.text(self.name))


def _age(born: date, today: date) -> int:
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


STEP = DateOfBirth(
    "date_of_birth",
    question=(words("date_of_birth", "question"),),
    question_them=(words("date_of_birth", "question_them"),),
    again=(words("date_of_birth", "again"), words("date_of_birth", "again_2")),
    skippable=False,
    label=words("date_of_birth", "label"),
)
