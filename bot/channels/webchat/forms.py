"""What a form of the page carries, read with care: names, lengths, and nothing else."""

import hashlib
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from starlette.requests import Request

from common.runtime.web import form_texts

_UPDATE = re.compile(r"[A-Za-z0-9.-]{1,64}")
_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{0,64}")  # what Telegram allows in a link, too
_SHORT = re.compile(r"[\w.=-]{0,64}")


@dataclass(frozen=True, slots=True)
class Form:
    """One thing done on the page: a `press` (a button's data), a `command` or a `text`.

    `update` is new with each thing done, so that the same form sent twice counts once. `start`
    is there when the page was a newcomer's: the talk begins with it.
    """

    token: str = ""
    update: str = ""
    question: str = ""
    press: str = ""
    command: str = ""
    text: str = ""
    start: str | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing was said by it."""
        return not (self.press or self.command or self.text.strip())

    @property
    def name(self) -> str:
        """What this one thing done is known by.

        Two buttons of one page are two things, and so is a text that was changed and sent again
        while the page still waited for the first answer.
        """
        done = f"{self.update}\n{self.press}\n{self.command}\n{self.text}"
        return hashlib.sha256(done.encode()).hexdigest()[:24]


async def posted(request: Request) -> Form:
    """Read the form; whatever does not look like ours is left out."""
    fields = await form_texts(request)
    start = fields.get("start")
    return Form(
        token=fields.get("token", ""),
        update=_shaped(_UPDATE, fields, "update") or secrets.token_hex(12),
        question=_shaped(_SHORT, fields, "question"),
        press=_shaped(_SHORT, fields, "press"),
        command=_shaped(_SHORT, fields, "command"),
        text=fields.get("text", "").replace("\r\n", "\n"),  # browsers send two for a line break
        start=None if start is None else payload(start),
    )


def payload(start: str) -> str:
    """A poster's payload such as `bn-F84122`; empty when it is none."""
    return start if _PAYLOAD.fullmatch(start) else ""


def _shaped(shape: re.Pattern[str], fields: Mapping[str, str], name: str) -> str:
    value = fields.get(name, "")
    return value if shape.fullmatch(value) else ""
