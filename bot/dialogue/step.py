"""What a question is: how it asks, what it makes of an answer, and how the review shows it."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass

from bot.dialogue.effects import Button, Effect, Lines, Param, Say, Words, words
from bot.dialogue.session import Answer, Session
from bot.dialogue.values import replace
from bot.dialogue.world import Scene
from common.contract.choices import Flag

RETURN = "return"
"""As `goto`: back to the question that was interrupted."""


@dataclass(frozen=True, slots=True)
class Ask:
    """A question: its paragraphs, its own buttons, and whether a number may be shared."""

    parts: tuple[Words | Lines, ...]
    rows: tuple[tuple[Button, ...], ...] = ()
    contact: bool = False


@dataclass(frozen=True, slots=True)
class Answered:
    """Understood. `lead` is said in front of the next question, `says` in messages before it.

    `goto` names the step that follows: empty for the flow's next, RETURN for the one that was
    interrupted. `effects` are done besides. `passed` is false where the question stays unasked,
    because it only pointed elsewhere.
    """

    session: Session
    lead: tuple[Words, ...] = ()
    says: tuple[Say, ...] = ()
    goto: str = ""
    effects: tuple[Effect, ...] = ()
    passed: bool = True


@dataclass(frozen=True, slots=True)
class Toggled:
    """A choice among several was switched: the question stays open and is drawn anew."""

    session: Session


@dataclass(frozen=True, slots=True)
class Told:
    """Something was said or kept, and the same question is asked again below it."""

    session: Session
    lead: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True)
class Again:
    """Not understood. Without words of its own, the step's next rephrasing is said."""

    lead: tuple[Words, ...] = ()
    session: Session | None = None


@dataclass(frozen=True, slots=True)
class Unmoved:
    """Something is done, and the question stays open as it stands."""

    session: Session
    effects: tuple[Effect, ...] = ()


Understood = Answered | Toggled | Told | Unmoved
Outcome = Understood | Again


def always(_scene: Scene) -> bool:
    """Asked of everybody."""
    return True


class Step(ABC):
    """One question. `when` says of whom it is asked.

    `free_text` marks those that take whatever is said, `names` those whose text is a name.
    `label` names the answer in the review; None keeps it out of there.
    `follows` is the question that Back leads to, for one that is asked beside the flow.
    `leads_to_forget` are answers that hang on this one and are asked anew when it changes.
    """

    name: str
    skippable: bool = False
    free_text: bool = False
    names: bool = False
    label: Words | None = None
    again: tuple[Words, ...] = (
        words("general", "again_choose"),
        words("general", "again_choose_2"),
    )
    follows: str = ""
    leads_to_forget: tuple[str, ...] = ()

    when: Callable[[Scene], bool]

    def applies(self, scene: Scene) -> bool:
        """Whether this conversation is asked this question."""
        return self.when(scene)

    def holds(self, _scene: Scene) -> bool:
        """Whether the answer given is still one, once the question was asked."""
        return True

    @abstractmethod
    def ask(self, scene: Scene) -> Ask:
        """The question as it stands now."""

    def ask_again(self, scene: Scene) -> Ask:
        """The question below something that was said about it; shorter where it was long."""
        return self.ask(scene)

    @abstractmethod
    def press(self, scene: Scene, value: str) -> Outcome:
        """A button of this question was pressed."""

    @abstractmethod
    def read(self, scene: Scene, text: str) -> Outcome:
        """Something was typed while this question was open."""

    def skip(self, scene: Scene) -> Answered:
        """What follows when the question is left out."""
        session = scene.session
        if self.name in session.answers:
            session = self._forgetting(session).without(self.name)
        return Answered(session)

    def shown(self, scene: Scene) -> Param:
        """The answer as the review shows it."""
        return scene.session.text(self.name)

    def keep(self, scene: Scene, answer: Answer, *flags: Flag) -> Session:
        """The session with this answer, and without those that hung on another one."""
        session = scene.session
        if self.name in session.asked and session.answers.get(self.name) != answer:
            session = self._forgetting(session)
        return session.with_answer(self.name, answer).flagged(*flags)

    def _forgetting(self, session: Session) -> Session:
        asked = tuple(one for one in session.asked if one not in self.leads_to_forget)
        return replace(session.without(*self.leads_to_forget), asked=asked)
