"""Every regular expression in the source, found by reading it: a new one is known by itself."""

import ast
import importlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tests.support.sources import PRODUCT, Source, sources

_FUNCTIONS = frozenset(name for name in vars(re) if name in re.__all__ and name.islower())
USES = frozenset({"search", "match", "fullmatch", "findall", "sub", "split"})
_MAY_HAVE = re.compile(r"\b(?:re|pattern)\b")
_FLAGS = {name: flag for name, flag in vars(re).items() if isinstance(flag, re.RegexFlag)}


@dataclass(frozen=True)
class Found:
    """One of them: where it stands, and what it says.

    `text` is empty where it is put together from escaped words when it is needed. `uses` are
    what is done with it, as `fullmatch`.
    """

    where: str
    text: str
    uses: frozenset[str]
    flags: int = 0

    @property
    def pattern(self) -> re.Pattern[str]:
        """The same, compiled."""
        return re.compile(self.text, self.flags)


def patterns() -> tuple[Found, ...]:
    """All of those of the product."""
    return tuple(found for source in sources(*PRODUCT) for found in _in(source))


def _in(source: Source) -> Iterator[Found]:
    if not _MAY_HAVE.search(source.text):
        return
    names: dict[str, object] | None = None
    nodes = list(ast.walk(source.tree))
    for node in nodes:
        given = _given(node)
        if given is None:
            continue
        if names is None:
            names = vars(importlib.import_module(".".join(source.path.with_suffix("").parts)))
        where = f"{source.name}:{given.lineno}"
        if not any(isinstance(one, ast.Name) and one.id not in names for one in _names(given)):
            text = eval(compile(ast.Expression(given), where, "eval"), dict(names))
            plain = text.decode("ascii") if isinstance(text, bytes) else text
            assert isinstance(plain, str), where
            yield Found(where, plain, _uses(nodes, node), _flags(node))
        else:
            assert "re.escape" in ast.unparse(given), f"{where}: nobody can tell what this matches"
            yield Found(where, "", USES)


def _names(given: ast.expr) -> Iterator[ast.AST]:
    inner = {
        target.id
        for one in ast.walk(given)
        if isinstance(one, ast.comprehension)
        for target in ast.walk(one.target)
        if isinstance(target, ast.Name)
    }
    builtin = {"sorted", "len", "map", "range", "chr"}
    return (
        one
        for one in ast.walk(given)
        if isinstance(one, ast.Name) and one.id not in inner | builtin
    )


def _given(node: ast.AST) -> ast.expr | None:
    """The pattern that a call is given, whether to `re` itself or as a field's `pattern`."""
    if not isinstance(node, ast.Call):
        return None
    to = node.func
    if isinstance(to, ast.Attribute) and isinstance(to.value, ast.Name) and to.value.id == "re":
        return node.args[0] if to.attr in _FUNCTIONS - {"escape", "purge"} else None
    return next((one.value for one in node.keywords if one.arg == "pattern"), None)


def _uses(nodes: Sequence[ast.AST], node: ast.AST) -> frozenset[str]:
    """What is done with it under its own name; when it has none, anything may be."""
    called = getattr(getattr(node, "func", None), "attr", "")
    if called in USES:
        return frozenset({called})
    names = {
        target.id
        for one in nodes
        if isinstance(one, ast.Assign) and one.value is node
        for target in one.targets
        if isinstance(target, ast.Name)
    }
    done = {
        one.attr
        for one in nodes
        if isinstance(one, ast.Attribute)
        and isinstance(one.value, ast.Name)
        and one.value.id in names
    }
    return frozenset(done & USES) or USES


def _flags(node: ast.AST) -> int:
    flags = 0
    for one in ast.walk(node):
        if isinstance(one, ast.Attribute) and one.attr in _FLAGS:
            flags |= _FLAGS[one.attr]
    return flags
