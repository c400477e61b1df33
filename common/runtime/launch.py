"""Starts Doorway on one machine: `make run` runs both sides, `make chat` a talk in the terminal."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

from common.runtime import newsecrets
from common.runtime.children import ChildError, Children, Plan, answers

VAR = Path("var")
PRESCRIBER = "prescriber.f84122@example.org"
COORDINATOR = "coordinator.1@example.org"
MANAGER = "manager@example.org"


@dataclass(frozen=True, slots=True)
class Launch:
    """What is started with which environment, and where things are put."""

    plans: Sequence[Plan]
    environment: Mapping[str, str]
    var: Path = VAR
    out: TextIO = field(default_factory=lambda: sys.stdout)

    def run(self, stop: threading.Event) -> int:
        """Run everything until asked to stop; 0 after a clean stop, 1 when something failed."""
        newsecrets.make_missing(self.var / "secrets")
        began = time.monotonic()
        try:
            children = Children(self.plans, self.environment, self.var / "log")
        except ChildError as error:
            return self._failed(error)
        try:
            self._tell("Starting")
            if children.wait_ready(stop, lambda title: self._tell(f" … {title.lower()}")):
                print(f" … ready after {time.monotonic() - began:.1f} s.\n", file=self.out)
                print(self.screen(), file=self.out, flush=True)
                children.watch(stop)
            print("\nStopping …", file=self.out, flush=True)
        except ChildError as error:
            return self._failed(error)
        finally:
            children.stop()
        print("Doorway has stopped.", file=self.out, flush=True)
        return 0

    def screen(self) -> str:
        """What somebody needs to know who has just started it."""
        staff = f"{self.environment['API_PUBLIC_URL']}/staff"
        secrets = self.var / "secrets"
        return SCREEN.format(
            chat=self.environment["BOT_PUBLIC_URL"],
            telegram="is on" if self._has_telegram() else "is off (see below)",
            staff=staff,
            prescriber=PRESCRIBER,
            coordinator=COORDINATOR,
            manager=MANAGER,
            password=self._secret("API_DEMO_PASSWORD"),
            key=self._secret("API_DEMO_TOTP_SECRET"),
            mail=self.var / "mail",
            log=self.var / "log",
            steps="" if self._has_telegram() else STEPS.format(file=secrets / TELEGRAM),
        )

    def _secret(self, name: str) -> str:
        """A secret of the demonstration, wherever it stands."""
        return self.environment.get(name) or newsecrets.read(self.var / "secrets", name)

    def _has_telegram(self) -> bool:
        return bool(
            self.environment.get(TELEGRAM)
            or self.environment.get(f"{TELEGRAM}_FILE")
            or newsecrets.read(self.var / "secrets", TELEGRAM)
        )

    def _tell(self, text: str) -> None:
        print(text, end="", file=self.out, flush=True)

    def _failed(self, error: ChildError) -> int:
        print(f"\n{error}", file=self.out, flush=True)
        return 1


TELEGRAM = "BOT_TELEGRAM_TOKEN"
SCREEN = """\
Doorway is running.

  The chat     {chat} in a browser,
               or make chat in another terminal; Telegram {telegram}
  Staff side   {staff}, password: {password}
               {prescriber} (a prescriber), {coordinator}
               or {manager}; the second step is a code, shown by
               .venv/bin/python -m api staff code {prescriber}
               or by an authenticator app with the key {key}
  E-mail       lands in {mail}/ while no SMTP server is set; logs are in {log}/
{steps}
Everybody in here is made up. Ctrl-C stops everything."""
STEPS = """
To talk on Telegram as well:
  1. In Telegram, ask @BotFather for /newbot, and copy the token it gives you.
  2. Put the token into the file {file}
  3. Start again.
"""


_ENDING = (signal.SIGTERM, signal.SIGHUP)
"""Signals that ask us to end: told to, or the terminal's window was closed."""
_CTRL_C = frozenset({-signal.SIGINT, 128 + signal.SIGINT})
"""How a command ends by Ctrl-C, which is a good way to end a talk."""


def plans(environment: Mapping[str, str]) -> tuple[Plan, Plan]:
    """Both sides as they are started here."""
    api, bot = int(environment["API_PORT"]), int(environment["BOT_WEBCHAT_PORT"])
    python = sys.executable
    return (
        Plan(
            "The api",
            (python, "-m", "api", "serve"),
            f"http://127.0.0.1:{api}/readyz",
            api,
            "API_PORT",
        ),
        Plan(
            "The bot",
            (python, "-m", "bot", "serve"),
            f"http://127.0.0.1:{bot}/readyz",
            bot,
            "BOT_WEBCHAT_PORT",
        ),
    )


def completed(environment: Mapping[str, str]) -> dict[str, str]:
    """The environment with what both sides must agree on; what is set already wins."""
    api = environment.get("API_PORT", "8000")
    bot = environment.get("BOT_WEBCHAT_PORT", "8080")
    agreed = {
        "API_PORT": api,
        "API_PUBLIC_URL": f"http://127.0.0.1:{api}",
        "API_CHAT_URL": f"http://127.0.0.1:{bot}",
        "BOT_INTAKE_URL": f"http://127.0.0.1:{api}",
        "BOT_WEBCHAT_PORT": bot,
        "BOT_PUBLIC_URL": f"http://127.0.0.1:{bot}",
        "BOT_DEMO": "true",
    }
    return {**agreed, **{name: value for name, value in environment.items() if value}}


def chat(launch: Launch, command: Sequence[str]) -> int:
    """Talk in the terminal, with the api started for it when it is not running already."""
    newsecrets.make_missing(launch.var / "secrets")
    (api, _) = launch.plans
    if answers(api.ready):
        return _in_foreground(command, launch.environment)
    children: Children | None = None
    try:
        children = Children((api,), launch.environment, launch.var / "log")
        children.wait_ready(threading.Event(), lambda _: None)
        return _in_foreground(command, launch.environment)
    except ChildError as error:
        print(error, file=launch.out, flush=True)
        return 1
    finally:
        if children is not None:
            children.stop()


def _in_foreground(command: Sequence[str], environment: Mapping[str, str]) -> int:
    """Give it the terminal. Ctrl-C is its own to deal with; a closed window ends both of us."""
    kept = {one: signal.getsignal(one) for one in (signal.SIGINT, *_ENDING)}
    # No SIG_IGN: what is ignored here would be ignored by the command as well.
    signal.signal(signal.SIGINT, lambda *_: None)
    for one in _ENDING:
        signal.signal(one, lambda *_: sys.exit(1))
    try:
        code = subprocess.run(command, env=dict(environment), check=False).returncode  # noqa: S603 our own command
    finally:
        for one, handler in kept.items():
            signal.signal(one, handler)
    return 0 if code in _CTRL_C else code


def main(arguments: Sequence[str]) -> int:
    """Run both sides, or with `chat` a talk in the terminal."""
    environment = completed(os.environ)
    launch = Launch(plans(environment), environment)
    if list(arguments) == ["chat"]:
        return chat(launch, (sys.executable, "-m", "bot", "chat"))
    stop = threading.Event()
    for one in (signal.SIGINT, *_ENDING):
        signal.signal(one, lambda *_: stop.set())
    return launch.run(stop)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
