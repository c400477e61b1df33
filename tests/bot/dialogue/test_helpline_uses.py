"""Which message is given which helpline's number: the declared list is what the dialogue does."""

import ast
import csv
from collections.abc import Iterator
from pathlib import Path

from tests.support.sources import Source, sources
from tests.support.world import LOCALES

USES = Path(LOCALES) / "helpline_uses.csv"


def declared() -> set[tuple[str, str, str]]:
    with USES.open(encoding="utf-8", newline="") as file:
        return {(row["step"], row["id"], row["key"]) for row in csv.DictReader(file)}


def keys() -> set[str]:
    with (LOCALES / "helplines.csv").open(encoding="utf-8", newline="") as file:
        return {row["key"] for row in csv.DictReader(file)}


def found(module: Source) -> Iterator[tuple[str, str, str]]:
    """Every `words("step", "id", name=lines["key"])`: a subscript is only ever a helpline's.

    Those that the card goes through by their own names are shown only while they may be.
    """
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "words":
            for given in node.keywords:
                if isinstance(given.value, ast.Subscript) and isinstance(
                    given.value.slice, ast.Constant
                ):
                    step, message = (ast.literal_eval(one) for one in node.args[:2])
                    yield step, message, ast.literal_eval(given.value.slice)


def test_the_list_says_what_the_dialogue_does() -> None:
    used = {use for module in sources("bot") for use in found(module)}
    assert used == declared()
    assert len(used) > 4


def test_every_key_is_that_of_a_helpline() -> None:
    assert {key for _, _, key in declared()} <= keys()


def test_helplines_are_looked_at_nowhere_else() -> None:
    looking = {
        module.name
        for module in sources("bot/dialogue")
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute) and node.attr == "helplines"
    }
    assert looking == {"bot/dialogue/help_card.py"}
