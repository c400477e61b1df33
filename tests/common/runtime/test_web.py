"""Headers, size limits, forged requests and errors, at the edge of every HTTP application."""

import encodings.aliases
from collections.abc import AsyncIterator

import httpx2
import pytest
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.types import Message, Scope

from common.runtime.web import (
    BodyLimit,
    SecurityHeaders,
    cookie_name,
    csrf_token,
    csrf_valid,
    form_texts,
    from_elsewhere,
    nonce,
    problem,
)


async def echo(request: Request) -> PlainTextResponse:
    size = len(await request.body())
    return PlainTextResponse(f"{size} {nonce(request)}", headers={"x-frame-options": "DENY"})


async def cached(_: Request) -> PlainTextResponse:
    return PlainTextResponse("", headers={"cache-control": "max-age=60"})


def client(*, https: bool = True) -> httpx2.AsyncClient:
    app = Starlette(routes=[Route("/", echo, methods=["GET", "POST"]), Route("/cached", cached)])
    guarded = SecurityHeaders(BodyLimit(app, limit=10), https=https)
    return httpx2.AsyncClient(transport=httpx2.ASGITransport(guarded), base_url="https://x")


async def test_every_answer_keeps_to_itself() -> None:
    async with client() as http:
        answer = await http.get("/")
    policy = answer.headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "same-origin"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["cross-origin-opener-policy"] == "same-origin"
    assert "camera=()" in answer.headers["permissions-policy"]
    assert "max-age" in answer.headers["strict-transport-security"]


async def test_each_answer_has_its_own_nonce_and_the_page_knows_it() -> None:
    async with client() as http:
        first, second = await http.get("/"), await http.get("/")
    own = first.text.split()[1]
    assert f"script-src 'self' 'nonce-{own}'" in first.headers["content-security-policy"]
    assert own not in second.headers["content-security-policy"]


async def test_a_header_that_the_page_sets_itself_stays() -> None:
    async with client(https=False) as http:
        answer = await http.get("/cached")
    assert answer.headers["cache-control"] == "max-age=60"
    assert "strict-transport-security" not in answer.headers


async def chunks() -> AsyncIterator[bytes]:
    for _ in range(3):
        yield b"four"


async def test_a_body_within_the_limit_arrives_whole() -> None:
    async with client() as http:
        answer = await http.post("/", content=b"x" * 10)
    assert answer.text.startswith("10 ")


@pytest.mark.parametrize("content", [b"x" * 11, chunks()])
async def test_a_body_over_the_limit_is_refused(content: bytes | AsyncIterator[bytes]) -> None:
    async with client() as http:
        answer = await http.post("/", content=content)
    assert answer.status_code == 413
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["title"] == "Too large"


@pytest.mark.parametrize(("length", "status"), [("9" * 5000, 413), ("²", 200), ("-1", 200)])
async def test_a_strange_declared_length_does_no_harm(length: str, status: int) -> None:
    async with client() as http:
        headers = [(b"content-length", length.encode("latin-1"))]
        answer = await http.post("/", content=b"x", headers=headers)
    assert answer.status_code == status


async def test_half_a_body_is_acted_on_by_nobody() -> None:
    messages: list[Message] = [
        {"type": "http.request", "body": b"hal", "more_body": True},
        {"type": "http.disconnect"},
    ]
    called: list[str] = []

    async def app(*_: object) -> None:
        called.append("app")

    async def receive() -> Message:
        return messages.pop(0)

    async def send(_: Message) -> None:
        called.append("send")

    scope = {"type": "http", "method": "POST", "headers": []}
    await BodyLimit(app)(scope, receive, send)
    assert called == []


async def test_other_than_http_passes_untouched() -> None:
    seen: list[str] = []

    async def app(scope: Scope, *_: object) -> None:
        seen.append(scope["type"])

    async def receive() -> Message:
        return {}

    async def send(_: Message) -> None:
        return

    await SecurityHeaders(BodyLimit(app), https=True)({"type": "lifespan"}, receive, send)
    assert seen == ["lifespan"]


def test_a_problem_names_the_field() -> None:
    answer = problem(422, "Not valid", "See errors.", errors=[{"field": "phone", "wrong": "form"}])
    assert answer.status_code == 422
    assert b'"errors":[{"field":"phone","wrong":"form"}]' in bytes(answer.body)
    assert b"detail" not in bytes(problem(404, "Not found").body)


def test_a_forms_token_belongs_to_one_visitor() -> None:
    token = csrf_token("secret of one")
    assert csrf_valid("secret of one", token)
    assert not csrf_valid("secret of another", token)
    assert not csrf_valid("secret of one", "")
    assert not csrf_valid("secret of one", "ü")
    assert not csrf_valid("", csrf_token(""))


@pytest.mark.parametrize(
    ("headers", "elsewhere"),
    [
        ({"sec-fetch-site": "same-origin"}, False),
        ({"sec-fetch-site": "none"}, False),
        ({"sec-fetch-site": "cross-site"}, True),
        ({"sec-fetch-site": "same-site", "origin": "https://x"}, True),
        ({"origin": "https://x"}, False),
        ({"origin": "https://y"}, True),
        ({"origin": "null"}, True),
        ({}, False),
    ],
)
def test_a_browser_tells_when_another_site_asks(
    headers: dict[str, str], *, elsewhere: bool
) -> None:
    assert from_elsewhere(Headers(headers), "https://x") is elsewhere


def test_a_cookie_is_bound_to_its_host_over_https() -> None:
    assert cookie_name("staff", https=True) == "__Host-staff"
    assert cookie_name("staff", https=False) == "staff"


CODECS = sorted({*encodings.aliases.aliases.values(), "undefined", "unicode_escape", "none such"})


@pytest.mark.parametrize("codec", CODECS)
async def test_whatever_a_form_says_it_is_written_in_it_is_read_or_refused(codec: str) -> None:
    async def receive() -> Message:
        part = 'Content-Disposition: form-data; name="text"'
        texts = (b"hello", b"\\ud800", b"\xff\xfe", b"xn--\xff", b"." * 70)
        body = b"".join(b"--x\r\n%b\r\n\r\n%b\r\n" % (part.encode(), one) for one in texts)
        return {"type": "http.request", "body": body + b"--x--"}

    kind = f"multipart/form-data; boundary=x; charset={codec}"
    headers = [(b"content-type", kind.encode())]
    request = Request({"type": "http", "method": "POST", "headers": headers}, receive)
    try:
        texts = await form_texts(request)
    except HTTPException as refusal:
        status, texts = refusal.status_code, {}
    else:
        status = 200
    assert status in {200, 400}
    assert all(one.encode() for one in texts.values())
