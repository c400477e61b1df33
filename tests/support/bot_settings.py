"""Settings of a bot for one test: nothing of the machine's own, a store in memory."""

from pathlib import Path
from typing import Any

from bot.settings import BotSettings
from common.runtime.vault import Vault

FACTS = {
    "service_phone": "020 7946 0999",
    "service_email": "team@borough.gov.uk",
    "controller": "The Borough",
    "data_protection_officer": "dpo@borough.gov.uk",
}
GIVEN: dict[str, Any] = {
    "database_url": "sqlite://",
    "intake_url": "http://api.example",
    "intake_token": "b1f0c2d3e4a5968778695a4b3c2d1e0f",
    "encryption_keys": Vault.new_key("k1"),
    **FACTS,
}


def bot_settings(folder: Path, **more: Any) -> BotSettings:  # noqa: ANN401 the fields' own types
    """Settings with these fields; the directory is kept in `folder`."""
    return BotSettings(**{**GIVEN, "directory_file": folder / "directory.json", **more})
