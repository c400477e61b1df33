"""Every read of referrals starts from who is asking, and services hand on whom they were handed.

A read that is scoped to nobody says so and why in its docstring, for whoever reads it there.
"""

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from api.persistence import tables
from api.persistence.held import HANGING
from tests.support.sources import ROOT, FunctionNode, Source, sources

PERSONAL = {name for name in tables.__all__ if getattr(tables, name) in HANGING}
READING = {"select", "exists"}
SCOPING = {"visible", "is_theirs"}
ASKERS = {"Asker", "StaffAsker", "ConversationAsker", "SystemAsker"}
TO_NOBODY = re.compile(r"Scoped to nobody: \w+ \w+ \w+")


def persistence() -> list[Source]:
    folder = Path("api/persistence")
    return [one for one in sources("api") if one.path.parent == folder]


def services() -> list[Source]:
    return [one for one in sources("api") if one.path.parent == Path("api/services")]


def planted(text: str, folder: str = "persistence") -> Source:
    return Source(Path(f"api/{folder}/planted.py"), text)


def top_level(module: Source) -> dict[str, ast.AST]:
    """The module's own names, with what each stands for."""
    named: dict[str, ast.AST] = {}
    for node in module.tree.body:
        if isinstance(node, FunctionNode | ast.ClassDef):
            named[node.name] = node
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            named |= {one.id: node for one in targets if isinstance(one, ast.Name)}
    return named


def reached(start: ast.AST, named: dict[str, ast.AST]) -> set[str]:
    """Every name that is used from here on, through the module's own functions and statements."""
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        fresh = {one.id for one in ast.walk(waiting.pop()) if isinstance(one, ast.Name)} - seen
        seen |= fresh
        waiting += [named[name] for name in fresh if name in named]
    return seen


def first_is_asker(function: FunctionNode) -> bool:
    arguments = function.args.args
    if not arguments or arguments[0].arg != "asker":
        return False
    written = arguments[0].annotation
    return isinstance(written, ast.Name) and written.id in ASKERS


def reads(module: Source) -> Iterator[tuple[FunctionNode, set[str]]]:
    """The public functions that read anything of a referral."""
    named = top_level(module)
    for node in named.values():
        if isinstance(node, FunctionNode) and not node.name.startswith("_"):
            names = reached(node, named)
            if names & PERSONAL and names & READING:
                yield node, names


def unscoped(modules: Iterable[Source]) -> list[str]:
    return [
        f"{module.path.stem}.{function.name}"
        for module in modules
        for function, names in reads(module)
        if not TO_NOBODY.search(ast.get_docstring(function) or "")
        if not first_is_asker(function) or not names & SCOPING
    ]


def test_every_read_of_referrals_starts_from_who_is_asking() -> None:
    assert unscoped(persistence()) == []
    assert sum(1 for module in persistence() for _ in reads(module)) > 10


@pytest.mark.parametrize(
    "text",
    [
        "def all(c):\n    return select(REFERRAL)",
        "def all(asker: Asker, c):\n    return select(REFERRAL)",
        "def all(c, asker: Asker):\n    return select(REFERRAL).where(visible(asker))",
        "def all(asker: int, c):\n    return select(REFERRAL).where(visible(asker))",
        "_ALL = select(CORRECTION)\ndef all(c):\n    return c.execute(_ALL)",
        "def all(c):\n    return _it(c)\ndef _it(c):\n    return select(ABOUT_YOU)",
        'def all(c):\n    """Scoped to nobody."""\n    return select(REFERRAL)',
    ],
)
def test_a_read_for_anybody_is_noticed(text: str) -> None:
    assert unscoped([planted(text)]) == ["planted.all"]


@pytest.mark.parametrize(
    "text",
    [
        "def mine(asker: Asker, c):\n    return select(REFERRAL).where(visible(asker))",
        "def mine(asker: StaffAsker, c):\n    return select(CORRECTION).where(is_theirs(asker, 1))",
        "def other(c):\n    return select(PRACTICE)",
        "def add(c):\n    c.execute(insert(REFERRAL))",
        'def count(c):\n    """Scoped to nobody: only a count."""\n    return select(REFERRAL)',
    ],
)
def test_a_read_for_somebody_is_let_be(text: str) -> None:
    assert unscoped([planted(text)]) == []


