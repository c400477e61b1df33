"""Safety for everything that speaks HTTP: headers, size limits, forged requests, plain errors."""

import hashlib
import hmac
import secrets
from collections.abc import Callable, Mapping, Sequence

from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

Refusal = Callable[[Request], Response]

BODY_LIMIT = 256 * 1024  # bytes
MOST_FIELDS = 12  # of a form
LONGEST_LENGTH = 12  # digits of a declared length that are worth reading
_POLICY = (
    "default-src 'self'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'nonce-{nonce}'; "
    "img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors {framed_by}{frames}"
)
_FRAMED = b"x-doorway-framed-by"  # among ourselves: it never leaves the house
_HEADERS = {
    "x-content-type-options": "nosniff",
    # Not no-referrer: browsers then send `Origin: null` with our own forms.
    "referrer-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), browsing-topics=()",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}


class SecurityHeaders:
    """Adds the headers that keep a page to itself; one that is set already stays.

    A page finds its nonce for scripts and styles with `nonce(request)`. `frames` tells by a
    path which other origin its page shows in a frame, if any. An answer that may be framed by
    somebody says so with `framed_by(response, origin)`.
    """

    def __init__(
        self, app: ASGIApp, *, https: bool, frames: Callable[[str], str] = lambda _: ""
    ) -> None:
        self._app = app
        self._frames = frames
        strict = {"strict-transport-security": "max-age=31536000"} if https else {}
        self._headers = [_raw(*one) for one in {**_HEADERS, **strict}.items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        nonce = secrets.token_urlsafe(16)
        scope.setdefault("state", {})["nonce"] = nonce
        frames = self._frames(scope["path"])

        async def send_safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = list(message.get("headers", ()))
                set_already = {name for name, _ in given}  # the protocol's are in lower case
                framed = next((value.decode() for name, value in given if name == _FRAMED), "")
                policy = _POLICY.format(
                    nonce=nonce,
                    framed_by=framed or "'none'",
                    frames=f"; frame-src 'self' {frames}" if frames else "",
                )
                ours = (_raw("content-security-policy", policy), *self._headers)
                added = (one for one in ours if one[0] not in set_already)
                message["headers"] = [*(one for one in given if one[0] != _FRAMED), *added]
            await send(message)

        await self._app(scope, receive, send_safely)


def framed_by(response: Response, origin: str) -> None:
    """Let the pages of this origin, and of no other, show an answer in a frame."""
    response.headers[_FRAMED.decode()] = origin


def _raw(name: str, value: str) -> tuple[bytes, bytes]:
    return name.encode("latin-1"), value.encode("latin-1")


def keep_to_itself(app: Starlette, *, https: bool) -> None:
    """Give the headers to every answer of an application, also to that about its own faults.

    A middleware that is added in the usual way stands inside of what answers with a 500.
    """
    inner = app.build_middleware_stack

    def outer() -> ASGIApp:
        return SecurityHeaders(inner(), https=https)

    vars(app)["build_middleware_stack"] = outer


def nonce(request: Request) -> str:
    """The nonce of this answer's content security policy."""
    return str(request.state.nonce)


class BodyLimit:
    """Refuses a body over `limit` bytes with 413, whether or not its length was declared.

    The body is read before the application is called, so that no half of it is ever acted on.
    `refusal` makes the answer to who sent too much; without it that is a problem.
    """

    def __init__(
        self, app: ASGIApp, *, limit: int = BODY_LIMIT, refusal: Refusal | None = None
    ) -> None:
        self._app = app
        self._limit = limit
        self._refusal = refusal or self._problem

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in {"GET", "HEAD", "OPTIONS"}:
            await self._app(scope, receive, send)
            return
        declared = Headers(scope=scope).get("content-length", "")
        try:
            body = None if _over(declared, self._limit) else await _body(receive, self._limit)
        except ClientDisconnect:
            return  # half a body is nothing
        if body is None:
            await self._refusal(Request(scope))(scope, receive, send)
            return
        await self._app(scope, _again(body, receive), send)

    def _problem(self, _request: Request) -> Response:
        return problem(413, "Too large", f"At most {self._limit} bytes are taken.")


def problem(
    status: int,
    title: str,
    detail: str = "",
    *,
    errors: Sequence[Mapping[str, str]] = (),
    headers: Mapping[str, str] | None = None,
) -> JSONResponse:
    """An error as `application/problem+json` (RFC 9457).

    `errors` name fields and what is wrong with them. Nothing here may repeat what was sent.
    """
    content: dict[str, object] = {"type": "about:blank", "title": title, "status": status}
    if detail:
        content["detail"] = detail
    if errors:
        content["errors"] = [dict(one) for one in errors]
    return JSONResponse(content, status, headers, "application/problem+json")


async def form_texts(request: Request, most: int = MOST_FIELDS) -> Mapping[str, str]:
    """The texts of a form, whole: halves of surrogate pairs can be sent and cannot be written.

    Raises:
        HTTPException: 400, it has more than `most` fields, or cannot be read.
    """
    texts, _ = await _form_parts(request, most, files=0)
    return texts


async def form_with_file(
    request: Request, most: int = MOST_FIELDS
) -> tuple[Mapping[str, str], bytes]:
    """The texts of a form, and the bytes of the one file that it may bring; empty without one.

    How large it may be is for a `BodyLimit` to say.

    Raises:
        HTTPException: 400, it has more than `most` fields or one file, or cannot be read.
    """
    return await _form_parts(request, most, files=1)


async def _form_parts(
    request: Request, most: int, *, files: int
) -> tuple[Mapping[str, str], bytes]:
    try:
        async with request.form(max_files=files, max_fields=most) as form:
            texts = {name: one for name, one in form.items() if isinstance(one, str)}
            brought = [one for one in form.values() if not isinstance(one, str)]
            content = await brought[0].read() if brought else b""
    except UnicodeError:  # some codecs that a request may name decode nothing at all
        raise HTTPException(400) from None
    whole = {name: one.encode("utf-8", "replace").decode() for name, one in texts.items()}
    return whole, content


def csrf_token(secret: str) -> str:
    """The token that a form must carry, bound to the visitor's secret cookie."""
    return hmac.digest(secret.encode(), b"doorway form", hashlib.sha256).hex()


def csrf_valid(secret: str, given: str) -> bool:
    """Whether a form's token belongs to the visitor's secret cookie."""
    return bool(secret) and hmac.compare_digest(csrf_token(secret).encode(), given.encode())


def from_elsewhere(headers: Headers, origin: str) -> bool:
    """Whether a browser says that another site made this request.

    `origin` is ours, as `https://doorway.example`. A browser too old to say gives False: the
    form's token decides then.
    """
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site not in {"same-origin", "none"}
    came_from = headers.get("origin")
    return came_from is not None and came_from != origin


def cookie_name(name: str, *, https: bool) -> str:
    """Over https the prefix that binds a cookie to this very host; on plain loopback none."""
    return f"__Host-{name}" if https else name


def _over(declared: str, limit: int) -> bool:
    if not (declared.isascii() and declared.isdigit()):
        return False
    return len(declared) > LONGEST_LENGTH or int(declared) > limit


async def _body(receive: Receive, limit: int) -> bytes | None:
    """The whole body, or None when it is over the limit."""
    parts, size, more = [], 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientDisconnect
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if size > limit:
            return None
        more = message.get("more_body", False)
    return b"".join(parts)


def _again(body: bytes, receive: Receive) -> Receive:
    """A receive that gives the body that was read, then whatever comes after it."""
    waiting = [body]

    async def receive_again() -> Message:
        if waiting:
            return {"type": "http.request", "body": waiting.pop(), "more_body": False}
        return await receive()

    return receive_again
