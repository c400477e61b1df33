"""Prints what every model of aiogram makes of samples; run as a program, for each way to import it.

    python -m tests.support.aiogram_models stock samples.json    # also writes the samples
    python -m tests.support.aiogram_models lazy samples.json

Each line is JSON: a model's name, and what both ways of importing must agree on.
"""

import importlib
import json
import pkgutil
import sys
import types
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from enum import Enum
from pathlib import Path
from typing import Any, Literal, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, TypeAdapter, ValidationError, create_model

from bot.channels.telegram import library

Models = Mapping[str, type[BaseModel]]

_PLAIN: dict[object, object] = {
    str: "x",
    int: 5,
    float: 1.5,
    bool: True,
    Any: "any",
    datetime: 1_795_435_200,
    timedelta: 60,
}
_DEEPEST = 2
"""So deep the larger samples hold every field; below it only those that must be there."""
_FILE = "a file"


def main(way: str, samples: Path) -> None:
    """Print the lines. What is not built yet is used from outside and in reversed order."""
    if way == "lazy":
        library.load_lazily()
    models = {
        name: kind
        for module in ("types", "methods")
        for name, kind in vars(importlib.import_module(f"aiogram.{module}")).items()
        if isinstance(kind, type) and issubclass(kind, BaseModel) and name != "TelegramMethod"
    }
    if way == "stock":
        samples.write_text(json.dumps({name: whole(kind) for name, kind in models.items()}))
    given = json.loads(samples.read_text(), object_hook=with_files)
    lines = [*around(models, given)]
    lines += [(name, [*behaviour(models[name], given[name])]) for name in sorted(models)[::-1]]
    for line in lines:
        sys.stdout.write(f"{json.dumps(line)}\n")


def around(models: Models, samples: Mapping[str, Any]) -> Iterator[tuple[str, object]]:
    """What stands on aiogram's models without being one of them."""
    for module in pkgutil.walk_packages(importlib.import_module("aiogram").__path__, "aiogram."):
        try:
            importlib.import_module(module.name)
        except ImportError as error:  # it needs a package that is not installed
            yield module.name, str(error)
    message, update = models["Message"], models["Update"]
    own = create_model("Own", message=(message, ...))
    yield "a model of ours", outcome(own, {"message": samples["Message"][0]})
    answer = models["Response"][message]  # type: ignore[index] # a generic one
    yield "an answer", outcome(answer, {"ok": True, "result": samples["Message"][0]})
    yield "a list", readable(TypeAdapter(list[update]).validate_python([samples["Update"][0]]))  # type: ignore[valid-type] # known only here


def behaviour(model: type[BaseModel], samples: list[Any]) -> Iterator[object]:
    """What a model makes of good and wrong samples, and the fields it knows."""
    for given in (*samples, {}, dict.fromkeys(model.model_fields, object), "x"):
        yield outcome(model, given)
    yield [readable(one) for one in model.model_fields.items()]


def outcome(model: type[BaseModel], given: object) -> list[Any]:
    """The model that came of it and its dump, or what was wrong."""
    try:
        made = model.model_validate(given)
    except ValidationError as error:
        return [
            "wrong",
            error.errors(include_url=False, include_context=False, include_input=False),
        ]
    return ["right", readable(made), readable(made.model_dump(warnings=False))]


def readable(thing: object) -> str:
    """What a thing is, but for where it lies in memory."""
    first, *rest = repr(thing).split(" at 0x")
    return first + "".join(part.partition(">")[2] for part in rest)


def whole(model: type[BaseModel]) -> list[dict[str, object]]:
    """Two samples of a model: with all fields, and with those that must be there."""
    return [fields(model, 0), fields(model, _DEEPEST)]


def fields(model: type[BaseModel], depth: int) -> dict[str, object]:
    """A sample of a model, as plain values."""
    return {
        name: sample(field.annotation, depth + 1)
        for name, field in model.model_fields.items()
        if depth < _DEEPEST or field.is_required() or get_origin(field.annotation) is Literal
    }


def sample(annotation: Any, depth: int) -> object:  # noqa: ANN401 any type
    """Something that a field of this type takes."""
    if annotation in _PLAIN:
        return _PLAIN[annotation]
    if isinstance(annotation, TypeVar):
        return "any"
    parts = get_args(annotation)
    if parts:
        return composed(get_origin(annotation), parts, depth)
    if hasattr(annotation, "__value__"):  # the name of a longer type
        return sample(annotation.__value__, depth)
    if issubclass(annotation, Enum):
        return next(iter(annotation)).value
    return fields(annotation, depth) if issubclass(annotation, BaseModel) else {_FILE: "x.txt"}


def composed(origin: object, parts: tuple[Any, ...], depth: int) -> object:
    """The same for a type that is made of others."""
    if origin is Literal:
        return parts[0].value if isinstance(parts[0], Enum) else parts[0]
    if origin is list:
        return [sample(parts[0], depth)]
    if origin is dict:
        return {"x": sample(parts[1], depth)}
    if origin in {Union, types.UnionType}:
        return sample(next(one for one in parts if one is not types.NoneType), depth)
    return sample(parts[0], depth)  # one with annotations


def with_files(read: dict[str, Any]) -> object:
    """What stood in the samples for a file, as one."""
    if set(read) != {_FILE}:
        return read
    return importlib.import_module("aiogram.types").BufferedInputFile(b"x", read[_FILE])


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
