"""The api's settings; their names are part of the interface, and a real start checks them all."""

import base64
import binascii
import re
from typing import Annotated, Self

from pydantic import AfterValidator, Field, SecretStr, field_validator, model_validator
from pydantic_settings import SettingsConfigDict

from api.domain.keep import Keep
from common.runtime import settings
from common.runtime.addresses import LOOPBACK, Proxies
from common.runtime.credentials import KeyRing, Token, Tokens, tokens_of, wrong
from common.runtime.vault import Vault

TELEGRAM_TOKEN = re.compile(r"[0-9]+:[\w-]+", re.ASCII)
# Another house is spoken to over https alone; one on this machine may do without.
OVER_TLS = r"^(https://|http://(localhost|127\.0\.0\.1)[:/]).+$"


def _base32(secret: SecretStr) -> SecretStr:
    try:
        base64.b32decode(secret.get_secret_value())
    except binascii.Error:
        raise wrong("a secret for an authenticator app is written in base32") from None
    return secret


class ApiSettings(settings.Settings):
    """Everything that can be set, from `API_…`, `API_…_FILE` or `var/secrets/API_…`."""

    model_config = SettingsConfigDict(env_prefix="API_")

    database_url: str = "sqlite:///var/api.sqlite3"
    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535)] = 8000
    trusted_proxies: Proxies = LOOPBACK
    public_url: Annotated[str, Field(pattern=r"^https?://[^\s/]+.*$")] = "http://127.0.0.1:8000"
    chat_url: Annotated[str, Field(pattern=r"^https?://[^\s/]+.*$")] = "http://127.0.0.1:8080"
    intake_tokens: Tokens
    encryption_keys: KeyRing
    smtp_url: SecretStr | None = None
    mail_from: str = "Doorway <doorway@example.org>"
    staff_telegram_token: SecretStr | None = None
    staff_telegram_api_url: str = ""
    contact_working_days: Annotated[int, Field(ge=1, le=60)] = 5
    interpreting_phone: Annotated[str, Field(max_length=40)] = ""
    demo_password: SecretStr | None = None
    demo_totp_secret: Annotated[SecretStr, AfterValidator(_base32)] | None = None
    oidc_issuer: Annotated[str, Field(pattern=OVER_TLS)] | None = None
    oidc_client_id: str = ""
    oidc_client_secret: SecretStr | None = None
    oidc_label: str = "your organisation's account"
    oidc_acr_values: str = ""
    oidc_proof: Annotated[str, Field(pattern=r"^([a-z_]+=[^=,]+(,[a-z_]+=[^=,]+)*)?$")] = ""
    oidc_trusts_email: bool = False
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

    @field_validator("staff_telegram_token")
    @classmethod
    def _a_token_of_telegram(cls, token: SecretStr | None) -> SecretStr | None:
        if token is not None and not TELEGRAM_TOKEN.fullmatch(token.get_secret_value()):
            raise wrong("it is not of the form 123456:letters, as Telegram gives it")
        return token

    @property
    def proof(self) -> tuple[tuple[str, str], ...]:
        """Claims by which another house proves that it has seen two factors, and their values."""
        pairs = (one.partition("=") for one in self.oidc_proof.split(",") if one)
        return tuple((name, value) for name, _, value in pairs)

    @model_validator(mode="after")
    def _organisation_whole(self) -> Self:
        known = self.oidc_client_id and self.oidc_client_secret
        if self.oidc_issuer is not None and not known:
            raise wrong("API_OIDC_ISSUER needs API_OIDC_CLIENT_ID and API_OIDC_CLIENT_SECRET")
        return self

    @model_validator(mode="after")
    def _no_demonstration_in_public(self) -> Self:
        if (self.demo_password or self.demo_totp_secret) and self.https:
            raise wrong("API_DEMO_PASSWORD is for a demonstration, not for an https address")
        return self
