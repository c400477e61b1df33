"""Makes of what was done on a page the rows for the inbox, and the person's own line."""

import hashlib
import secrets
from dataclasses import dataclass

from bot.channels.webchat import SOURCE
from bot.channels.webchat.forms import Form
from bot.channels.webchat.pages import language_of, pressed_label
from bot.channels.webchat.site import Visit
from bot.ports import Json, Received
from bot.talks import Line, Talk


@dataclass(frozen=True, slots=True)
class Arrived:
    """What is to be stored in one go."""

    received: tuple[Received, ...]
    mine: Line | None = None


def started(visitor: Visit, start: str) -> Arrived:
    """Somebody in the middle of a talk has followed a poster's link."""
    return Arrived((_received(visitor, secrets.token_hex(12), {"start": start}),))


def left(visitor: Visit) -> Arrived:
    """Somebody has left quickly."""
    # A new name each time: the cookie may have outlived the first time, and the talk gone on.
    return Arrived((_received(visitor, secrets.token_hex(12), {"left": True}),))


def said(visitor: Visit, form: Form, shown: Talk) -> Arrived:
    """A form was sent from a page that showed this talk."""
    text = _text(visitor, form, shown)
    body = {"update": form.name, "question": form.question, "hint": visitor.hint}
    if form.press:
        body["press"] = form.press
    elif form.command:
        body["command"] = form.command
    else:
        body["text"] = form.text
    received = [_received(visitor, form.name, body)]
    if form.start is not None:
        begun = {"start": form.start, "hint": visitor.hint}
        received.insert(0, _received(visitor, f"{form.name}:start", begun))
    return Arrived(tuple(received), Line(form.name, text) if text else None)


def _text(visitor: Visit, form: Form, shown: Talk) -> str:
    """What the person's own line says: the button's label, or what was typed."""
    if form.press:
        return pressed_label(shown, form.press) or ""
    if form.command:
        menu = visitor.site.speech.commands(language_of(visitor, shown))
        return next((one.label for one in menu if one.data == form.command), "")
    return form.text.strip()


def _received(visitor: Visit, update: str, body: Json) -> Received:
    # Unique among all talks, as a page's own numbers are not; and it stands in clear, where no
    # conversation is named.
    name = hashlib.sha256(f"{visitor.conversation}:{update}".encode()).hexdigest()
    return Received(SOURCE, name, visitor.conversation, body, visitor.site.clock())
