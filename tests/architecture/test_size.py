"""The budgets that keep every module readable in one sitting. There is no list of exceptions."""

import ast
from collections.abc import Iterable

from tests.support.sources import PACKAGES, FunctionNode, Source, sources

MODULE_AIM, MODULE_MOST = 200, 300
FUNCTION_AIM, FUNCTION_MOST = 20, 40
SHARE_WITHIN_AIM = 0.9
PATCHES_PER_HUNDRED_TESTS = 3

MODULES = sources(*PACKAGES)
TESTS = sources("tests")


def _share(sizes: Iterable[int], aim: int) -> float:
    fits = [size <= aim for size in sizes]
    return sum(fits) / len(fits)


def _lines(function: FunctionNode) -> int:
    """From `def` to the last line, without the docstring: explaining is never too long."""
    first, last = function.lineno, function.end_lineno or function.lineno
    head = function.body[0]
    documented = ast.get_docstring(function, clean=False) is not None
    docstring = (head.end_lineno or head.lineno) - head.lineno + 1 if documented else 0
    return last - first + 1 - docstring


def _functions(modules: Iterable[Source]) -> dict[str, int]:
    return {
        f"{module.name}:{function.lineno} {function.name}": _lines(function)
        for module in modules
        for function in module.functions
    }


def test_no_module_is_too_long() -> None:
    too_long = {one.name: one.length for one in (*MODULES, *TESTS) if one.length > MODULE_MOST}

    assert too_long == {}


def test_most_modules_are_short() -> None:
    assert _share((one.length for one in MODULES), MODULE_AIM) >= SHARE_WITHIN_AIM


def test_no_function_is_too_long() -> None:
    too_long = {name: lines for name, lines in _functions(MODULES).items() if lines > FUNCTION_MOST}

    assert too_long == {}


def test_most_functions_are_short() -> None:
    assert _share(_functions(MODULES).values(), FUNCTION_AIM) >= SHARE_WITHIN_AIM


def test_every_module_opens_by_saying_what_it_is_for() -> None:
    silent = [one.name for one in (*MODULES, *TESTS) if not ast.get_docstring(one.tree)]

    assert silent == []


def _is_patch(call: ast.Call) -> bool:
    called = ast.unparse(call.func)
    return (
        called.split(".")[-1] in {"patch", "Mock", "MagicMock", "AsyncMock"}
        or ".patch." in f".{called}"
        or called == "monkeypatch.setattr"
    )


def test_fakes_stand_in_where_others_would_patch() -> None:
    tests = [one for module in TESTS for one in module.functions if one.name.startswith("test_")]
    calls = (node for module in TESTS for node in ast.walk(module.tree))
    patches = [node for node in calls if isinstance(node, ast.Call) and _is_patch(node)]

    assert len(patches) * 100 <= PATCHES_PER_HUNDRED_TESTS * len(tests)
