"""Whatever is typed, every parser reads it or refuses it in its own words, and in good time."""

from collections.abc import Callable, Mapping
from contextlib import suppress

import pytest
from hypothesis import given, settings
from starlette.datastructures import Headers

from api.staff.visit import own_page
from bot.channels.telegram import inbound as telegram
from bot.channels.telegram.split import plain, shortened, split
from bot.channels.webchat import inbound as webchat
from bot.channels.webchat.bubbles import bubble, own_words
from bot.channels.webchat.forms import payload
from bot.channels.webchat.site import hint
from bot.dialogue import reading
from bot.dialogue.effects import Say, words
from bot.ports import Outgoing
from bot.vocabulary import Shipped
from common.contract.identifiers import (
    PhoneNumber,
    Postcode,
    ReferralReference,
    UnreadableError,
    to_ascii_digits,
)
from common.contract.practices import search
from common.contract.spelling import hear, split_words
from common.listening.folding import fold
from common.runtime.credentials import is_placeholder
from common.runtime.vault import KeyRingError, Vault
from common.runtime.web import csrf_valid, from_elsewhere
from tests.support.outside import SIGNS, calls, texts
from tests.support.world import LOCALES, NOON, translator, world

Parser = Callable[[str], object]
LISTENER = Shipped.load(LOCALES).listener
LANGUAGES = ("en", "bn", "so", "ar")
MONTHS = {name: month for code in LANGUAGES for name, month in translator().months(code).items()}


def _whole(text: str) -> str:
    """As each channel hands it on: without halves of surrogate pairs."""
    return text.encode("utf-8", "replace").decode()


def _typed_on_telegram(text: str) -> object:
    message = {"message_id": 1, "chat": {"id": 1, "type": "private"}, "text": text}
    return telegram.read({"message": message})


def _headers(text: str) -> object:
    given = {"sec-fetch-site": text} if len(text) % 2 else {"origin": text}
    raw = [(name.encode(), value.encode("latin-1", "replace")) for name, value in given.items()]
    return from_elsewhere(Headers(raw=raw), "https://doorway.example")


PARSERS: Mapping[str, Parser] = {
    "digits": to_ascii_digits,
    "postcode": Postcode.parse,
    "all postcodes": Postcode.readings,
    "telephone": PhoneNumber.parse,
    "reference": ReferralReference.parse,
    "practice": lambda text: search(text, world().directory.practices),
    "words": lambda text: [hear(word) for word in split_words(text)],
    "label": reading.plain,
    "what was typed": reading.typed,
    "what can be seen": reading.visible,
    "date": lambda text: reading.read_date(text, MONTHS, NOON.date()),
    "folding": fold,
    "words of danger": LISTENER.signals,
    "Telegram's text": _typed_on_telegram,
    "Telegram's chat": telegram.chat_of,
    "the page's text": lambda text: webchat.read({"text": text}),
    "the page's button": lambda text: webchat.read({"press": text}),
    "a poster's link": payload,
    "Accept-Language": lambda text: hint(text, ("en", "bn")),
    "one's own words": own_words,
    "a bubble": lambda text: bubble(Outgoing("say", text, language="en"), {"999", "116 123"}),
    "a long message": lambda text: split(_whole(text), 100),
    "a message without tags": plain,
    "a notice": lambda text: shortened(_whole(text), 200),
    "words in a sentence": lambda text: translator().render(
        Say((words("phone", "heard", phone=text),)), "ar"
    ),
    "where to go on": own_page,
    "where a form came from": _headers,
    "a form's token": lambda text: csrf_valid("secret", _whole(text)),
    "encryption keys": Vault.parse,
    "a token": is_placeholder,
}
DOCUMENTED = (UnreadableError, KeyRingError)


@pytest.mark.parametrize("parser", PARSERS.values(), ids=PARSERS)
def test_any_text_is_read_or_refused(parser: Parser) -> None:
    @settings(max_examples=60)
    @given(texts)
    def read(text: str) -> None:
        told = ""
        try:
            parser(text)
        except DOCUMENTED as refusal:
            told = str(refusal)
        assert len(text) < 5 or text not in told

    read()


@pytest.mark.parametrize("parser", PARSERS.values(), ids=PARSERS)
def test_work_grows_no_faster_than_the_text(parser: Parser) -> None:
    def work(text: str) -> int:
        def read() -> None:
            with suppress(*DOCUMENTED):
                parser(text)

        return calls(read)

    for sign in SIGNS:
        work(sign)  # what is made only once
        short, long = (work(sign * (length // len(sign))) for length in (250, 2_000))
        assert long <= 9 * short + 1_000, f"{sign!r}: {short} calls, then {long}"
