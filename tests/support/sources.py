"""Doorway's own source files, read and parsed once, for the tests that look at the code itself."""

import ast
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).parents[2]
PRODUCT = ("common", "bot", "api")
PACKAGES = (*PRODUCT, "benchmarks")

FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Source:
    """One module: its path from the root, its text and its syntax tree."""

    path: Path
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        """Parsed when it is first looked at, which for many a module is never."""
        return ast.parse(self.text, filename=self.name)

    @property
    def name(self) -> str:
        """The path as it is shown when a rule is broken."""
        return self.path.as_posix()

    @property
    def length(self) -> int:
        """How many lines it has."""
        return len(self.text.splitlines())

    @property
    def functions(self) -> list[FunctionNode]:
        """All functions and methods in it, the nested ones among them."""
        return [node for node in ast.walk(self.tree) if isinstance(node, FunctionNode)]


@cache
def sources(*folders: str) -> tuple[Source, ...]:
    """The modules below these folders of the repository.

    The numbered steps of the stores are no modules: each is a record of what was once done.
    """
    paths = sorted(
        path
        for folder in folders
        for path in (ROOT / folder).rglob("*.py")
        if path.parent.name != "versions"
    )
    return tuple(map(_source, paths))


def _source(path: Path) -> Source:
    return Source(path.relative_to(ROOT), path.read_text(encoding="utf-8"))
