"""The commands as an operator gives them: a start that is refused, and one that ends politely."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from common.runtime.credentials import hashed
from common.runtime.vault import Vault
from tests.support.intake_api import TOKEN

ROOT = Path(__file__).parents[2]


def command(folder: Path, *words: str, **settings: str) -> "subprocess.Popen[str]":
    environment: Mapping[str, str] = {
        **{name: value for name, value in os.environ.items() if not name.startswith("API_")},
        "PYTHONPATH": str(ROOT),
        **settings,
    }
    return subprocess.Popen(
        [sys.executable, "-m", "api", *words],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.fixture(scope="module")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """A folder with a filled store, and the settings that open it."""
    folder = tmp_path_factory.mktemp("api")
    with socket.create_server(("127.0.0.1", 0)) as door:
        port = str(door.getsockname()[1])
    settings = {
        "API_INTAKE_TOKENS": TOKEN,
        "API_ENCRYPTION_KEYS": Vault.new_key("k1"),
        "API_PORT": port,
    }
    with command(folder, "seed", "--demo-password", "waterlily", **settings) as seeding:
        said, _ = seeding.communicate(timeout=50)
    assert seeding.returncode == 0
    assert "demonstration accounts: 33" in said
    return folder, settings


def test_a_new_token_is_made_with_its_hash(tmp_path: Path) -> None:
    with command(tmp_path, "token") as making:
        said, _ = making.communicate(timeout=50)
    assert making.returncode == 0
    made = dict(line.split("=") for line in said.split())
    assert made["API_INTAKE_TOKENS"] == hashed(made["BOT_INTAKE_TOKEN"])
    assert len(made["BOT_INTAKE_TOKEN"]) == 64


def test_without_secrets_it_does_not_start(tmp_path: Path) -> None:
    with command(tmp_path, "serve") as serving:
        _, said = serving.communicate(timeout=50)
    assert serving.returncode == 2
    assert "API_INTAKE_TOKENS is not set." in said
    assert "Traceback" not in said


def test_a_busy_port_is_said_in_a_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        settings = {"API_INTAKE_TOKENS": TOKEN, "API_ENCRYPTION_KEYS": Vault.new_key("k1")}
        with command(tmp_path, "serve", **settings, API_PORT=port) as serving:
            _, said = serving.communicate(timeout=50)
    assert serving.returncode == 2
    assert f"127.0.0.1:{port}" in said
    assert "Traceback" not in said


@pytest.mark.parametrize("wish", [signal.SIGINT, signal.SIGTERM])
def test_it_starts_and_ends_when_asked(
    seeded: tuple[Path, dict[str, str]], wish: signal.Signals
) -> None:
    folder, settings = seeded
    with command(folder, "serve", **settings) as serving:
        assert serving.stderr is not None
        ready = next((line for line in serving.stderr if "api.ready" in line), "")
        serving.send_signal(wish)
        rest = serving.stderr.read()
        serving.wait(timeout=30)
    assert "api.ready" in ready
    assert serving.returncode in {0, -wish}
    assert "Traceback" not in rest
    assert (folder / "var" / "api.sqlite3").exists()
    assert not (folder / "var" / "api.sqlite3-wal").exists()
