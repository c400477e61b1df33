"""Imports aiogram without building its models: each is built by pydantic when it is first used.

aiogram has some 600 models. It builds every one while it is imported, which takes seconds and
most of its memory; the bot uses a dozen. It must do so because its types name one another in
annotations that only a type checker can read, so that pydantic alone would not find them. Here
its own order to build is put off, and those names are then put where pydantic looks for them
(docs/adr/0017-models-when-needed.md).
"""

import importlib
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from types import ModuleType

from pydantic import BaseModel

from common.runtime import logs

_WORD = re.compile(r"\w+")

_Then = Callable[[ModuleType], None]

_log = logs.get(__name__)


class UnfamiliarError(Exception):
    """aiogram is not made as this module expects."""


def load() -> None:
    """Import aiogram, once; call it before anything else does.

    Where it is not made as expected, it is imported as it wants to be, which only takes longer.
    """
    if "aiogram" in sys.modules:
        return
    try:
        load_lazily()
    except Exception as error:  # noqa: BLE001 whatever does not fit: the plain way still does
        _log.warning("aiogram.imported_plainly", error=type(error).__name__)
        for name in [one for one in sys.modules if one.partition(".")[0] == "aiogram"]:
            del sys.modules[name]
        importlib.import_module("aiogram")


def load_lazily() -> None:
    """Import aiogram with its models unbuilt.

    Raises:
        UnfamiliarError: its models cannot be put off, or not be built afterwards.
    """
    bases: dict[str, type[BaseModel]] = {}
    with _when_imported(
        {
            "aiogram.types.base": lambda module: bases.update(types=_put_off(module)),
            "aiogram.methods.base": lambda module: bases.update(methods=_defer(module)),
        }
    ):
        importlib.import_module("aiogram")
    if len(bases) != 2:  # noqa: PLR2004 the two above
        raise UnfamiliarError
    del bases["types"].model_rebuild
    _name_what_types_name(importlib.import_module("aiogram.types"))
    methods = importlib.import_module("aiogram.methods")
    if not methods.SendMessage.model_rebuild(raise_errors=False):
        raise UnfamiliarError


def _put_off(module: ModuleType) -> type[BaseModel]:
    """Let aiogram's own order to build its types do nothing, while it is imported."""
    base = _model(module, "TelegramObject")
    if not base.model_config.get("defer_build") or "model_rebuild" in vars(base):
        raise UnfamiliarError
    base.model_rebuild = classmethod(lambda *_, **__: None)  # type: ignore[method-assign,assignment] # taken off again
    return base


def _defer(module: ModuleType) -> type[BaseModel]:
    """Let methods wait for their first use, as aiogram lets its types."""
    base = _model(module, "TelegramMethod")
    if "defer_build" in base.model_config:
        raise UnfamiliarError
    base.model_config["defer_build"] = True
    return base


def _model(module: ModuleType, name: str) -> type[BaseModel]:
    found = getattr(module, name, None)
    if not isinstance(found, type) or not issubclass(found, BaseModel):
        raise UnfamiliarError
    return found


def _name_what_types_name(types: ModuleType) -> None:
    """Put into each type's module the types that its annotations name and a checker would see."""
    known = {name: getattr(types, name) for name in types.__all__}
    for kind in known.values():
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            names = vars(sys.modules[kind.__module__])
            for word in _words(kind):
                if word in known:
                    names.setdefault(word, known[word])


def _words(kind: type[BaseModel]) -> Iterator[str]:
    """The words in a model's annotations, also in those that it inherits."""
    for base in kind.__mro__:
        for annotation in vars(base).get("__annotations__", {}).values():
            if isinstance(annotation, str):
                yield from _WORD.findall(annotation)


@contextmanager
def _when_imported(hooks: Mapping[str, _Then]) -> Iterator[None]:
    """For as long as this is open, do something with these modules once they are imported."""
    finder = _Finder(hooks)
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)


class _Finder(MetaPathFinder):
    """Finds only the modules that are waited for, where they are anyway."""

    def __init__(self, hooks: Mapping[str, _Then]) -> None:
        self._hooks = hooks

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname not in self._hooks:
            return None
        spec = PathFinder.find_spec(fullname, path, target)
        if spec and isinstance(spec.loader, SourceFileLoader):
            spec.loader = _Loader(spec.loader.name, spec.loader.path, self._hooks[fullname])
        return spec


class _Loader(SourceFileLoader):
    """Loads a module, and then does what waited for it."""

    def __init__(self, fullname: str, path: str, then: _Then) -> None:
        super().__init__(fullname, path)
        self._then = then

    def exec_module(self, module: ModuleType) -> None:
        super().exec_module(module)
        self._then(module)
