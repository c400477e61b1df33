"""Child processes: started with a log of their own, watched until ready, and stopped together."""

import contextlib
import http.client
import os
import signal
import socket
import subprocess
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

LOOK_EVERY = 0.05
LONGEST_START = 90.0
LONGEST_STOP = 15.0
LAST_LINES = 8


class ChildError(Exception):
    """A child cannot be started or has ended; the text says what to do, in plain words."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What to start: `title` for people, `ready` is the address that answers 200 when it can work.

    `port` is the one it listens on, and `port_setting` the variable that gives it another.
    """

    title: str
    command: Sequence[str]
    ready: str
    port: int
    port_setting: str


class Child:
    """A running process of ours. It gets its signals from us, not from the terminal."""

    def __init__(self, plan: Plan, environment: Mapping[str, str], log: Path) -> None:
        self.plan = plan
        self.log = log
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("wb") as output:
            self._process = subprocess.Popen(  # noqa: S603 our own commands only
                plan.command,
                env=dict(environment),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    @property
    def alive(self) -> bool:
        """Whether it still runs."""
        return self._process.poll() is None

    def wait_ready(self, stop: threading.Event) -> bool:
        """Return when it can work, or False when asked to stop meanwhile.

        Raises:
            ChildError: it ended, or takes too long.
        """
        until = time.monotonic() + LONGEST_START
        while not stop.wait(LOOK_EVERY):
            if answers(self.plan.ready):
                return True
            if not self.alive:
                raise ChildError(self.story("did not start"))
            if time.monotonic() > until:
                raise ChildError(self.story("is not ready after a long time"))
        return False

    def story(self, what: str) -> str:
        """What happened to it, with the end of its log."""
        lines = self.log.read_text(encoding="utf-8", errors="replace").splitlines()[-LAST_LINES:]
        quoted = "".join(f"\n    {line}" for line in lines)
        return f"{self.plan.title} {what}. The end of {self.log}:{quoted}"

    def ask_to_stop(self) -> None:
        """Send it SIGTERM."""
        self._process.terminate()

    def see_it_stop(self) -> None:
        """Wait for its end; kill it when it does not come."""
        try:
            self._process.wait(LONGEST_STOP)
        except subprocess.TimeoutExpired:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()


class Children:
    """All of them: they start together, and when one ends the others are stopped."""

    def __init__(self, plans: Sequence[Plan], environment: Mapping[str, str], logs: Path) -> None:
        for plan in plans:
            check_free(plan)
        self._children = [
            Child(plan, environment, logs / f"{plan.title.split()[-1].lower()}.log")
            for plan in plans
        ]

    def wait_ready(self, stop: threading.Event, tell: Callable[[str], None]) -> bool:
        """Return when all can work, telling of each; False when asked to stop meanwhile.

        Raises:
            ChildError: one ended, or takes too long.
        """
        for child in self._children:
            if not child.wait_ready(stop):
                return False
            tell(child.plan.title)
        return True

    def watch(self, stop: threading.Event) -> None:
        """Return when asked to stop.

        Raises:
            ChildError: one has ended by itself.
        """
        while not stop.wait(LOOK_EVERY * 4):
            for child in self._children:
                if not child.alive:
                    raise ChildError(child.story("has stopped by itself"))

    def stop(self) -> None:
        """Stop those that still run, and wait for their end."""
        for child in self._children:
            child.ask_to_stop()
        for child in self._children:
            child.see_it_stop()


def answers(url: str) -> bool:
    """Whether this address on loopback answers with 200."""
    try:
        with urllib.request.urlopen(url, timeout=2) as response:  # noqa: S310 loopback by our own plan
            return bool(response.status == http.client.OK)
    except (OSError, http.client.HTTPException):
        return False


def check_free(plan: Plan) -> None:
    """See that nobody listens on the port yet.

    Raises:
        ChildError: somebody does.
    """
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", plan.port))
        except OSError:
            raise ChildError(
                f"Port {plan.port}, where {plan.title.lower()} is to be, is in use. Is Doorway "
                f"running already? Stop what uses it, or choose another port with "
                f"{plan.port_setting}={plan.port + 1} make run."
            ) from None
