"""Renders the talk: the whole page, and what of it has changed."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from jinja2 import (
    ChainableUndefined,
    ChoiceLoader,
    Environment,
    PackageLoader,
    select_autoescape,
)
from starlette.requests import Request
from starlette.responses import HTMLResponse

from bot.channels.webchat.bubbles import bubble, own_words
from bot.channels.webchat.says import says
from bot.channels.webchat.site import Visit
from bot.ports import OutgoingButton
from bot.talks import Line, Talk
from common.contract.languages import BY_CODE, Language
from common.runtime.assets import Assets, asset
from common.runtime.web import nonce

AWAY = "/away"
LONGEST = 4000  # characters of one message: about what Telegram takes, and two printed pages
STATIC = Assets(Path(__file__).parent / "static", "/chat-assets")

# What a browser may offer to fill in (WCAG 2.2, 1.3.5), and which keyboard a phone shows.
_PURPOSES: Mapping[str, tuple[str, str]] = {
    "name": ("name", "text"),
    "name_to_use": ("nickname", "text"),
    "postcode": ("postal-code", "text"),
    "date_of_birth": ("bday", "text"),
    "phone": ("tel", "tel"),
    "new_phone": ("tel", "tel"),
    "callme_phone": ("tel", "tel"),
}
_NO_PURPOSE = ("off", "text")
# These two stand in the page's own corners, or make no sense on a page that is open already.
_NOT_IN_MENU = frozenset({"start", "language", "urgent", "callme", "back"})

PAGES = Environment(
    loader=ChoiceLoader(
        [PackageLoader("bot.channels.webchat"), PackageLoader("nhsuk_frontend_jinja")]
    ),
    autoescape=select_autoescape(["html", "jinja"]),
    undefined=ChainableUndefined,  # what the NHS macros are written for
    auto_reload=False,  # new files must not meet the code that was started with the old ones
    trim_blocks=True,
    lstrip_blocks=True,
)


@dataclass(frozen=True, slots=True)
class Trouble:
    """What went wrong with a form, by the name of what the page says; `text` is kept.

    `wait` is for how many seconds it is better not to try again.
    """

    says: str = ""
    text: str = ""
    status: int = 422
    wait: int = 0

    @property
    def headers(self) -> Mapping[str, str]:
        """What a machine is told."""
        return {"Retry-After": str(self.wait)} if self.wait else {}


def talk_page(
    request: Request,
    visitor: Visit,
    talk: Talk,
    *,
    start: str | None = None,
    trouble: Trouble | None = None,
) -> HTMLResponse:
    """The whole page. `start` is a newcomer's payload: nothing of their talk is stored yet."""
    context = {
        **_around(visitor, talk),
        "talk": talk,
        "start": start,
        "trouble": trouble or Trouble(),
        "nonce": nonce(request),
        "again": "again" in request.query_params,
    }
    page = PAGES.get_template("page.html").render(context)
    return HTMLResponse(page, trouble.status, trouble.headers) if trouble else HTMLResponse(page)


def changes(visitor: Visit, talk: Talk, after: int) -> str:
    """What has changed since, as partials that htmx puts in their places."""
    context = {**_around(visitor, talk), "talk": talk, "after": after}
    return PAGES.get_template("changes.html").render(context)


def closed_page(request: Request, visitor: Visit) -> HTMLResponse:
    """A page that tells nothing, for whoever presses Back after somebody has left."""
    context = {"says": says(visitor.site.speech, visitor.hint), "language": _known(visitor.hint)}
    return HTMLResponse(
        PAGES.get_template("closed.html").render({**context, "nonce": nonce(request)})
    )


def language_of(visitor: Visit, talk: Talk) -> str:
    """The language the talk has come to."""
    spoken = (one.said.language for one in reversed(talk.lines) if one.said and one.said.language)
    return next(spoken, visitor.hint)


def _around(visitor: Visit, talk: Talk) -> dict[str, object]:
    code = language_of(visitor, talk)
    autocomplete, keyboard = _PURPOSES.get(_question(talk), _NO_PURPOSE)
    return {
        "site": visitor.site,
        "token": visitor.token,
        "says": says(visitor.site.speech, code),
        "language": _known(code),
        "menu": _menu(visitor, code),
        "autocomplete": autocomplete,
        "keyboard": keyboard,
        "longest": LONGEST,
        "latest": _latest(talk),
        "update": secrets.token_hex(12),
        "idle": not talk.asks,
        "begin": visitor.site.speech.commands(code)[0],
        "waiting": any(one.said is None and not one.place for one in talk.lines),
        "exit": visitor.site.exit_url or AWAY,
    }


def _known(code: str) -> Language:
    return BY_CODE[code]


def _is_everywhere(row: Sequence[OutgoingButton]) -> bool:
    """Whether these are the buttons that stand under every question."""
    return all(one.data.startswith("do=") for one in row)


def _named_language(button: OutgoingButton) -> str:
    """The tag of the language that a button names in that language's own script; else empty."""
    step, _, code = button.data.partition("=")
    return BY_CODE[code].bcp47 if step == "language" and code in BY_CODE else ""


def _tag(code: str) -> str:
    return BY_CODE[code].bcp47


def _direction(code: str) -> str:
    return BY_CODE[code].direction


def _latest(talk: Talk) -> str:
    """The name of Doorway's first line since the person's last: where reading goes on."""
    placed = [one for one in talk.lines if one.place]
    unanswered: list[Line] = []
    for one in placed:
        unanswered = [*unanswered, one] if one.said else []
    return unanswered[0].name if unanswered else (placed[-1].name if placed else "")


def _menu(visitor: Visit, code: str) -> list[OutgoingButton]:
    commands = visitor.site.speech.commands(code)
    return [one for one in commands if one.data not in _NOT_IN_MENU]


def _question(talk: Talk) -> str:
    asked = (one.said.question for one in reversed(talk.lines) if one.is_open and one.said)
    return next(asked, "")


def neutral_page() -> HTMLResponse:
    """Where somebody goes who had to leave quickly: nothing there is about them or us."""
    return HTMLResponse(PAGES.get_template("away.html").render())


def pressed_label(talk: Talk, data: str) -> str | None:
    """The label of an open button, to show as the person's own line.

    None when no such button is open, and for a toggle, which shows by itself that it is on.
    """
    for line in (one for one in talk.lines if one.is_open):
        for row in line.said.rows if line.said else ():
            for button in row:
                if button.data == data:
                    return None if button.toggle else button.label
    return None


PAGES.globals |= {
    "asset": asset,
    "static": STATIC.url,
    "bubble": bubble,
    "own_words": own_words,
    "tag": _tag,
    "direction": _direction,
    "is_everywhere": _is_everywhere,
    "named_language": _named_language,
}
