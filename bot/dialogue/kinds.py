"""The three kinds of question: choose one, choose several, and write something."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.dialogue.effects import Button, Param, Words, words
from bot.dialogue.reading import NO, YES, chosen, says
from bot.dialogue.step import Again, Answered, Ask, Outcome, Step, Toggled
from bot.dialogue.world import Scene

Choice = tuple[str, Words]
"""A stable code, and the words on its button."""


DONE = words("general", "done")


def in_rows(buttons: Sequence[Button], columns: int) -> tuple[tuple[Button, ...], ...]:
    """The buttons laid out in rows of so many."""
    return tuple(
        tuple(buttons[start : start + columns]) for start in range(0, len(buttons), columns)
    )


@dataclass(frozen=True)
class ChoiceStep(Step):
    """One of several: pressed, typed as its label or its number, or answered yes or no.

    `yes` and `no` are the codes that a typed yes or no stands for, where there are such.
    """

    name: str
    question: tuple[Words, ...]
    choices: tuple[Choice, ...]
    columns: int = 1
    skippable: bool = True
    label: Words | None = None
    yes: str = "yes"
    no: str = "no"

    def buttons(self, scene: Scene) -> tuple[Button, ...]:  # noqa: ARG002 some steps' choices depend on the scene
        """The choices as they stand now."""
        return tuple(Button(self.name, code, label) for code, label in self.choices)

    def ask(self, scene: Scene) -> Ask:
        return Ask(self.question, in_rows(self.buttons(scene), self.columns))

    def press(self, scene: Scene, value: str) -> Outcome:
        if value not in {button.value for button in self.buttons(scene)}:
            return Again()
        return self.pick(scene, value)

    def read(self, scene: Scene, text: str) -> Outcome:
        buttons = self.buttons(scene)
        if button := chosen(scene, text, buttons):
            return self.pick(scene, button.value)
        meant = self.yes if says(scene, text, YES) else self.no if says(scene, text, NO) else ""
        return self.pick(scene, meant) if meant in {one.value for one in buttons} else Again()

    def pick(self, scene: Scene, value: str) -> Outcome:
        """What follows from this choice."""
        return Answered(self.keep(scene, value))

    def shown(self, scene: Scene) -> Param:
        answer = scene.session.text(self.name)
        return next((label for code, label in self.choices if code == answer), "")


@dataclass(frozen=True)
class ToggleStep(ChoiceStep):
    """Any of several: each press switches one, `done` goes on, `none` goes on without any."""

    done: Words = DONE
    none: Words | None = None

    def buttons(self, scene: Scene) -> tuple[Button, ...]:
        """The choices, ticked where chosen."""
        ticked = scene.session.many(self.name)
        return tuple(
            Button(self.name, code, label, chosen=code in ticked) for code, label in self.choices
        )

    def ask(self, scene: Scene) -> Ask:
        rows = in_rows(self.buttons(scene), self.columns)
        return Ask(self.question, (*rows, *in_rows(self.closing(scene), 2)))

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
        ticked = scene.session.many(self.name)
        toggled = tuple(code for code, _ in self.choices if (code in ticked) != (code == value))
        return Toggled(scene.session.with_answer(self.name, toggled))

    def read(self, scene: Scene, text: str) -> Outcome:
        button = chosen(scene, text, (*self.buttons(scene), *self.closing(scene)))
        return self.press(scene, button.value) if button else Again()

    def finish(self, scene: Scene) -> Outcome:
        """What follows when the choosing is done."""
        return Answered(self.keep(scene, scene.session.many(self.name)))

    def shown(self, scene: Scene) -> Param:
        ticked = scene.session.many(self.name)
        return tuple(label for code, label in self.choices if code in ticked)


@dataclass(frozen=True)
class TextStep(Step):
    """Something written, kept word for word."""

    name: str
    question: tuple[Words, ...]
    again: tuple[Words, ...]
    skippable: bool = True
    label: Words | None = None
    longest: int = 200

    def ask(self, scene: Scene) -> Ask:  # noqa: ARG002 other steps need it
        return Ask(self.question)

    def press(self, scene: Scene, value: str) -> Outcome:  # noqa: ARG002 a text has no buttons
        return Again()

    def read(self, scene: Scene, text: str) -> Outcome:
        kept = " ".join(text.split())
        if not kept or len(kept) > self.longest:
            return Again()
        return Answered(self.keep(scene, kept))


def added(scene: Scene, name: str, text: str) -> tuple[str, ...]:
    """The texts kept under this name, with one more; the same text twice counts once."""
    return tuple(dict.fromkeys((*scene.session.many(name), text)))
