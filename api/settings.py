"""The api's settings; their names are part of the interface, and a real start checks them all."""

from typing import Annotated

from pydantic import Field, SecretStr, field_validator
from pydantic_core import PydanticCustomError
from pydantic_settings import SettingsConfigDict

from common.runtime import settings
from common.runtime.vault import KeyRingError, Vault

SHORTEST_TOKEN = 16
PLACEHOLDERS = ("change", "placeholder", "example", "your-")


class ApiSettings(settings.Settings):
    """Everything that can be set, from `API_…`, `API_…_FILE` or `var/secrets/API_…`."""

    model_config = SettingsConfigDict(env_prefix="API_")

    database_url: str = "sqlite:///var/api.sqlite3"
    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535)] = 8000
    public_url: Annotated[str, Field(pattern=r"^https?://[^\s/]+.*$")] = "http://127.0.0.1:8000"
    intake_tokens: SecretStr
    encryption_keys: SecretStr
    smtp_url: SecretStr | None = None
    mail_from: str = "Doorway <doorway@example.org>"
    contact_working_days: Annotated[int, Field(ge=1, le=60)] = 5
    demo_password: SecretStr | None = None

    @property
    def tokens(self) -> tuple[str, ...]:
        """The intake's tokens, of which any opens."""
        parts = self.intake_tokens.get_secret_value().split(",")
        return tuple(part.strip() for part in parts if part.strip())

    @property
    def https(self) -> bool:
        """Whether people reach us over https."""
        return self.public_url.startswith("https://")

    @property
    def vault(self) -> Vault:
        """The ring of keys."""
        return Vault.parse(self.encryption_keys.get_secret_value())

    @field_validator("intake_tokens")
    @classmethod
    def _real_tokens(cls, tokens: SecretStr) -> SecretStr:
        parts = [part.strip() for part in tokens.get_secret_value().split(",") if part.strip()]
        if not parts or any(len(part) < SHORTEST_TOKEN for part in parts):
            raise _refusal(f"each token needs at least {SHORTEST_TOKEN} characters")
        if any(word in part.casefold() for part in parts for word in PLACEHOLDERS):
            raise _refusal("a placeholder is no token, make a random one")
        return tokens

    @field_validator("encryption_keys")
    @classmethod
    def _real_keys(cls, keys: SecretStr) -> SecretStr:
        try:
            Vault.parse(keys.get_secret_value())
        except KeyRingError as error:
            raise _refusal(str(error).rstrip(".")) from None
        return keys


def _refusal(sentence: str) -> PydanticCustomError:
    """An error whose text is the sentence alone; it is shown to the operator."""
    return PydanticCustomError("setting", "{sentence}", {"sentence": sentence})
