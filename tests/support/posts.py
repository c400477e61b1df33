"""Every address of an application that something can be posted to."""

import re
from collections.abc import Iterator

from starlette.routing import BaseRoute, Mount


def post_paths(routes: object, prefix: str = "") -> Iterator[str]:
    """The paths, with something in the place of each parameter; mounted sites included."""
    for route in routes if isinstance(routes, list) else []:
        yield from _of(route, prefix)


def _of(route: BaseRoute, prefix: str) -> Iterator[str]:
    included = getattr(route, "original_router", None)
    if included is not None:  # how the framework keeps a router that was included
        yield from post_paths(included.routes, prefix)
        return
    path = prefix + re.sub(r"\{[^}]*\}", "x", getattr(route, "path", ""))
    if "POST" in (getattr(route, "methods", None) or ()):
        yield path
    if isinstance(route, Mount):
        site = route.app
        while inner := getattr(site, "_app", None):  # our own middleware
            site = inner
        yield from post_paths(getattr(site, "routes", None), path)
