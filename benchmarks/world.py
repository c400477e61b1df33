"""What the dialogue stands on while it is measured: the real borough, the real words."""

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import httpx2
from pydantic import SecretStr

from api.persistence.postcodes import read_borough
from api.persistence.practice_file import read_practices
from bot.dialogue.world import Service, World
from bot.settings import BotSettings
from bot.translation import Translator
from common.contract.directory import Directory
from common.runtime.vault import Vault

LOCALES = Path(__file__).parents[1] / "locales"
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
SECRET = "0123456789abcdef0123456789abcdef"  # noqa: S105 nobody's
SERVICE = Service(
    phone="020 7946 0123",
    email="hello@doorway.example",
    controller="Doorway demonstration (not a real service)",
    data_protection_officer="privacy@doorway.example",
    privacy_page="http://127.0.0.1:8080/privacy",
)


@cache
def directory() -> Directory:
    """The practices and postcodes of the borough."""
    return Directory(version="1", practices=read_practices(), borough=read_borough())


@cache
def translator() -> Translator:
    """All catalogues."""
    return Translator.load(LOCALES)


@cache
def world() -> World:
    """What a turn may look at; the helplines do not matter on the way to the review."""
    return World(directory(), translator(), SERVICE)


def bot_settings(folder: Path, **more: Any) -> BotSettings:  # noqa: ANN401 the fields' own types
    """Settings of a demonstration whose files lie in this folder, the directory among them."""
    kept = folder / "directory.json"
    kept.write_text(directory().model_dump_json(), encoding="utf-8")
    return BotSettings(
        demo=True,
        database_url=f"sqlite:///{folder}/bot.sqlite3",
        directory_file=kept,
        intake_token=SecretStr(SECRET),
        encryption_keys=SecretStr(Vault.new_key("k1")),
        **more,
    )


def intake() -> httpx2.MockTransport:
    """An api inside the process, which has nothing new in its directory and takes referrals."""
    taken = {"reference": "TH-7K3M-9QE", "status": "received", "contact_within_working_days": 5}
    answers: Mapping[str, tuple[int, Any]] = {"/v1/directory": (304, None)}

    def answer(request: httpx2.Request) -> httpx2.Response:
        status, body = answers.get(request.url.path, (201, taken))
        return httpx2.Response(status, json=body) if body else httpx2.Response(status)

    return httpx2.MockTransport(answer)
