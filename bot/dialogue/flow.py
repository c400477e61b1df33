"""Which question comes next: the first that applies and has not been asked."""

from bot.dialogue.questions import QUESTIONS
from bot.dialogue.step import Step
from bot.dialogue.steps import (
    about_ethnicity,
    about_gender,
    after_help,
    callme_language,
    callme_phone,
    callme_safe,
    change,
    feedback_easy,
    feedback_understood,
    language,
    new_phone,
    resume,
    review,
    safe_check,
    sending,
    sent,
    welcome,
    withdraw,
)
from bot.dialogue.world import Scene

FLOW: tuple[Step, ...] = (language.STEP, welcome.STEP, *QUESTIONS, review.STEP)
"""The way from the greeting to the review, which is never passed but by sending."""

ASIDE: tuple[Step, ...] = (
    safe_check.STEP,
    after_help.STEP,
    callme_language.STEP,
    callme_phone.STEP,
    callme_safe.STEP,
    change.STEP,
    resume.STEP,
    sending.STEP,
    sent.STEP,
    about_gender.STEP,
    about_ethnicity.STEP,
    feedback_easy.STEP,
    feedback_understood.STEP,
    new_phone.STEP,
    withdraw.STEP,
)
"""Questions asked beside the way, or after its end."""

STEPS: dict[str, Step] = {step.name: step for step in (*FLOW, *ASIDE)}
IN_FLOW = frozenset(step.name for step in FLOW)


def next_step(scene: Scene) -> Step:
    """The first step of the flow that applies and has not been asked; the review at last."""
    return next((step for step in FLOW if step.applies(scene) and _is_open(scene, step)), FLOW[-1])


def _is_open(scene: Scene, step: Step) -> bool:
    return step.name not in scene.session.asked or not step.holds(scene)
