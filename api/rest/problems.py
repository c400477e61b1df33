"""Errors as RFC 9457 problems: the one place where a noun becomes a status code."""

import re
from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from api.domain.errors import (
    AlreadySentError,
    ConflictError,
    DomainError,
    NotFoundError,
    NotSignedInError,
    RefusedError,
    TooManyError,
    UnacceptableError,
)
from common.runtime.logs import get

MEDIA_TYPE = "application/problem+json"
STATUS: Mapping[type[DomainError], int] = {
    NotSignedInError: 401,
    RefusedError: 403,
    NotFoundError: 404,
    ConflictError: 409,
    UnacceptableError: 422,
    TooManyError: 429,
}
TITLES = {
    400: "The request cannot be read",
    401: "A valid token is needed",
    403: "You may not do this",
    404: "Not found",
    405: "This method is not allowed here",
    409: "This contradicts what is stored",
    413: "The request is too large",
    422: "A field cannot be accepted",
    429: "Too many requests",
    500: "Something went wrong",
    503: "Not ready",
}
_SECONDS = {"description": "Seconds to wait before trying again.", "schema": {"type": "integer"}}
_HEADERS: Mapping[int, dict[str, Any]] = {429: {"headers": {"Retry-After": _SECONDS}}}
NAME = re.compile(r"[A-Za-z0-9_-]{1,40}")
log = get(__name__)


class FieldProblem(BaseModel):
    """A field that cannot be accepted, as `contact.phone`, and why; never what it held."""

    field: str
    detail: str


class Problem(BaseModel):
    """An error (RFC 9457). `reference` only tells a conversation its own, when it sent twice."""

    type: str
    title: str
    status: int
    detail: str | None = None
    errors: list[FieldProblem] | None = None
    reference: str | None = None


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The problems of a route, for the OpenAPI document."""
    return {
        status: {
            "description": TITLES[status],
            "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
            **_HEADERS.get(status, {}),
        }
        for status in statuses
    }


def answer(problem: Problem, headers: Mapping[str, str] | None = None) -> JSONResponse:
    """The problem as a response."""
    content = problem.model_dump(exclude_none=True)
    return JSONResponse(content, problem.status, headers=headers, media_type=MEDIA_TYPE)


def install(app: FastAPI) -> None:
    """Let every error of this application leave as a problem."""
    app.add_exception_handler(DomainError, _domain)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _unexpected)


def problem(status: int, code: str = "", title: str = "") -> Problem:
    """A problem that needs no more than its status."""
    kind = f"urn:doorway:problem:{code}" if code else "about:blank"
    return Problem(type=kind, title=title or TITLES.get(status, "Error"), status=status)


async def _domain(_request: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, DomainError):
        raise error
    status = next((code for noun, code in STATUS.items() if isinstance(error, noun)), 500)
    found = problem(status, error.code, error.title)
    if isinstance(error, AlreadySentError):
        found = found.model_copy(update={"reference": error.reference})
    if isinstance(error, UnacceptableError):
        wrong = FieldProblem(field=error.field, detail=error.detail)
        found = found.model_copy(update={"errors": [wrong]})
    return answer(found, _headers(error))


def _headers(error: DomainError) -> Mapping[str, str]:
    if isinstance(error, TooManyError):
        return {"Retry-After": str(error.wait)}
    return {"WWW-Authenticate": "Bearer"} if isinstance(error, NotSignedInError) else {}


async def _invalid(_request: Request, error: Exception) -> JSONResponse:
    """What pydantic says about the fields, without what was in them."""
    if not isinstance(error, RequestValidationError):
        raise error
    wrong = [
        FieldProblem(field=_path(one), detail=one["msg"].removeprefix("Value error, "))
        for one in error.errors()
    ]
    found = problem(422, "invalid", TITLES[422])
    return answer(found.model_copy(update={"errors": wrong}))


async def _http(_request: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, HTTPException):
        raise error
    return answer(problem(error.status_code), error.headers)


async def _unexpected(request: Request, error: Exception) -> JSONResponse:
    log.error("api.failed", method=request.method, exc_info=error)
    return answer(problem(500))


def _path(error: Mapping[str, Any]) -> str:
    """`body.contact.phone` is named `contact.phone`; a header by its own name.

    What looks like no name of a field is not repeated: somebody may have put an answer there.
    """
    # Of a body that is no JSON the rest of the location is only how far it was read.
    location = () if error["type"] == "json_invalid" else error["loc"][1:]
    parts = map(str, location)
    return ".".join(part if NAME.fullmatch(part) else "?" for part in parts) or "body"
