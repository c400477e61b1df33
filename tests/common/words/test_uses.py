"""What the checks take for buttons, notices and commands is what the code uses as such."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from bot.dialogue.effects import Words
from bot.dialogue.flow import STEPS
from bot.dialogue.kinds import ChoiceStep, ToggleStep
from bot.translation import COMMANDS as REGISTERED
from common.contract.publication import Message
from common.words import uses
from common.words.uses import Use, is_pressed, use_of

BOT = Path(__file__).parents[3] / "bot"
TEMPLATES = BOT / "channels" / "webchat" / "templates"

Found = dict[str, set[str]]


def _named(node: ast.AST) -> Iterator[tuple[str, str]]:
    """Every `words("step", "id")` in a piece of code."""
    for one in ast.walk(node):
        if isinstance(one, ast.Call) and getattr(one.func, "id", "") == "words":
            step, name = (ast.literal_eval(argument) for argument in one.args[:2])
            yield step, name


def _given_to(made: str) -> Found:
    """The words that the code gives to `Button(…)`, `Toast(…)` and the like."""
    found: Found = defaultdict(set)
    for path in BOT.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == made:
                button = node.args[1] if made == "AskContact" else node
                for step, name in _named(button):
                    found[step].add(name)
    return found


def _chosen() -> Iterator[Words]:
    """The words on the buttons that the questions declare."""
    for step in STEPS.values():
        if isinstance(step, ChoiceStep):
            yield from (label for _, label in step.choices)
        if isinstance(step, ToggleStep):
            yield from filter(None, (step.done, step.none))


def test_the_buttons_are_those_of_the_dialogue() -> None:
    found = _given_to("Button")
    for words in _chosen():
        found[words.step].add(words.id)
    for step, names in _given_to("AskContact").items():
        found[step] |= names
    assert {step: set(names) for step, names in uses.BUTTONS.items()} == found


def test_every_label_of_a_question_is_known_as_a_button() -> None:
    labels = [step.label for step in STEPS.values() if step.label]
    assert labels
    assert {label.id for label in labels} == {uses.LABEL}


def test_the_notices_are_those_that_appear_for_a_moment() -> None:
    assert {step: set(names) for step, names in uses.NOTICES.items()} == _given_to("Toast")


def test_the_commands_are_those_that_are_registered() -> None:
    found: Found = defaultdict(set)
    for _, words in REGISTERED:
        found[words.step].add(words.id)
    assert {step: set(names) for step, names in uses.COMMANDS.items()} == found


def test_the_page_s_buttons_are_those_of_its_templates() -> None:
    html = "\n".join(path.read_text(encoding="utf-8") for path in TEMPLATES.glob("*.html"))
    made = re.findall(r'button\(\{"text": says\.([a-z_]+)', html)
    written = re.findall(r"<button[^>]*>\{\{ says\.([a-z_]+) \}\}</button>", html)
    assert set(uses.PAGE_BUTTONS["webchat"]) == {*made, *written}


def test_steps_with_two_buttons_in_a_row_are_known() -> None:
    found = {
        name
        for name, step in STEPS.items()
        if isinstance(step, ChoiceStep) and step.columns == 2 and name != "change"
    }
    assert found | {uses.EVERYWHERE} == uses.TWO_TO_A_ROW


def test_each_message_has_one_use() -> None:
    def message(step: str, name: str) -> Message:
        return Message(step=step, id=name, texts=("",))

    assert use_of(message("welcome", "yes")) is Use.BUTTON
    assert use_of(message("welcome", "question")) is Use.TEXT
    assert use_of(message("commands", "back")) is Use.COMMAND
    assert use_of(message("commands", "back_spellings")) is Use.LIST
    assert use_of(message("status", "one_moment")) is Use.NOTICE
    assert is_pressed(message("webchat", "send"))
    assert is_pressed(message("postcode", "label"))
    assert not is_pressed(message("webchat", "talk"))
