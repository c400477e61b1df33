"""A real start refuses what is missing or made up, in one clear sentence and without the value."""

from pathlib import Path

import pytest

from api.settings import ApiSettings
from common.runtime.settings import SettingsError
from common.runtime.vault import Vault

TOKEN = "b1f0c2d3e4a5968778695a4b3c2d1e0f"


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    monkeypatch.setenv("API_INTAKE_TOKENS", TOKEN)
    monkeypatch.setenv("API_ENCRYPTION_KEYS", Vault.new_key("k1"))
    return monkeypatch


@pytest.fixture
def nowhere(tmp_path: Path) -> Path:
    return tmp_path / "secrets"


@pytest.mark.usefixtures("environment")
def test_the_defaults(nowhere: Path) -> None:
    settings = ApiSettings.load(nowhere)
    assert settings.database_url == "sqlite:///var/api.sqlite3"
    assert (settings.host, settings.port) == ("127.0.0.1", 8000)
    assert settings.public_url == "http://127.0.0.1:8000"
    assert settings.contact_working_days == 5
    assert settings.tokens == (TOKEN,)
    assert not settings.https


def test_several_tokens_are_in_force(environment: pytest.MonkeyPatch, nowhere: Path) -> None:
    environment.setenv("API_INTAKE_TOKENS", f"{TOKEN}, {TOKEN[::-1]},")
    assert ApiSettings.load(nowhere).tokens == (TOKEN, TOKEN[::-1])


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("API_INTAKE_TOKENS", "short"),
        ("API_INTAKE_TOKENS", ","),
        ("API_INTAKE_TOKENS", "please-change-me-please"),
        ("API_INTAKE_TOKENS", f"{TOKEN},short"),
        ("API_INTAKE_TOKENS", "sha256:0123456789abcdef"),
        ("API_TRUSTED_PROXIES", "*"),
        ("API_ENCRYPTION_KEYS", "k1:c2hvcnQ="),
        ("API_PUBLIC_URL", "doorway.example"),
        ("API_CONTACT_WORKING_DAYS", "0"),
        ("API_PORT", "eighty"),
        ("API_DEMO_TOTP_SECRET", "no base32 at all"),
        ("API_OIDC_PROOF", "mfa"),
        ("API_STAFF_TELEGRAM_TOKEN", "letters-only"),
    ],
)
def test_what_cannot_be_used_is_named_and_not_shown(
    environment: pytest.MonkeyPatch, nowhere: Path, name: str, value: str
) -> None:
    environment.setenv(name, value)
    with pytest.raises(SettingsError) as refused:
        ApiSettings.load(nowhere)
    assert str(refused.value).startswith(f"{name} cannot be used: ")
    assert value not in str(refused.value).removeprefix(f"{name} ") or value == ","


@pytest.mark.parametrize("name", ["API_INTAKE_TOKENS", "API_ENCRYPTION_KEYS"])
def test_what_is_missing_is_named(
    environment: pytest.MonkeyPatch, nowhere: Path, name: str
) -> None:
    environment.delenv(name)
    with pytest.raises(SettingsError, match=f"{name} is not set"):
        ApiSettings.load(nowhere)


def test_no_demonstration_stands_open_to_the_world(
    environment: pytest.MonkeyPatch, nowhere: Path
) -> None:
    environment.setenv("API_DEMO_PASSWORD", "calm-river-42")
    assert ApiSettings.load(nowhere).demo_password is not None
    environment.setenv("API_PUBLIC_URL", "https://doorway.example")
    with pytest.raises(SettingsError, match="API_DEMO_PASSWORD is for a demonstration") as refused:
        ApiSettings.load(nowhere)
    assert "calm-river-42" not in str(refused.value)


def test_another_house_is_known_whole_or_not_at_all(
    environment: pytest.MonkeyPatch, nowhere: Path
) -> None:
    environment.setenv("API_OIDC_ISSUER", "https://cis2.example")
    with pytest.raises(SettingsError, match="API_OIDC_ISSUER needs API_OIDC_CLIENT_ID"):
        ApiSettings.load(nowhere)
    environment.setenv("API_OIDC_CLIENT_ID", "doorway")
    environment.setenv("API_OIDC_CLIENT_SECRET", "between-the-two")
    environment.setenv("API_OIDC_PROOF", "amr=mfa,id_assurance_level=3")
    settings = ApiSettings.load(nowhere)
    assert settings.proof == (("amr", "mfa"), ("id_assurance_level", "3"))
    environment.setenv("API_OIDC_PROOF", "")
    assert ApiSettings.load(nowhere).proof == ()


@pytest.mark.parametrize("issuer", ["http://cis2.example", "cis2.example", "ftp://127.0.0.1/"])
def test_another_house_is_spoken_to_over_https_alone(
    environment: pytest.MonkeyPatch, nowhere: Path, issuer: str
) -> None:
    environment.setenv("API_OIDC_ISSUER", issuer)
    with pytest.raises(SettingsError, match="API_OIDC_ISSUER cannot be used"):
        ApiSettings.load(nowhere)
