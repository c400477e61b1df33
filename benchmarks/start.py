"""How long each side takes until it is ready, and what its libraries cost to import."""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.table import Row
from benchmarks.world import SECRET
from common.runtime.children import answers
from common.runtime.vault import Vault
from tests.telegram_server.server import TelegramServer, serving

ROOT = Path(__file__).parents[1]
ROUNDS = 3
LOOK_EVERY, LONGEST = 0.02, 60.0
BOT_TARGET, API_TARGET = 4.0, 2.0
IMPORTS = {
    "aiogram as the bot imports it": "bot.channels.telegram.library as it; it.load()",
    "aiogram": "aiogram",
    "fastapi": "fastapi",
    "sqlmodel": "sqlmodel",
    "bot.app": "bot.app",
    "api.app": "api.app",
}
_IMPORT = """\
import json, resource, time
cpu, wall = time.process_time(), time.perf_counter()
import {module}
used = time.process_time() - cpu, time.perf_counter() - wall
print(json.dumps([*used, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]))
"""


@dataclass(frozen=True, slots=True)
class Begun:
    """Seconds until it was ready: of time, and of the processor."""

    wall: float
    cpu: float


class NeverReadyError(Exception):
    """A side ended or took too long; the end of its log says why."""


async def measure() -> list[Row]:
    """Rows for both sides' starts, Telegram on and off, and for imports."""
    with TemporaryDirectory() as folder:
        async with serving() as telegram:
            starts = await asyncio.to_thread(_starts, Path(folder), telegram)
        imports = await asyncio.to_thread(_imports, Path(folder))
    return [*starts, *imports]


def _starts(folder: Path, telegram: TelegramServer) -> list[Row]:
    api, bot = free_port(), free_port()
    api_is = {**common(folder), **api_settings(folder, api)}
    bot_is = {**common(folder), **bot_settings(folder, api, bot)}
    on = {"BOT_TELEGRAM_TOKEN": telegram.token, "BOT_TELEGRAM_API_URL": telegram.url}
    subprocess.run(
        (sys.executable, "-m", "api", "seed"),
        env=api_is,
        cwd=folder,
        check=True,
        capture_output=True,
    )
    found: dict[str, list[Begun]] = {"api": [], "off": [], "on": []}
    for number in range(ROUNDS + 1):
        begun = {"api": _begun("api", api_is, folder, api)}
        with Running("api", api_is, folder, api):
            begun["off"] = _begun("bot", bot_is, folder, bot)
            begun["on"] = _begun("bot", {**bot_is, **on}, folder, bot)
        if number:  # the first makes its files, and is not counted
            for name, one in begun.items():
                found[name].append(one)
    return [
        _row("the bot ready, Telegram on", found["on"], BOT_TARGET),
        _row("the bot ready, Telegram off", found["off"], BOT_TARGET),
        _row("the api ready, on a filled store", found["api"], API_TARGET),
    ]


def _row(what: str, begun: list[Begun], target: float) -> Row:
    walls = sorted(one.wall for one in begun)
    cpu = median(one.cpu for one in begun)
    note = f"{', '.join(f'{one:.2f}' for one in walls)} s; {cpu:.2f} s of CPU until then"
    return Row(what, "its target", median(walls), "s", target, note=note)


class Running:
    """A side in a process of its own, from ready to stopped."""

    def __init__(self, side: str, environment: Mapping[str, str], folder: Path, port: int) -> None:
        self._log = folder / f"{side}.log"
        self._command = (sys.executable, "-m", side, "serve")
        self._environment = dict(environment)
        self._folder = folder
        self._ready = f"http://127.0.0.1:{port}/readyz"

    def __enter__(self) -> Begun:
        began = time.perf_counter()
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(  # noqa: S603 our own command
                self._command,
                env=self._environment,
                cwd=self._folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        while not answers(self._ready):
            if self._process.poll() is not None or time.perf_counter() - began > LONGEST:
                self._stop()
                raise NeverReadyError(self._log.read_text(encoding="utf-8")[-2000:])
            time.sleep(LOOK_EVERY)
        return Begun(time.perf_counter() - began, _cpu(self._process.pid))

    def __exit__(self, *_: object) -> None:
        self._stop()

    def _stop(self) -> None:
        self._process.send_signal(signal.SIGTERM)
        self._process.wait(LONGEST)


def _begun(side: str, environment: Mapping[str, str], folder: Path, port: int) -> Begun:
    with Running(side, environment, folder, port) as begun:
        return begun


def _imports(folder: Path) -> list[Row]:
    found: dict[str, list[list[float]]] = {module: [] for module in IMPORTS}
    for _ in range(ROUNDS):
        for module, measured in found.items():
            code = _IMPORT.format(module=IMPORTS[module])
            done = subprocess.run(  # noqa: S603 our own command
                (sys.executable, "-c", code),
                env=common(folder),
                cwd=folder,
                check=True,
                capture_output=True,
            )
            measured.append(json.loads(done.stdout))
    rows = []
    for module, measured in found.items():
        cpu, wall, memory = (median(one) for one in zip(*measured, strict=True))
        note = f"{wall:.2f} s of time, {memory:.0f} MB in memory at most"
        rows.append(Row(f"import {module}", "nothing", cpu, "s of CPU", note=note))
    return rows


def _cpu(process: int) -> float:
    """Seconds of processor that a running process has used so far."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def free_port() -> int:
    """A port of loopback that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        return int(door.getsockname()[1])


def common(folder: Path) -> dict[str, str]:
    """An environment with nothing of the machine's own settings; run from this folder."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    return {**kept, "PYTHONPATH": str(ROOT), "HOME": str(folder)}


def api_settings(folder: Path, port: int) -> dict[str, str]:
    """An api on this port, with its store in this folder."""
    return {
        "API_DATABASE_URL": f"sqlite:///{folder}/api.sqlite3",
        "API_INTAKE_TOKENS": SECRET,
        "API_ENCRYPTION_KEYS": Vault.new_key("k1"),
        "API_PORT": str(port),
    }


def bot_settings(folder: Path, api: int, port: int) -> dict[str, str]:
    """A bot on this port beside that api, with its store in this folder."""
    return {
        "BOT_DATABASE_URL": f"sqlite:///{folder}/bot.sqlite3",
        "BOT_DIRECTORY_FILE": str(folder / "directory.json"),
        "BOT_INTAKE_URL": f"http://127.0.0.1:{api}",
        "BOT_INTAKE_TOKEN": SECRET,
        "BOT_ENCRYPTION_KEYS": Vault.new_key("k1"),
        "BOT_WEBCHAT_PORT": str(port),
        "BOT_PUBLIC_URL": f"http://127.0.0.1:{port}",
        "BOT_DEMO": "true",
    }
