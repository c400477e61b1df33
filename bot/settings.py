"""The bot's settings; their names are part of the interface, and a real start checks them all."""

import re
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import SettingsConfigDict

from bot.dialogue.world import Service
from common.runtime import settings
from common.runtime.addresses import LOOPBACK, Proxies
from common.runtime.credentials import SHORTEST, KeyRing, Token, is_placeholder
from common.runtime.vault import Vault

TELEGRAM_TOKEN = re.compile(r"[0-9]+:[\w-]+", re.ASCII)

# What a demonstration says in place of the facts a real service must give. The number is one of
# those that Ofcom keeps for drama, so that nobody is rung up by it.
DEMONSTRATION = {
    "service_phone": "020 7946 0123",
    "service_email": "hello@doorway.example",
    "controller": "Doorway demonstration (not a real service)",
    "data_protection_officer": "privacy@doorway.example",
}
# Telegram's own rule for the secret (https://core.telegram.org/bots/api#setwebhook).
WebhookSecret = Annotated[SecretStr, Field(min_length=SHORTEST, max_length=256)]
Address = Annotated[str, Field(pattern=r"^https?://[^\s/]+.*$")]


class BotSettings(settings.Settings):
    """Everything that can be set, from `BOT_…`, `BOT_…_FILE` or `var/secrets/BOT_…`.

    A channel without its token is off. Whoever the service is (`BOT_CONTROLLER` and the like)
    has no default: only a demonstration (`BOT_DEMO`) may do without.
    """

    model_config = SettingsConfigDict(env_prefix="BOT_")

    database_url: str = "sqlite:///var/bot.sqlite3"
    directory_file: Path = Path("var/directory.json")
    intake_url: Address = "http://127.0.0.1:8000"
    intake_token: Token
    encryption_keys: KeyRing
    telegram_token: SecretStr | None = None
    telegram_api_url: str = ""
    telegram_webhook_url: str = ""
    telegram_webhook_secret: WebhookSecret | None = None
    host: str = "127.0.0.1"
    webchat_port: Annotated[int, Field(ge=0, le=65535)] = 8080
    trusted_proxies: Proxies = LOOPBACK
    metrics_token: Token | None = None
    public_url: Address = "http://127.0.0.1:8080"
    exit_url: Address | Literal[""] = ""  # where "Leave this page quickly" leads; our own else
    demo: bool = False
    service_phone: str = ""
    service_email: str = ""
    controller: str = ""
    data_protection_officer: str = ""
    privacy_page: str = ""
    remind_after_days: Annotated[int, Field(ge=1, le=6)] = 1
    expire_after_days: Annotated[int, Field(ge=2, le=7)] = 7  # what waits is kept no longer

    @property
    def vault(self) -> Vault:
        """The ring of keys."""
        return Vault.parse(self.encryption_keys.get_secret_value())

    @property
    def publication_file(self) -> Path:
        """Where the last good publication is kept: beside the directory."""
        return self.directory_file.with_name("publication.json")

    @property
    def clip_folder(self) -> Path:
        """Where the spoken clips are kept: beside the directory."""
        return self.directory_file.with_name("clips")

    @property
    def https(self) -> bool:
        """Whether people reach us over https."""
        return self.public_url.startswith("https://")

    @property
    def metrics_token_value(self) -> str:
        """What whoever looks at /metrics must bring; empty when only this machine may."""
        return self.metrics_token.get_secret_value() if self.metrics_token else ""

    @property
    def token(self) -> str:
        """The bearer token for the intake."""
        return self.intake_token.get_secret_value()

    @field_validator("telegram_token")
    @classmethod
    def _a_token_of_telegram(cls, token: SecretStr | None) -> SecretStr | None:
        if token is not None and not TELEGRAM_TOKEN.fullmatch(token.get_secret_value()):
            raise ValueError("it has not the form 123456:letters that @BotFather gives")
        return token

    @model_validator(mode="after")
    def _webhook_with_its_secret(self) -> Self:
        if self.telegram_webhook_url and self.telegram_webhook_secret is None:
            raise ValueError("BOT_TELEGRAM_WEBHOOK_URL needs BOT_TELEGRAM_WEBHOOK_SECRET beside it")
        return self

    @model_validator(mode="after")
    def _somebody_is_responsible(self) -> Self:
        missing = [name for name in DEMONSTRATION if _is_unsaid(getattr(self, name))]
        if missing and not self.demo:
            named = ", ".join(f"BOT_{name.upper()}" for name in missing)
            raise ValueError(f"Say who runs this service: {named} (or set BOT_DEMO=true).")
        return self

    @property
    def service(self) -> Service:
        """Who the service is; a demonstration says that it is one."""
        return Service(
            phone=self._fact("service_phone"),
            email=self._fact("service_email"),
            controller=self._fact("controller"),
            data_protection_officer=self._fact("data_protection_officer"),
            privacy_page=self.privacy_page or f"{self.public_url}/privacy",
        )

    def _fact(self, name: str) -> str:
        return getattr(self, name) or DEMONSTRATION[name]


def _is_unsaid(fact: str) -> bool:
    """Left out, or left as the template's own words: nobody can be rung at `change-me`."""
    return not fact.strip() or is_placeholder(fact)
