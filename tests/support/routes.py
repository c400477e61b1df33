"""Every address that an application answers at, found from its router."""

from collections.abc import Iterator
from typing import NamedTuple

from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from starlette.applications import Starlette
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles


class Address(NamedTuple):
    """A method and a path template, as `POST` and `/v1/referrals/{reference}/erasure`."""

    method: str
    path: str


def addresses(app: FastAPI | Starlette) -> frozenset[Address]:
    """All of them, those of mounted sites too; files have none that could be asked for much."""
    return frozenset(_below("", app))


def _below(prefix: str, app: object) -> Iterator[Address]:
    while "_app" in vars(app):  # our middlewares keep what they protect there
        app = vars(app)["_app"]
    if isinstance(app, StaticFiles):
        return
    assert isinstance(app, FastAPI | Starlette), f"what is at {prefix} cannot be looked into"
    for found in iter_route_contexts(app.routes):
        yield from _of(prefix, found.path or "", found.methods or set(), found.original_route)


def _of(prefix: str, path: str, methods: set[str], route: BaseRoute) -> Iterator[Address]:
    if isinstance(route, Mount):
        yield from _below(prefix + route.path, route.app)
        return
    assert isinstance(route, Route), f"{prefix}{path} is of a kind that nobody thought of"
    # HEAD comes with GET and answers alike.
    yield from (Address(method, prefix + path) for method in methods - {"HEAD"})
