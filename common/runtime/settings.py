"""The base of each side's settings: where values come from, and errors that say what to do."""

import os
from pathlib import Path
from typing import Any, Self

from pydantic import ValidationError
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict
from pydantic_settings.exceptions import SettingsError as SourceError

SECRETS = Path("var/secrets")


class SettingsError(Exception):
    """The settings cannot be used: names each variable and what to do, never a value."""


class Settings(BaseSettings):
    """Settings of one side. A subclass gives `env_prefix` and its fields.

    A field `smtp_url` under the prefix `API_` comes from the first of: the variable
    `API_SMTP_URL`, the file that `API_SMTP_URL_FILE` names, the file `var/secrets/API_SMTP_URL`,
    its default. An empty variable counts as not set. Secrets are to be typed `SecretStr`.
    """

    model_config = SettingsConfigDict(frozen=True, extra="ignore", env_ignore_empty=True)

    @classmethod
    def load(cls, secrets: Path = SECRETS) -> Self:
        """Read the settings.

        Raises:
            SettingsError: something is missing or wrong.
        """
        folder = secrets if secrets.is_dir() else None  # a missing one is no reason to warn
        try:
            return cls(_secrets_dir=folder)
        except ValidationError as error:
            sentences = [cls._sentence(one["loc"], one["type"], one["msg"]) for one in _each(error)]
        except SourceError:
            sentences = ["A setting that should be JSON is not."]
        # From None: the original error quotes the value.
        raise SettingsError("\n".join(sentences)) from None

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The order in which the sources are asked."""
        _ = dotenv_settings  # never read: a forgotten file would win over nobody knows what
        return init_settings, env_settings, _Twins(settings_cls), file_secret_settings

    @classmethod
    def _sentence(cls, place: tuple[int | str, ...], kind: str, message: str) -> str:
        if not place:
            return message
        name = _variable(cls, str(place[0]))
        if kind == "missing":
            return f"{name} is not set. Set it, or put its value into {SECRETS}/{name}."
        return f"{name} cannot be used: {message}."


class _Twins(PydanticBaseSettingsSource):
    """Reads `<NAME>_FILE`: the value stands in the file that it names."""

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:
        _ = field
        twin = f"{_variable(self.settings_cls, field_name)}_FILE"
        path = os.environ.get(twin)
        return (_content(twin, path) if path else None), field_name, False

    def __call__(self) -> dict[str, Any]:
        fields = self.settings_cls.model_fields
        values = {name: self.get_field_value(field, name)[0] for name, field in fields.items()}
        return {name: value for name, value in values.items() if value is not None}


def _content(twin: str, path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        raise SettingsError(f"{twin} names a file that cannot be read: {path}") from None


def _variable(settings: type[BaseSettings], field: str) -> str:
    return f"{settings.model_config.get('env_prefix', '')}{field}".upper()


def _each(error: ValidationError) -> list[Any]:
    return list(error.errors(include_url=False, include_context=False, include_input=False))
