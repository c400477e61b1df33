"""All answers once more, before anything is sent."""

from bot.dialogue.effects import DeliveryKind, Lines, Words, words
from bot.dialogue.handover import hand_over
from bot.dialogue.kinds import ChoiceStep
from bot.dialogue.questions import QUESTIONS
from bot.dialogue.step import Answered, Ask, Outcome, Step
from bot.dialogue.steps.phone import RINGING, can_be_rung
from bot.dialogue.values import replace
from bot.dialogue.world import Scene


class Review(ChoiceStep):
    """Shows what was asked; what was skipped shows as not given."""

    def ask_again(self, scene: Scene) -> Ask:
        return super().ask(scene)

    def ask(self, scene: Scene) -> Ask:
        lines = tuple(
            _line(scene, step, step.label)
            for step in QUESTIONS
            if step.label is not None and _shows(scene, step)
        )
        told = (words("review", "title"), Lines(lines))
        return Ask((*told, *_rest(scene), words("review", "question")), super().ask(scene).rows)

    def pick(self, scene: Scene, value: str) -> Outcome:
        if value == "change":
            aside = replace(scene.session, detours=("review",))
            return Answered(aside, goto="change", passed=False)
        lacking = [one.name for one in QUESTIONS if one.applies(scene) and not one.holds(scene)]
        if lacking:
            return Answered(scene.session, goto=lacking[0], passed=False)
        session, deliver = hand_over(scene.session, DeliveryKind.REFERRAL)
        awaiting = replace(session, awaiting=deliver.id)
        return Answered(awaiting, goto="sending", effects=(deliver,), passed=False)


def _rest(scene: Scene) -> tuple[Words, ...]:
    """On the short path: what the safe defaults mean for somebody who was not asked."""
    if scene.session.text("send_now") != "send" or scene.session.answers.keys() & {*RINGING}:
        return ()
    if can_be_rung(scene):
        return (words("review", "rest_by_phone"),)
    return (words("review", "rest_otherwise"),)


def _shows(scene: Scene, step: Step) -> bool:
    given = step.name in scene.session.answers
    return given or (step.name in scene.session.asked and step.applies(scene))


def _line(scene: Scene, step: Step, label: Words) -> Words:
    answer = step.shown(scene) if step.name in scene.session.answers else ""
    return words("review", "line", label=label, answer=answer or words("review", "not_given"))


STEP = Review(
    "review",
    question=(words("review", "question"),),
    choices=(("send", words("review", "send")), ("change", words("review", "change"))),
    skippable=False,
    yes="",  # only Send sends
    no="change",
)
