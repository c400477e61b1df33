"""The api's settings; their names are part of the interface, and a real start checks them all."""

from typing import Annotated, Self

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import SettingsConfigDict

from api.domain.keep import Keep
from common.runtime import settings
from common.runtime.addresses import LOOPBACK, Proxies
from common.runtime.credentials import KeyRing, Token, Tokens, tokens_of, wrong
from common.runtime.vault import Vault


class ApiSettings(settings.Settings):
    """Everything that can be set, from `API_…`, `API_…_FILE` or `var/secrets/API_…`."""

    model_config = SettingsConfigDict(env_prefix="API_")

    database_url: str = "sqlite:///var/api.sqlite3"
    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535)] = 8000
    trusted_proxies: Proxies = LOOPBACK
    public_url: Annotated[str, Field(pattern=r"^https?://[^\s/]+.*$")] = "http://127.0.0.1:8000"
    intake_tokens: Tokens
    encryption_keys: KeyRing
    smtp_url: SecretStr | None = None
    mail_from: str = "Doorway <doorway@example.org>"
    contact_working_days: Annotated[int, Field(ge=1, le=60)] = 5
    demo_password: SecretStr | None = None
    metrics_token: Token | None = None
    keep_closed_years: Annotated[int, Field(ge=1, le=100)] = 8
    keep_record_years: Annotated[int, Field(ge=1, le=100)] = 8
    keep_answers_days: Annotated[int, Field(ge=8, le=365)] = 30

    @property
    def keep(self) -> Keep:
        """How long each kind of data is kept."""
        return Keep(self.keep_closed_years, self.keep_record_years, self.keep_answers_days)

    @property
    def tokens(self) -> tuple[str, ...]:
        """The intake's tokens, of which any opens."""
        return tokens_of(self.intake_tokens)

    @property
    def metrics_token_value(self) -> str:
        """What whoever looks at /metrics must bring; empty when only this machine may."""
        return self.metrics_token.get_secret_value() if self.metrics_token else ""

    @property
    def https(self) -> bool:
        """Whether people reach us over https."""
        return self.public_url.startswith("https://")

    @property
    def vault(self) -> Vault:
        """The ring of keys."""
        return Vault.parse(self.encryption_keys.get_secret_value())

    @model_validator(mode="after")
    def _no_demonstration_in_public(self) -> Self:
        if self.demo_password is not None and self.https:
            raise wrong("API_DEMO_PASSWORD is for a demonstration, not for an https address")
        return self
