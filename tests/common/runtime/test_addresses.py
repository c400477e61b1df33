"""Whose a request is: the person's own address, and a proxy's word only where it is believed."""

import pytest
from pydantic import TypeAdapter, ValidationError
from starlette.requests import Request
from starlette.types import Receive, Scope, Send
from uvicorn import Config

from api.__main__ import serving as api_serving
from api.settings import ApiSettings
from bot.__main__ import serving as bot_serving
from common.runtime.addresses import LOOPBACK, Proxies, is_from_this_machine, network
from tests.support.bot_settings import GIVEN


def request(client: tuple[str, int] | None, **headers: str) -> Request:
    sent = [(name.encode(), value.encode()) for name, value in headers.items()]
    return Request({"type": "http", "client": client, "headers": sent})


@pytest.mark.parametrize(
    ("host", "counted"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        ("127.0.0.1", ""),
        ("::1", ""),
        ("::ffff:127.0.0.1", ""),
        ("testclient", ""),
        ("", ""),
    ],
)
def test_by_what_a_request_is_counted(host: str, counted: str) -> None:
    assert network(request((host, 1))) == counted


def test_a_request_from_nowhere_is_nobodys() -> None:
    assert network(request(None)) == ""
    assert not is_from_this_machine(request(None))


def test_a_proxy_on_this_machine_does_not_speak_for_this_machine() -> None:
    assert is_from_this_machine(request(("127.0.0.1", 1)))
    assert not is_from_this_machine(request(("127.0.0.1", 1), forwarded="for=192.0.2.1"))
    assert not is_from_this_machine(request(("127.0.0.1", 1), **{"x-forwarded-for": "127.0.0.1"}))
    assert not is_from_this_machine(request(("192.0.2.1", 1)))


@pytest.mark.parametrize("text", ["*", "0.0.0.0/0", "::/0", "proxy.example", "10.0.0.5,", ""])
def test_nobody_is_believed_by_accident(text: str) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(Proxies).validate_python(text)


@pytest.mark.parametrize("serving", [api_serving, bot_serving])
@pytest.mark.parametrize(
    ("trusted", "proxy", "forwarded", "found"),
    [
        (LOOPBACK, "127.0.0.1", "203.0.113.7", "203.0.113.7"),
        (LOOPBACK, "192.0.2.1", "203.0.113.7", "192.0.2.1"),
        ("10.0.0.0/8, 192.0.2.1", "192.0.2.1", "203.0.113.7", "203.0.113.7"),
        ("10.0.0.0/8, 192.0.2.1", "192.0.2.1", "198.51.100.1, 203.0.113.7", "203.0.113.7"),
        ("10.0.0.0/8, 192.0.2.1", "127.0.0.1", "203.0.113.7", ""),
    ],
)
async def test_a_proxy_is_believed_only_when_it_is_named(
    serving: object, trusted: str, proxy: str, forwarded: str, found: str
) -> None:
    seen: list[str] = []

    async def app(scope: Scope, _receive: Receive, _send: Send) -> None:
        seen.append(network(Request(scope)))

    assert callable(serving)
    settings = ApiSettings(
        intake_tokens=GIVEN["intake_token"],
        encryption_keys=GIVEN["encryption_keys"],
        trusted_proxies=trusted,
    )
    config = Config(app, **serving(settings))
    config.load()
    headers = [(b"x-forwarded-for", forwarded.encode())]
    scope = {"type": "http", "client": (proxy, 1), "headers": headers}
    await config.loaded_app(scope, None, None)
    assert seen == [found]
