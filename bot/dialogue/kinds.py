"""The three kinds of question: choose one, choose several, and write something."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.dialogue.effects import Button, Param, Words, words
from bot.dialogue.reading import AGREE, NO, YES, chosen, says, visible
from bot.dialogue.step import Again, Answered, Ask, Outcome, Step, Toggled, always
from bot.dialogue.world import Scene
from common.contract.choices import WhoFor

Choice = tuple[str, Words]
"""A stable code, and the words on its button."""

DONE = words("general", "done")


def theirs(scene: Scene) -> bool:
    """Whether the questions are about somebody else than the person who answers."""
    return scene.session.text("who_for") in {WhoFor.CHILD, WhoFor.OTHER}


def in_rows(buttons: Sequence[Button], columns: int) -> tuple[tuple[Button, ...], ...]:
    """The buttons laid out in rows of so many."""
    return tuple(
        tuple(buttons[start : start + columns]) for start in range(0, len(buttons), columns)
    )


@dataclass(frozen=True)
class ChoiceStep(Step):
    """One of several: pressed, typed as its label or its number, or answered yes or no.

    `yes` and `no` are the codes that a typed yes or no stands for, where there are such;
    `takes_ok` lets a mere "ok" count as yes, where nothing hangs on it. `question_them` asks
    about somebody else.
    """

    name: str
    question: tuple[Words, ...]
    choices: tuple[Choice, ...]
    columns: int = 1
    skippable: bool = True
    label: Words | None = None
    yes: str = "yes"
    no: str = "no"
    takes_ok: bool = False
    question_them: tuple[Words, ...] = ()
    when: Callable[[Scene], bool] = always

    def buttons(self, scene: Scene) -> tuple[Button, ...]:  # noqa: ARG002 some steps' choices depend on the scene
        """The choices as they stand now."""
        return tuple(Button(self.name, code, label) for code, label in self.choices)

    def ask(self, scene: Scene) -> Ask:
        asked = self.question_them if theirs(scene) and self.question_them else self.question
        return Ask(asked, in_rows(self.buttons(scene), self.columns))

    def press(self, scene: Scene, value: str) -> Outcome:
        if value not in {button.value for button in self.buttons(scene)}:
            return Again()
        return self.pick(scene, value)

    def read(self, scene: Scene, text: str) -> Outcome:
        buttons = self.buttons(scene)
        if button := chosen(scene, text, buttons):
            return self.pick(scene, button.value)
        meant = self._meant(scene, text)
        return self.pick(scene, meant) if meant in {one.value for one in buttons} else Again()

    def pick(self, scene: Scene, value: str) -> Outcome:
        """What follows from this choice."""
        return Answered(self.keep(scene, value))

    def shown(self, scene: Scene) -> Param:
        answer = scene.session.text(self.name)
        return next((label for code, label in self.choices if code == answer), "")

    def _meant(self, scene: Scene, text: str) -> str:
        """The code that a plain yes or no stands for here."""
        if says(scene, text, YES) or (self.takes_ok and says(scene, text, AGREE)):
            return self.yes
        return self.no if says(scene, text, NO) else ""


@dataclass(frozen=True)
class ToggleStep(ChoiceStep):
    """Any of several: each press switches one, `done` goes on, `none` goes on without any."""

    done: Words = DONE
    none: Words | None = None

    def buttons(self, scene: Scene) -> tuple[Button, ...]:
        """The choices, ticked where chosen."""
        ticked = scene.session.many(self.name)
        return tuple(
            Button(self.name, code, label, chosen=code in ticked, toggle=True)
            for code, label in self.choices
        )

    def ask(self, scene: Scene) -> Ask:
        asked = super().ask(scene)
        return Ask(asked.parts, (*asked.rows, *in_rows(self.closing(scene), 2)))

    def closing(self, scene: Scene) -> tuple[Button, ...]:
        """The buttons that end the choosing."""
        done = Button(self.name, "done", self.done)
        if self.none is None or scene.session.many(self.name):
            return (done,)
        return (done, Button(self.name, "none", self.none))

    def press(self, scene: Scene, value: str) -> Outcome:
        if value == "done":
            return self.finish(scene)
        if value == "none" and self.none is not None:
            return Answered(self.keep(scene, ()))
        if value not in {code for code, _ in self.choices}:
            return Again()
        return self.toggle(scene, value)

    def toggle(self, scene: Scene, value: str) -> Outcome:
        """What follows when one of them was switched."""
        ticked = scene.session.many(self.name)
        toggled = tuple(code for code, _ in self.choices if (code in ticked) != (code == value))
        return Toggled(scene.session.with_answer(self.name, toggled))

    def read(self, scene: Scene, text: str) -> Outcome:
        button = chosen(scene, text, (*self.buttons(scene), *self.closing(scene)))
        if button is not None:
            return self.press(scene, button.value)
        return self.press(scene, "none") if says(scene, text, NO) else Again()

    def finish(self, scene: Scene) -> Outcome:
        """What follows when the choosing is done."""
        return Answered(self.keep(scene, scene.session.many(self.name)))

    def shown(self, scene: Scene) -> Param:
        ticked = scene.session.many(self.name)
        return tuple(label for code, label in self.choices if code in ticked)


@dataclass(frozen=True)
class TextStep(Step):
    """Something written, kept word for word; a plain no to what may be skipped skips it."""

    name: str
    question: tuple[Words, ...]
    again: tuple[Words, ...]
    skippable: bool = True
    label: Words | None = None
    longest: int = 200
    names: bool = False
    question_them: tuple[Words, ...] = ()
    when: Callable[[Scene], bool] = always

    def ask(self, scene: Scene) -> Ask:
        return Ask(self.question_them if theirs(scene) and self.question_them else self.question)

    def press(self, scene: Scene, value: str) -> Outcome:  # noqa: ARG002 a text has no buttons
        return Again()

    def read(self, scene: Scene, text: str) -> Outcome:
        if self.skippable and says(scene, text, NO):
            return self.skip(scene)
        if not visible(text) or len(text) > self.longest:
            return Again()
        return self.write(scene, text.strip())

    def write(self, scene: Scene, text: str) -> Outcome:
        """What follows from this text, which is there and not too long."""
        return Answered(self.keep(scene, " ".join(text.split())))


def added(scene: Scene, name: str, text: str) -> tuple[str, ...]:
    """The texts kept under this name, with one more; the same text twice counts once."""
    return tuple(dict.fromkeys((*scene.session.many(name), text)))
