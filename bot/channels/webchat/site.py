"""What the pages stand on, and how a browser's visit is known again."""

import hashlib
import re
import secrets
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response

from bot.channels.webchat import SOURCE
from bot.channels.webchat.bells import Bells
from bot.channels.webchat.says import Speech
from bot.ports import Outgoing, Voices
from bot.talks import Talks
from bot.watch import Unwatched, Watch
from common.contract.languages import SOURCE_LANGUAGE
from common.runtime.clock import Clock
from common.runtime.pace import Pace
from common.runtime.web import cookie_name, csrf_token, csrf_valid, from_elsewhere

FirstWords = Callable[[str, str], Sequence[Outgoing]]
"""What Doorway says to a newcomer, by the browser's language and the poster's payload."""

SAY = "/say"

_SECRET = re.compile(r"[A-Za-z0-9_-]{43}")
_LEFT_FOR = timedelta(hours=1)
_MOST_LANGUAGES = 10


@dataclass(frozen=True, slots=True)
class Site:
    """Everything a request may need.

    `numbers` are the telephone numbers that Doorway names, to be made links. `patience` is how
    many seconds a page without JavaScript waits for its answer. `say` is where its forms lead.
    """

    talks: Talks
    wake: Callable[[str], None]
    clock: Clock
    speech: Speech
    first_words: FirstWords
    voices: Voices
    public_url: str
    numbers: Collection[str]
    keep: timedelta
    exit_url: str
    pace: Pace
    patience: float = 4.0
    watch: Watch = field(default_factory=Unwatched)
    bells: Bells = field(default_factory=Bells)
    say: str = SAY

    @property
    def is_preview(self) -> bool:
        """Whether these pages are a preview's: without scripts, and with no talk to leave."""
        return self.say != SAY

    @property
    def https(self) -> bool:
        """Whether people reach us over https."""
        return self.public_url.startswith("https://")

    @property
    def origin(self) -> str:
        """Where our own forms come from."""
        parts = urlsplit(self.public_url)
        return f"{parts.scheme}://{parts.netloc}"

    def cookie(self, name: str) -> str:
        """A cookie's full name."""
        return cookie_name(f"doorway_{name}", https=self.https)

    def remember(self, response: Response, name: str, value: str, age: timedelta) -> None:
        """Give the browser a cookie that scripts cannot read.

        Lax: a poster's link opened from another app must find the talk that was begun.
        """
        response.set_cookie(
            self.cookie(name),
            value,
            max_age=int(age.total_seconds()),
            httponly=True,
            samesite="lax",
            secure=self.https,
            path="/",
        )

    def forget(self, response: Response, name: str) -> None:
        """Have the browser forget a cookie."""
        response.delete_cookie(
            self.cookie(name), path="/", secure=self.https, httponly=True, samesite="lax"
        )


@dataclass(frozen=True, slots=True)
class Visit:
    """A browser's visit: `secret` is its cookie, new when it brought none."""

    site: Site
    secret: str
    known: bool
    hint: str
    left: bool

    @property
    def conversation(self) -> str:
        """The talk's name. The cookie cannot be found out from it."""
        return f"{SOURCE}:{hashlib.sha256(self.secret.encode()).hexdigest()}"

    @property
    def token(self) -> str:
        """What each form must carry."""
        return csrf_token(self.secret)

    def keep(self, response: Response) -> None:
        """Let the browser come back to this talk."""
        self.site.remember(response, "talk", self.secret, self.site.keep)


def visit(request: Request, site: Site) -> Visit:
    """Whose request this is."""
    secret = request.cookies.get(site.cookie("talk"), "")
    known = _SECRET.fullmatch(secret) is not None
    return Visit(
        site,
        secret if known else secrets.token_urlsafe(32),
        known,
        hint(request.headers.get("accept-language", ""), site.speech.languages),
        left=site.cookie("left") in request.cookies,
    )


def is_own_form(request: Request, visitor: Visit, token: str) -> bool:
    """Whether a form was filled in on a page of ours, in this very browser."""
    ours = visitor.known and not is_from_elsewhere(request, visitor)
    return ours and csrf_valid(visitor.secret, token)


def is_from_here(request: Request, visitor: Visit) -> bool:
    """Whether the browser says for certain that a page of ours made a known visitor send this."""
    return visitor.known and request.headers.get("sec-fetch-site") == "same-origin"


def is_from_elsewhere(request: Request, visitor: Visit) -> bool:
    """Whether the browser says that a page of another site made it send this."""
    return from_elsewhere(request.headers, visitor.site.origin)


def hint(accepted: str, languages: Collection[str]) -> str:
    """The first language of an Accept-Language header that there are words in.

    Its order stands for its preference, as browsers send it; `so` and `so-GB` are alike.
    """
    for one in accepted.split(",")[:_MOST_LANGUAGES]:
        code = one.partition(";")[0].strip().partition("-")[0].lower()
        if code in languages:
            return code
    return SOURCE_LANGUAGE


def mark_left(visitor: Visit, response: Response) -> None:
    """Close the chat on this device: its cookie goes, and for an hour Back shows nothing."""
    visitor.site.forget(response, "talk")
    visitor.site.remember(response, "left", "1", _LEFT_FOR)
