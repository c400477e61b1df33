"""The commands as an operator gives them, for both sides alike."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

import api.__main__ as api_commands
import bot.__main__ as bot_commands
from common.runtime.database import open_database
from common.runtime.keytable import unlocked
from common.runtime.vault import Vault
from tests.support.bot_settings import GIVEN
from tests.support.upkeep import api_holding, bot_holding

OLD, NEW = Vault.new_key("k1"), Vault.new_key("k2")
SIDES = {"bot": (bot_commands.cli, bot_holding), "api": (api_commands.cli, api_holding)}
Run = Callable[..., tuple[int, str]]


@pytest.fixture(params=SIDES)
def run(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Gives a command to one side and then to the other; its exit status and what it said."""
    cli, holding = SIDES[request.param]
    prefix = request.param.upper()
    monkeypatch.setenv("BOT_INTAKE_TOKEN", GIVEN["intake_token"])
    monkeypatch.setenv("API_INTAKE_TOKENS", GIVEN["intake_token"])
    monkeypatch.setenv("BOT_DEMO", "true")
    monkeypatch.chdir(tmp_path)

    def given(
        *words: str, keys: str = OLD, store: str = "a.sqlite3", start: bool = False
    ) -> tuple[int, str]:
        url = f"sqlite:///{tmp_path}/{store}"
        monkeypatch.setenv(f"{prefix}_DATABASE_URL", url)
        monkeypatch.setenv(f"{prefix}_ENCRYPTION_KEYS", keys)
        if start:  # once, as a process does
            database = open_database(url)
            kept = holding(url, keys)
            kept.migrations.upgrade(database)
            unlocked(database, kept.keys, kept.ring)
            asyncio.run(database.close())
        result = CliRunner().invoke(cli, list(words))
        assert result.exception is None or isinstance(result.exception, SystemExit)
        return result.exit_code, result.output

    return given


def test_keys_are_changed(run: Run) -> None:
    assert run("reseal", start=True)[0] == 0
    status, said = run("reseal", keys=f"{NEW},{OLD}")
    assert (status, "k1 seals nothing any more" in said) == (0, True)
    assert run("reseal", keys=NEW)[0] == 0
    status, said = run("reseal", keys=OLD)
    assert (status, "Put it back." in said) == (2, True)


def test_a_store_is_backed_up_and_restored(run: Run, tmp_path: Path) -> None:
    status, said = run("backup", "mine.backup", start=True)
    assert (status, "keys are not in it" in said) == (0, True)
    assert (tmp_path / "mine.backup").exists()
    status, said = run("restore", "mine.backup")
    assert (status, "nothing is overwritten" in said) == (2, True)
    assert run("restore", "mine.backup", store="b.sqlite3")[0] == 0
    assert run("reseal", store="b.sqlite3")[0] == 0


def test_jobs_are_shown_and_tried_again(run: Run) -> None:
    status, said = run("jobs", start=True)
    assert (status, said) == (0, "No job was given up.\nNo job waits.\n")
    assert run("jobs", "retry", "all") == (0, "Jobs that are tried again: 0.\n")
    status, said = run("jobs", "retry", "7")
    assert (status, said) == (2, "No job with the number 7 was given up.\n")


@pytest.mark.parametrize("words", [("reseal",), ("jobs",), ("jobs", "retry", "all")])
def test_a_store_that_was_never_started_is_said_to_be_missing(
    run: Run, tmp_path: Path, words: tuple[str, ...]
) -> None:
    status, said = run(*words)
    assert (status, said) == (2, f"There is no database at {tmp_path}/a.sqlite3 yet.\n")
    (tmp_path / "a.sqlite3").touch()
    status, said = run(*words)
    assert (status, "start it once" in said) == (2, True)
