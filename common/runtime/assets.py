"""Sheets, scripts and fonts at addresses that change with what they hold, to be kept for good."""

import hashlib
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import Response
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Scope

EDITION_LENGTH = 12  # hex digits
FOR_GOOD = "public, max-age=31536000, immutable"


class Assets:
    """The files of a folder, below one edition that stands for all that they hold.

    `app` is to be mounted at `prefix`, the path that a browser sees, as `/assets`. The files
    find one another by relative addresses. Another edition than today's is not found (404).
    """

    def __init__(self, folder: Path, prefix: str) -> None:
        self._names = _names(folder)
        edition = _edition(folder, self._names)
        self._base = f"{prefix}/{edition}"
        self.app: ASGIApp = Starlette(
            routes=[Mount(f"/{edition}", _Lasting(directory=folder))],
            middleware=[Middleware(GZipMiddleware)],
        )

    def url(self, name: str) -> str:
        """The address of a file, such as `/assets/3f9c0a1b2c3d/nhsuk.css` of `nhsuk.css`.

        Raises:
            LookupError: there is no such file.
        """
        if name not in self._names:
            raise LookupError(f"no asset {name}")
        return f"{self._base}/{name}"


class _Lasting(StaticFiles):
    """Files that a browser need never ask for again; they hold nothing about anybody."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers["cache-control"] = FOR_GOOD
        return response


def _names(folder: Path) -> frozenset[str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return frozenset(path.relative_to(folder).as_posix() for path in files)


def _edition(folder: Path, names: frozenset[str]) -> str:
    """Short for all names and what they hold."""
    whole = hashlib.sha384()
    for name in sorted(names):
        whole.update(hashlib.sha384(name.encode()).digest())
        whole.update(hashlib.sha384((folder / name).read_bytes()).digest())
    return whole.hexdigest()[:EDITION_LENGTH]


_SHARED = Assets(Path(__file__).parents[1] / "assets" / "static", "/assets")


def assets() -> ASGIApp:
    """What both sides give their pages, to be mounted at `/assets`."""
    return _SHARED.app


def asset(name: str) -> str:
    """The address of a file that both sides share, such as `nhsuk.css`.

    Raises:
        LookupError: there is no such file.
    """
    return _SHARED.url(name)
