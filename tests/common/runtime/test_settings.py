"""Settings come from the environment, then files; errors name the variable, never the value."""

from pathlib import Path

import pytest
from pydantic import SecretStr
from pydantic_settings import SettingsConfigDict

from common.runtime.settings import Settings, SettingsError


class Example(Settings):
    """Settings of a side that does not exist."""

    model_config = SettingsConfigDict(env_prefix="X_")

    token: SecretStr
    port: int = 8000
    names: tuple[str, ...] = ()


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("X_TOKEN", "X_TOKEN_FILE", "X_PORT", "X_PORT_FILE", "X_NAMES"):
        monkeypatch.delenv(name, raising=False)


def test_the_environment_wins_over_its_twin_and_that_over_the_secrets(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "X_TOKEN").write_text("from secrets\n")
    assert Example.load(tmp_path).token.get_secret_value() == "from secrets"
    (tmp_path / "twin").write_text("from twin\n")
    monkeypatch.setenv("X_TOKEN_FILE", str(tmp_path / "twin"))
    assert Example.load(tmp_path).token.get_secret_value() == "from twin"
    monkeypatch.setenv("X_TOKEN", "from environment")
    assert Example.load(tmp_path).token.get_secret_value() == "from environment"


def test_what_is_not_ours_is_ignored_and_empty_is_not_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("X_TOKEN", "t")
    monkeypatch.setenv("X_PORT", "")
    monkeypatch.setenv("X_STRANGE", "1")
    assert Example.load(tmp_path).port == 8000


def test_a_secret_does_not_print(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("X_TOKEN", "hush")
    assert "hush" not in repr(Example.load(tmp_path))


def test_a_missing_setting_says_its_name_and_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"X_TOKEN is not set\. Set it, or"):
        Example.load(tmp_path / "there is no such folder")


@pytest.mark.parametrize(("name", "value"), [("X_PORT", "hush"), ("X_NAMES", "{hush")])
def test_a_wrong_setting_is_named_but_not_quoted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv("X_TOKEN", "t")
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as caught:
        Example.load(tmp_path)
    assert "hush" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_a_twin_that_cannot_be_read_is_an_error_not_a_default(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("X_TOKEN", "t")
    monkeypatch.setenv("X_PORT_FILE", str(tmp_path / "absent"))
    with pytest.raises(SettingsError, match="X_PORT_FILE names a file that cannot be read"):
        Example.load(tmp_path)
