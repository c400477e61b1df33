"""Makes the random secrets of a first start, each in a file that only its owner reads."""

import base64
import os
import secrets
from pathlib import Path

from common.runtime.credentials import HASHED, hashed, new_token
from common.runtime.vault import Vault

MOODS = ("calm", "bright", "gentle", "quiet", "brave", "kind", "warm", "merry", "patient", "sunny")
THINGS = ("river", "garden", "bridge", "market", "canal", "orchard", "lantern", "harbour", "meadow")


def make_missing(folder: Path) -> None:
    """Write what is missing of the secrets that both sides need; what is there stays."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    token = _token(folder)
    values = {
        "API_ENCRYPTION_KEYS": Vault.new_key("k1"),
        "BOT_ENCRYPTION_KEYS": Vault.new_key("k1"),
        "API_INTAKE_TOKENS": hashed(token),
        "BOT_INTAKE_TOKEN": token,
        "API_DEMO_PASSWORD": readable_password(),
        "API_DEMO_TOTP_SECRET": app_secret(),
        "BOT_TELEGRAM_WEBHOOK_SECRET": secrets.token_hex(32),
    }
    for name, value in values.items():
        _write_new(folder / name, value)


def _token(folder: Path) -> str:
    """The bot's token is one of the api's: what the api has in plain is the bot's as well."""
    known = [one.strip() for one in read(folder, "API_INTAKE_TOKENS").split(",")]
    plain = [one for one in known if one and not one.startswith(HASHED)]
    token = read(folder, "BOT_INTAKE_TOKEN") or next(iter(plain), "")
    if token or not any(known):
        return token or new_token()
    # Only hashes: the bot's own token is lost, so that a new one has to be let in beside them.
    token = new_token()
    (folder / "API_INTAKE_TOKENS").write_text(",".join([hashed(token), *known]), encoding="utf-8")
    return token


def read(folder: Path, name: str) -> str:
    """The secret of this name, empty when there is none."""
    try:
        return (folder / name).read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return ""


def readable_password() -> str:
    """A password for a demonstration on loopback, made to be typed: `calm-river-42`."""
    return f"{secrets.choice(MOODS)}-{secrets.choice(THINGS)}-{secrets.randbelow(90) + 10}"


def app_secret() -> str:
    """A secret for an authenticator app: 160 random bits in base32, as apps take them."""
    return base64.b32encode(secrets.token_bytes(20)).decode()


def _write_new(path: Path, value: str) -> None:
    try:
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(f"{value}\n")
