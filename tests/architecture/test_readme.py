"""What the README names is there: files, targets of make, and every setting that can be set."""

import re

import pytest

from api.settings import ApiSettings
from bot.settings import BotSettings
from tests.support.sources import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
# Files that somebody adding a language would make, or that a first start makes.
TO_COME = re.compile(r"locales/(so|\*)/|^var/|\.yaml$")


@pytest.mark.parametrize(("prefix", "settings"), [("BOT", BotSettings), ("API", ApiSettings)])
def test_every_setting_is_told(prefix: str, settings: type[BotSettings | ApiSettings]) -> None:
    there = {f"{prefix}_{name.upper()}" for name in settings.model_fields}
    assert set(re.findall(rf"\b{prefix}_[A-Z_]+", README)) == there


def test_every_file_that_is_named_is_there() -> None:
    named = set(re.findall(r"`?\b((?:common|bot|api|locales|docs|tests)/[\w./*-]*)", README))
    assert len(named) > 15
    assert [
        one for one in sorted(named) if not TO_COME.search(one) if not (ROOT / one).exists()
    ] == []


def test_every_target_of_make_that_is_named_is_there() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    named = set(re.findall(r"(?:`|^)make ([a-z]+)", README, re.MULTILINE))
    assert named >= {"run", "chat", "test"}
    assert [one for one in sorted(named) if f"\n{one}:" not in makefile] == []