def made_up(modules: Iterable[Source]) -> list[str]:
    """Where services make an asker of their own: only jobs of the system have a name to ask by."""
    found = []
    for module in modules:
        at_the_top = {id(node) for one in module.tree.body for node in assigned(one)}
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                name = node.func.id
                if name == "StaffAsker" or (name == "SystemAsker" and id(node) not in at_the_top):
                    found.append(f"{module.name}:{node.lineno}")
    return found


def assigned(node: ast.stmt) -> Iterator[ast.AST]:
    if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
        yield node.value


def out_of_place(modules: Iterable[Source]) -> list[str]:
    """Functions to which the asker comes after something else than the desk itself."""
    return [
        f"{module.path.stem}.{function.name}"
        for module in modules
        for function in module.functions
        if not function.name.startswith("_")
        if "asker" in (names := [one.arg for one in function.args.args])
        if not {*names[: names.index("asker")]} <= {"self", "desk"}
    ]


def scoped_reads() -> set[tuple[str, str]]:
    """Module and name of what takes an asker first in persistence."""
    return {
        (module.path.stem, function.name)
        for module in persistence()
        for function in module.functions
        if first_is_asker(function)
    }


def not_handed_on(modules: Iterable[Source]) -> list[str]:
    """Calls that give a read something else than the asker it was handed, or a job of ours."""
    scoped = scoped_reads()
    return [
        f"{module.name}:{call.lineno}"
        for module in modules
        for call in ast.walk(module.tree)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute)
        if (ast.unparse(call.func.value), call.func.attr) in scoped
        if not (call.args and is_handed(call.args[0]))
    ]


def is_handed(node: ast.expr) -> bool:
    if isinstance(node, ast.Attribute):
        return node.attr == "asker"
    return isinstance(node, ast.Name) and (node.id == "asker" or node.id.isupper())


def test_services_hand_on_whom_they_were_handed() -> None:
    assert made_up(services()) == []
    assert out_of_place(services()) == []
    assert not_handed_on(services()) == []
    assert len(scoped_reads()) > 10


@pytest.mark.parametrize(
    "text",
    [
        "def f(desk):\n    return referrals.by_reference(StaffAsker(1, M), c, r)",
        "def f(desk):\n    return referrals.by_reference(SystemAsker('all'), c, r)",
        "def f(desk, reference, asker):\n    return referrals.by_reference(asker, c, r)",
        "def f(desk, me):\n    return referrals.by_reference(me, c, r)",
    ],
)
def test_a_service_that_asks_for_somebody_else_is_noticed(text: str) -> None:
    module = [planted(text, "services")]
    assert made_up(module) + out_of_place(module) + not_handed_on(module) != []


def serves_a_person(modules: Iterable[Source]) -> list[str]:
    """Public functions that read for an asker, and take neither one nor whose member they are."""
    scoped = scoped_reads()
    return [
        f"{module.path.stem}.{function.name}"
        for module in modules
        for function in module.tree.body
        if isinstance(function, FunctionNode) and not function.name.startswith("_")
        if not {"asker", "member"} & {one.arg for one in function.args.args}
        if any(_reads_for(call, scoped) for call in ast.walk(function))
    ]


def _reads_for(node: ast.AST, scoped: set[tuple[str, str]]) -> bool:
    """A read for a person: the system's own jobs, in capitals, serve nobody."""
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and (ast.unparse(node.func.value), node.func.attr) in scoped
        and not (node.args and isinstance(node.args[0], ast.Name) and node.args[0].id.isupper())
    )


def test_whoever_reads_for_a_person_is_told_for_whom() -> None:
    assert serves_a_person(services()) == []
    offender = "def f(desk):\n    return referrals.by_id(desk.asker, c, 1)"
    assert serves_a_person([planted(offender, "services")]) == ["planted.f"]


def test_only_the_chain_reads_the_audit() -> None:
    reading = [
        module.path.stem
        for module in sources("api")
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[0] == "select"
        if any(isinstance(one, ast.Name) and one.id.startswith("AUDIT") for one in ast.walk(node))
    ]
    assert set(reading) == {"chain"}
    assert (ROOT / "api" / "persistence" / "chain.py").exists()
