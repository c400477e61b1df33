"""A publication: all words of the conversation as coordinators have released them together."""

from datetime import date
from functools import cached_property

from pydantic import BaseModel, ConfigDict


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Message(_Value):
    """One message of one language: a text, or one for each plural form.

    `step` and `id` name it everywhere (gettext's context and id); `plural_id` is empty where it
    does not count anything. Placeholders are `%(name)s`.
    """

    step: str
    id: str
    plural_id: str = ""
    texts: tuple[str, ...]


class Wording(_Value):
    """One language's messages. `plural_forms` is gettext's own header, which chooses a form."""

    language: str
    plural_forms: str
    messages: tuple[Message, ...]


class Helpline(_Value):
    """A helpline that may be shown now: confirmed, or one of those that always are.

    After `expires_on` it may not, whatever was published last; without it, it always may.
    """

    key: str
    name: str
    contact: str
    expires_on: date | None = None


class HeardPhrase(_Value):
    """A phrase that is listened for: `tier` is urgent, check or harmless."""

    language: str
    tier: str
    text: str


class Clip(_Value):
    """A step spoken aloud in a language: Ogg Opus, found by the SHA-256 of its bytes."""

    language: str
    step: str
    sha256: str
    seconds: int


class Publication(_Value):
    """Everything that was released as `version`; its `etag` changes with its content."""

    version: int
    etag: str
    wordings: tuple[Wording, ...] = ()
    helplines: tuple[Helpline, ...] = ()
    phrases: tuple[HeardPhrase, ...] = ()
    clips: tuple[Clip, ...] = ()

    def helplines_on(self, day: date) -> tuple[Helpline, ...]:
        """The helplines that may be shown on this day."""
        lines = self.helplines
        return tuple(one for one in lines if one.expires_on is None or day <= one.expires_on)

    @cached_property
    def by_language(self) -> dict[str, Wording]:
        """The wordings by their language's code."""
        return {one.language: one for one in self.wordings}
