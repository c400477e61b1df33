"""What a form carries: what has our own shape is taken, and whatever else comes does no harm."""

import string
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as some
from starlette.requests import Request
from starlette.types import Message

from bot.channels.webchat.forms import Form, payload, posted

FORM = "application/x-www-form-urlencoded"


async def form_of(body: bytes, content_type: str = FORM) -> Form:
    async def receive() -> Message:
        return {"type": "http.request", "body": body}

    headers = [(b"content-type", content_type.encode("latin-1"))]
    return await posted(Request({"type": "http", "method": "POST", "headers": headers}, receive))


async def given_fields(**fields: str) -> Form:
    return await form_of(urlencode(fields).encode())


async def test_a_button_is_read() -> None:
    form = await given_fields(
        token="t1", update="ab12.7", question="welcome", press="welcome=yes", start="bn-F84122"
    )
    assert form == Form("t1", "ab12.7", "welcome", press="welcome=yes", start="bn-F84122")
    assert not form.is_empty


async def test_a_text_keeps_every_character_of_its_own() -> None:
    form = await given_fields(text=" আমি &\r\n<b>\n\tbold\r ")
    assert form.text == " আমি &\n<b>\n\tbold\r "
    assert form.start is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("update", "../7"),
        ("update", "a" * 65),
        ("question", "name\n"),
        ("question", "na me"),
        ("press", "x" * 65),
        ("press", "a b=c"),
        ("command", "/help"),
        ("command", "<b>"),
    ],
)
async def test_what_has_not_its_shape_is_left_out(name: str, value: str) -> None:
    form = await given_fields(**{name: value})
    assert value not in (form.update, form.question, form.press, form.command)
    assert form.is_empty


@pytest.mark.parametrize("text", ["", "  ", "\r\n", "\u3000\n"])
async def test_nothing_said_is_nothing(text: str) -> None:
    assert (await given_fields(text=text)).is_empty


@pytest.mark.parametrize(
    ("start", "taken"),
    [
        ("bn-F84122", "bn-F84122"),
        ("", ""),
        ("a" * 64, "a" * 64),
        ("a" * 65, ""),
        ("bn F84122", ""),
        ("<script>", ""),
        ("bn\n", ""),
    ],
)
def test_a_payload_is_what_telegram_would_allow(start: str, taken: str) -> None:
    assert payload(start) == taken


def test_each_thing_done_has_its_own_name_and_the_same_form_the_same() -> None:
    page = [
        Form(update="u1", press="welcome=yes"),
        Form(update="u1", press="welcome=no"),
        Form(update="u1", command="help"),
        Form(update="u1", command="status"),
        Form(update="u1", text="first"),
        Form(update="u1", text="second"),
        Form(update="u2", text="first"),
    ]
    assert len({one.name for one in page}) == len(page)
    assert page[0].name == Form("token", "u1", "welcome", press="welcome=yes", start="").name


async def test_a_form_without_a_number_counts_as_a_new_one() -> None:
    names = {(await given_fields(text="yes")).name for _ in range(2)}
    assert len(names) == 2


async def test_half_a_surrogate_pair_can_be_kept_and_shown() -> None:
    part = b'--x\r\nContent-Disposition: form-data; name="%s"\r\n\r\n\\ud800\r\n'
    body = b"".join(part % name for name in (b"text", b"token", b"start")) + b"--x--\r\n"
    form = await form_of(body, "multipart/form-data; boundary=x; charset=unicode_escape")
    assert (form.text, form.token, form.start) == ("?", "?", "")


_names = some.sampled_from(["token", "update", "question", "press", "command", "text", "start"])
_own = frozenset(string.ascii_letters + string.digits + ".-")


@given(some.lists(some.tuples(_names | some.text(max_size=8), some.text(max_size=80)), max_size=12))
async def test_any_fields_make_a_form_that_can_be_stored(fields: list[tuple[str, str]]) -> None:
    form = await form_of(urlencode(fields, errors="surrogatepass").encode())
    assert form.update
    assert set(form.update) <= _own
    assert len(form.press) <= 64
    assert " " not in form.press + form.command + form.question
    assert form.start is None or payload(form.start) == form.start
    for text in (form.text, form.token):
        text.encode()


@given(some.binary(max_size=200))
async def test_any_bytes_make_a_form(body: bytes) -> None:
    assert len((await form_of(body)).name) == 24
