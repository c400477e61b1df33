"""`make run`: one screen when all is well, one clear sentence when it is not, nothing left over."""

import io
import socket
import stat
import subprocess
import sys
import textwrap
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from common.runtime import newsecrets
from common.runtime.children import Plan, answers
from common.runtime.credentials import hashed
from common.runtime.launch import Launch, chat, completed, plans

# A side of Doorway in ten lines: answers /readyz, ends at SIGTERM, or misbehaves when told to.
SIDE = """
import http.server, os, signal, sys
class Answer(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        if self.path == "/end":
            os._exit(3)
    def log_message(self, *_):
        pass
port, how = int(sys.argv[1]), sys.argv[2]
print("this side says", how, flush=True)
if how == "broken":
    sys.exit("BOT_INTAKE_TOKEN is not set.")
signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
http.server.HTTPServer(("127.0.0.1", port), Answer).serve_forever()
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def side(title: str, how: str = "well") -> Plan:
    port = free_port()
    command = (sys.executable, "-S", "-c", SIDE, str(port), how)
    return Plan(title, command, f"http://127.0.0.1:{port}/readyz", port, "SIDE_PORT")


class Screen(io.StringIO):
    """What was printed; `then` is done once, when a text appears."""

    def __init__(self) -> None:
        super().__init__()
        self.then: dict[str, Callable[[], object]] = {}

    def write(self, text: str) -> int:
        written = super().write(text)
        for expected in [one for one in self.then if one in self.getvalue()]:
            self.then.pop(expected)()
        return written


class Started:
    """A launch of two small sides, and how it went."""

    def __init__(self, var: Path, *sides: Plan) -> None:
        self.sides = sides
        self.screen = Screen()
        self.stop = threading.Event()
        self.launch = Launch(sides, completed({}), var, self.screen)

    def run(self) -> int:
        return self.launch.run(self.stop)

    @property
    def told(self) -> str:
        return self.screen.getvalue()

    def nothing_is_left(self) -> bool:
        return not any(answers(one.ready) for one in self.sides)


@pytest.fixture
def two(tmp_path: Path) -> Started:
    return Started(tmp_path, side("The api"), side("The bot"))


def test_both_sides_run_until_asked_to_stop(two: Started) -> None:
    ready: list[bool] = []

    def look_and_stop() -> None:
        ready.extend(answers(one.ready) for one in two.sides)
        two.stop.set()

    two.screen.then["Ctrl-C stops everything"] = look_and_stop
    assert two.run() == 0
    assert ready == [True, True]
    assert two.nothing_is_left()
    assert "Starting … the api … the bot … ready after" in two.told
    assert two.told.endswith("Doorway has stopped.\n")


def test_the_screen_says_where_everything_is(two: Started, tmp_path: Path) -> None:
    two.screen.then["Ctrl-C stops everything"] = two.stop.set
    two.run()
    password = newsecrets.read(tmp_path / "secrets", "API_DEMO_PASSWORD")
    key = newsecrets.read(tmp_path / "secrets", "API_DEMO_TOTP_SECRET")
    assert len(key) == 32
    for fact in ("make chat", "http://127.0.0.1:8000/staff", password, "@BotFather", "mail", key):
        assert fact in two.told
    assert "-m api staff code " in two.told
    assert len(two.told.splitlines()) < 25


def test_with_a_token_the_screen_does_not_explain_how_to_get_one(
    two: Started, tmp_path: Path
) -> None:
    newsecrets.make_missing(tmp_path / "secrets")
    (tmp_path / "secrets" / "BOT_TELEGRAM_TOKEN").write_text("42:TEST")
    assert "Telegram is on" in two.launch.screen()
    assert "@BotFather" not in two.launch.screen()


def test_asked_to_stop_while_starting(two: Started) -> None:
    two.screen.then["Starting"] = two.stop.set
    assert two.run() == 0
    assert two.nothing_is_left()


def test_a_side_that_cannot_start_says_why_and_the_other_stops(tmp_path: Path) -> None:
    started = Started(tmp_path, side("The api"), side("The bot", "broken"))
    assert started.run() == 1
    assert "The bot did not start" in started.told
    assert "BOT_INTAKE_TOKEN is not set." in started.told
    assert started.nothing_is_left()


def test_a_side_that_ends_by_itself_takes_the_other_with_it(two: Started) -> None:
    end = two.sides[1].ready.replace("readyz", "end")
    two.screen.then["Ctrl-C stops everything"] = lambda: answers(end)
    assert two.run() == 1
    assert "The bot has stopped by itself" in two.told
    assert two.nothing_is_left()


def test_a_port_in_use_is_told_plainly(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = int(taken.getsockname()[1])
        plan = Plan("The api", ("false",), "http://127.0.0.1:1/readyz", port, "API_PORT")
        started = Started(tmp_path, plan)
        assert started.run() == 1
    assert f"Port {port}, where the api is to be, is in use." in started.told
    assert f"API_PORT={port + 1} make run" in started.told


def test_secrets_are_made_once_for_their_owner_only(tmp_path: Path) -> None:
    folder = tmp_path / "var" / "secrets"
    newsecrets.make_missing(folder)
    made = {path.name: path.read_text() for path in folder.iterdir()}
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert made["API_INTAKE_TOKENS"].strip() == hashed(made["BOT_INTAKE_TOKEN"].strip())
    assert made["BOT_ENCRYPTION_KEYS"] != made["API_ENCRYPTION_KEYS"]
    newsecrets.make_missing(folder)
    assert {path.name: path.read_text() for path in folder.iterdir()} == made


@pytest.mark.parametrize(
    ("there", "content"), [("BOT_INTAKE_TOKEN", "mine"), ("API_INTAKE_TOKENS", "mine,older")]
)
def test_a_token_that_one_side_has_is_given_to_the_other(
    tmp_path: Path, there: str, content: str
) -> None:
    (tmp_path / there).write_text(content)
    newsecrets.make_missing(tmp_path)
    assert newsecrets.read(tmp_path, "BOT_INTAKE_TOKEN") == "mine"
    api = newsecrets.read(tmp_path, "API_INTAKE_TOKENS").split(",")
    assert api[0] in {"mine", hashed("mine")}


def test_a_bot_that_lost_its_token_is_let_in_with_a_new_one(tmp_path: Path) -> None:
    (tmp_path / "API_INTAKE_TOKENS").write_text(hashed("lost"))
    newsecrets.make_missing(tmp_path)
    new = newsecrets.read(tmp_path, "BOT_INTAKE_TOKEN")
    api = newsecrets.read(tmp_path, "API_INTAKE_TOKENS").split(",")
    assert api == [hashed(new), hashed("lost")]
    newsecrets.make_missing(tmp_path)
    assert newsecrets.read(tmp_path, "BOT_INTAKE_TOKEN") == new


def test_what_is_set_already_wins_and_both_sides_agree_on_the_rest() -> None:
    environment = completed({"API_PORT": "8123", "BOT_DEMO": "false", "BOT_PUBLIC_URL": ""})
    assert environment["BOT_INTAKE_URL"] == "http://127.0.0.1:8123"
    assert environment["BOT_PUBLIC_URL"] == "http://127.0.0.1:8080"
    assert environment["BOT_DEMO"] == "false"
    api, bot = plans(environment)
    assert (api.port, bot.port) == (8123, 8080)
    assert (api.command[1:], bot.command[1:]) == (("-m", "api", "serve"), ("-m", "bot", "serve"))


def talk(out: Path) -> tuple[str, ...]:
    """A talk that notes whether the api was there."""
    code = textwrap.dedent(f"""
        import pathlib, sys, urllib.request
        status = urllib.request.urlopen(sys.argv[1]).status
        pathlib.Path({str(out)!r}).write_text(str(status))
        sys.exit(7)
    """)
    return (sys.executable, "-S", "-c", code)


def test_a_talk_brings_its_own_api_and_takes_it_away_again(two: Started, tmp_path: Path) -> None:
    out = tmp_path / "seen"
    command = (*talk(out), two.sides[0].ready)
    assert chat(two.launch, command) == 7
    assert out.read_text() == "200"
    assert two.nothing_is_left()


def test_ctrl_c_ends_a_talk_and_its_api(two: Started) -> None:
    # Deaf to Ctrl-C, as it would be had we ignored the signal ourselves, it would end with 7.
    deaf = "import os, signal, sys; os.kill(os.getpid(), signal.SIGINT); sys.exit(7)"
    assert chat(two.launch, (sys.executable, "-S", "-c", deaf)) == 0
    assert not answers(two.sides[0].ready)


def test_a_talk_uses_the_api_that_runs_already(two: Started, tmp_path: Path) -> None:
    out = tmp_path / "seen"
    command = (*talk(out), two.sides[0].ready)
    codes: list[int] = []

    def talk_and_stop() -> None:
        codes.append(chat(two.launch, command))
        codes.append(int(answers(two.sides[0].ready)))
        two.stop.set()

    two.screen.then["Ctrl-C stops everything"] = talk_and_stop
    assert two.run() == 0
    assert codes == [7, 1]


def test_a_talk_without_an_api_says_why(tmp_path: Path) -> None:
    started = Started(tmp_path, side("The api", "broken"), side("The bot"))
    assert chat(started.launch, ("false",)) == 1
    assert "The api did not start" in started.told


def test_the_real_command_says_in_a_sentence_what_is_in_the_way(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        root = Path(__file__).parents[3]
        environment = {"API_PORT": str(taken.getsockname()[1]), "PYTHONPATH": str(root)}
        done = subprocess.run(
            (sys.executable, "-m", "common.runtime.launch"),
            env=environment,
            cwd=tmp_path,
            capture_output=True,
            check=False,
            text=True,
        )
    assert done.returncode == 1
    assert "is in use" in done.stdout
    assert done.stderr == ""
