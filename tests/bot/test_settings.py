"""The bot's settings: a real start refuses what would go wrong later."""

from pathlib import Path

import pytest

from bot.settings import BotSettings
from common.runtime.settings import SettingsError
from common.runtime.vault import Vault
from tests.support.bot_settings import FACTS, GIVEN, bot_settings

TOKEN = "b1f0c2d3e4a5968778695a4b3c2d1e0f"
NEEDED = {"BOT_INTAKE_TOKEN": TOKEN, "BOT_ENCRYPTION_KEYS": Vault.new_key("k1")}


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """The variables that a start needs at least, and no others of ours."""
    for name in BotSettings.model_fields:
        monkeypatch.delenv(f"BOT_{name.upper()}", raising=False)
    for name, value in NEEDED.items():
        monkeypatch.setenv(name, value)
    return monkeypatch


def refusal(secrets: Path) -> str:
    with pytest.raises(SettingsError) as caught:
        BotSettings.load(secrets)
    return str(caught.value)


def test_a_demonstration_needs_only_its_secrets(
    environment: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    environment.setenv("BOT_DEMO", "true")
    settings = BotSettings.load(tmp_path)
    assert settings.token == TOKEN
    assert settings.service.controller == "Doorway demonstration (not a real service)"
    assert settings.service.privacy_page == "http://127.0.0.1:8080/privacy"
    assert not settings.https


def test_a_real_start_wants_to_know_who_is_responsible(
    environment: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    environment.setenv("BOT_CONTROLLER", "The Borough")
    said = refusal(tmp_path)
    assert "BOT_DATA_PROTECTION_OFFICER" in said
    assert "BOT_SERVICE_PHONE" in said
    assert "BOT_CONTROLLER" not in said


def test_a_placeholder_does_not_say_who_is_responsible(
    environment: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name, fact in FACTS.items():
        environment.setenv(f"BOT_{name.upper()}", fact)
    environment.setenv("BOT_SERVICE_EMAIL", "your-team@borough.gov.uk")
    said = refusal(tmp_path)
    assert "BOT_SERVICE_EMAIL" in said
    assert "your-team" not in said
    assert "BOT_CONTROLLER" not in said


def test_a_webhook_needs_its_secret(environment: pytest.MonkeyPatch, tmp_path: Path) -> None:
    environment.setenv("BOT_DEMO", "true")
    environment.setenv("BOT_TELEGRAM_WEBHOOK_URL", "https://bot.example")
    assert "BOT_TELEGRAM_WEBHOOK_SECRET" in refusal(tmp_path)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BOT_INTAKE_TOKEN", "short"),
        ("BOT_INTAKE_TOKEN", f"sha256:{'0' * 64}"),
        ("BOT_TRUSTED_PROXIES", "*"),
        ("BOT_INTAKE_TOKEN", "change-me-please-change-me"),
        ("BOT_ENCRYPTION_KEYS", "k1:nonsense"),
        ("BOT_INTAKE_URL", "ftp://api"),
        ("BOT_TELEGRAM_WEBHOOK_SECRET", "short"),
        ("BOT_TELEGRAM_TOKEN", "nonsense-token"),
    ],
)
def test_what_cannot_be_used_is_named_and_not_repeated(
    environment: pytest.MonkeyPatch, tmp_path: Path, name: str, value: str
) -> None:
    environment.setenv("BOT_DEMO", "true")
    environment.setenv(name, value)
    said = refusal(tmp_path)
    assert name in said
    assert value not in said


def test_a_missing_secret_is_named(environment: pytest.MonkeyPatch, tmp_path: Path) -> None:
    environment.delenv("BOT_INTAKE_TOKEN")
    assert "BOT_INTAKE_TOKEN is not set" in refusal(tmp_path)


def test_secrets_are_found_where_the_first_start_puts_them(
    environment: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    environment.delenv("BOT_INTAKE_TOKEN")
    environment.setenv("BOT_DEMO", "true")
    (tmp_path / "BOT_INTAKE_TOKEN").write_text(f"{TOKEN}\n")
    assert BotSettings.load(tmp_path).token == TOKEN


def test_a_real_service_speaks_for_itself(tmp_path: Path) -> None:
    settings = bot_settings(tmp_path, public_url="https://doorway.borough.gov.uk")
    assert settings.service.phone == FACTS["service_phone"]
    assert settings.service.privacy_page == "https://doorway.borough.gov.uk/privacy"
    assert settings.https


def test_no_secret_shows_when_settings_are_printed(tmp_path: Path) -> None:
    shown = repr(bot_settings(tmp_path, telegram_token="42:TEST-token-of-telegram"))
    for secret in (GIVEN["intake_token"], GIVEN["encryption_keys"], "TEST-token-of-telegram"):
        assert secret not in shown
