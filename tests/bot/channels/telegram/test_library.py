"""aiogram with its models unbuilt is the same aiogram, and nothing is left behind.

When one of these fails after an upgrade, aiogram or pydantic have changed what
`bot/channels/telegram/library.py` relies on; until that is put right `load` imports plainly.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[4]

FAMILIAR_BUT = """
from pydantic import BaseModel
class TelegramObject(BaseModel):
    model_config = {config}
"""


def python(*words: str, path: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """A fresh Python that was given these words and came to a good end."""
    done = subprocess.run(
        [sys.executable, *words],
        cwd=ROOT,
        env={"PYTHONPATH": f"{path}:{ROOT}"},
        capture_output=True,
        text=True,
        check=False,
        timeout=50,
    )
    assert done.returncode == 0, done.stderr
    return done


@pytest.fixture(scope="module")
def prints(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """What all models make of the samples, imported in both ways."""
    samples = str(tmp_path_factory.mktemp("aiogram") / "samples.json")
    found = {}
    for way in ("stock", "lazy"):
        lines = python("-m", "tests.support.aiogram_models", way, samples).stdout.splitlines()
        found[way] = dict(json.loads(line) for line in lines)
    return found


def test_every_type_and_method_does_the_same(prints: dict[str, dict[str, Any]]) -> None:
    stock, lazy = prints["stock"], prints["lazy"]
    assert list(stock) == list(lazy)
    assert [name for name in stock if stock[name] != lazy[name]] == []


def test_the_samples_are_such_as_the_models_take(prints: dict[str, dict[str, Any]]) -> None:
    models = {name: made for name, made in prints["stock"].items() if name[0].isupper()}
    assert {"Update", "Message", "SendMessage", "Response"} <= set(models)
    wrong = [name for name, (first, second, *_) in models.items() if "wrong" in first + second]
    assert wrong == ["ErrorEvent"]  # wants an exception


def test_nothing_is_built_and_nothing_left_behind() -> None:
    python(
        "-c",
        """
import sys
from pydantic import BaseModel
from bot.channels.telegram import library
before = [*sys.meta_path], dict(vars(BaseModel))
library.load_lazily()
from aiogram.methods.base import TelegramMethod
from aiogram.types import Message, Update
from aiogram.types.base import TelegramObject
assert ([*sys.meta_path], dict(vars(BaseModel))) == before
assert "model_rebuild" not in vars(TelegramObject)
assert not Update.__pydantic_complete__ and not Message.__pydantic_complete__
class Mine(TelegramMethod[bool]):
    __returning__, __api_method__ = bool, "mine"
    text: str
assert Mine(text="x").model_dump() == {"text": "x"}
""",
    )


def test_the_bot_imports_it_so(tmp_path: Path) -> None:
    python(
        "-c",
        f"""
import asyncio, sys
from pathlib import Path
from bot.ports import SendError
from bot.switchboard import telegram_name
from tests.support.bot_settings import bot_settings
assert "aiogram" not in sys.modules
telegram = dict(telegram_token="42:TEST", telegram_api_url="http://127.0.0.1:9")
try:
    asyncio.run(telegram_name(bot_settings(Path({str(tmp_path)!r}), **telegram)))
except SendError:
    pass
assert not sys.modules["aiogram"].types.Message.__pydantic_complete__
""",
    )


@pytest.mark.parametrize("config", ["{}", "{'defer_build': True}"])
def test_an_unfamiliar_aiogram_is_imported_as_it_wants_to_be(tmp_path: Path, config: str) -> None:
    for name, content in {
        "__init__.py": "from . import types",
        "types/__init__.py": "from .base import TelegramObject\nTelegramObject.model_rebuild()",
        "types/base.py": FAMILIAR_BUT.format(config=config),
    }.items():
        file = tmp_path / "aiogram" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content)
    said = python(
        "-c",
        """
from bot.channels.telegram import library
from common.runtime import logs
logs.configure(json=True)
library.load()
import aiogram
assert aiogram.types.TelegramObject.__pydantic_complete__
""",
        path=tmp_path,
    ).stderr
    assert "aiogram.imported_plainly" in said
    assert "UnfamiliarError" in said
