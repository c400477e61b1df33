"""The real api in one process: a small directory, made-up staff, notices that land in a queue."""

import asyncio
import atexit
import queue
import shutil
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar, TypeVarTuple

from fastapi import FastAPI
from httpx2 import Response
from pydantic import SecretStr
from sqlalchemy import Connection
from starlette.testclient import TestClient

from api.app import build
from api.domain.assignment import Leave
from api.domain.door import AccountNotice
from api.domain.events import Notice, Recipient
from api.domain.staff import Role, StaffAsker, StaffMember
from api.persistence import directory, staff
from api.persistence.postcodes import EDITION
from api.persistence.store import open_store
from api.services.desk import Desk
from api.services.wordseeding import seed_words
from api.settings import ApiSettings
from common.contract.directory import Borough, Practice
from common.runtime.jobs import LaterError
from common.runtime.vault import Vault
from tests.support.clock import START, MovedClock
from tests.support.safety_lists import fill_safety_lists

T = TypeVar("T")
Args = TypeVarTuple("Args")
TOKEN = "b1f0c2d3e4a5968778695a4b3c2d1e0f"
KEYS = Vault.new_key("k1")
ALBION, BROMLEY, CHRISP, CLOSED = "F84001", "F84002", "F84003", "F84009"
PRACTICES = (
    Practice(
        ods_code=ALBION,
        name="Albion Road Surgery",
        street="1 Albion Road",
        postcode="E1 4DG",
        pcn_code="N",
        pcn_name="North",
    ),
    Practice(
        ods_code=BROMLEY,
        name="Bromley Hall",
        street="2 Bromley Street",
        postcode="E1 4DH",
        pcn_code="N",
        pcn_name="North",
    ),
    Practice(
        ods_code=CHRISP,
        name="Chrisp Lane Practice",
        street="3 Chrisp Lane",
        postcode="E14 6AA",
        pcn_code="S",
        pcn_name="South",
    ),
    Practice(
        ods_code=CLOSED, name="The Old Surgery", street="9 Old Lane", postcode="E1 4DJ", open=False
    ),
)
AMINA, BRENDAN, CHIDI, KOFI = 1, 2, 3, 4
STAFF = (
    ("Amina", Role.PRESCRIBER, ALBION),
    ("Brendan", Role.PRESCRIBER, BROMLEY),
    ("Chidi", Role.PRESCRIBER, CHRISP),
    ("Kofi", Role.COORDINATOR),
)
Written = tuple[AccountNotice, Recipient]
AWAY = Leave(date(2026, 11, 1), date(2026, 12, 1))
BOROUGH = Borough(inside={"E1 4": ("DG", "DH", "DJ"), "E14 6": ("AA",)}, outside={"E1 4": ("ZZ",)})


@dataclass
class Api:
    """The running api, and what may be seen of it from outside and inside."""

    app: FastAPI
    client: TestClient
    clock: MovedClock
    told: "queue.SimpleQueue[tuple[Notice, Recipient]]" = field(default_factory=queue.SimpleQueue)
    written: "queue.SimpleQueue[Written]" = field(default_factory=queue.SimpleQueue)

    @property
    def desk(self) -> Desk:
        desk: Desk = self.app.state.desk
        return desk

    def send(self, body: Mapping[str, Any], key: str = "key-00000001") -> Response:
        """Submit a referral."""
        headers = {"Idempotency-Key": key}
        return self.client.post("/v1/referrals", json=dict(body), headers=headers)

    def away(self, *staff_ids: int) -> None:
        """Send members of staff on leave."""
        for one in staff_ids:
            self.write(partial(staff.set_leave, staff_id=one, leave=AWAY))

    def write(self, work: Callable[[Connection], T]) -> T:
        """Do something to the store, behind the api's back."""
        return self.run(self.desk.database.write, work)

    def run(self, service: Callable[[*Args], Awaitable[T]], *args: *Args) -> T:
        """Call a service in the api's own loop."""
        portal = self.client.portal
        assert portal is not None
        return portal.call(service, *args)

    def asker(self, staff_id: int) -> StaffAsker:
        """One of the made-up staff, asking."""
        member = self.write(partial(staff.by_id, staff_id=staff_id))
        assert member is not None
        return member.asker

    def next_letter(self) -> "Written":
        """What was written to whom next about their own account; waits for the worker."""
        return self.written.get(timeout=10)

    def next_notice(self) -> tuple[Notice, Recipient]:
        """Whoever was told next; waits for the worker, not for a time."""
        return self.told.get(timeout=10)


def submission(**changes: Any) -> dict[str, Any]:  # noqa: ANN401 any JSON
    """A referral as the bot sends it."""
    return {
        "conversation_id": "conversation-1",
        "channel": "telegram",
        "language": "bn",
        "home": "E1 4DG",
        "practice": ALBION,
        "concerns": ["money"],
        "name": "Rahima Khatun",
        "date_of_birth": "1980-04-03",
        "contact": {"phone": "07700 900123"},
        **changes,
    }


def api_settings(
    url: str = "sqlite://",
    keys: str = KEYS,
    tokens: str = TOKEN,
    **more: Any,  # noqa: ANN401 whatever can be set
) -> ApiSettings:
    """Settings of an api for one test."""
    return ApiSettings(
        database_url=url, intake_tokens=SecretStr(tokens), encryption_keys=SecretStr(keys), **more
    )


@contextmanager
def running_api(
    url: str = "",
    *,
    keys: str = KEYS,
    tokens: str = TOKEN,
    deaf: bool = False,
    **more: Any,  # noqa: ANN401 whatever can be set
) -> Iterator[Api]:
    """Start the api, with its jobs at work; stopped when left. A deaf one tells nobody yet.

    Without an address it has a small store of its own, and a file that is not there yet begins
    like that one. `more` are settings, as `public_url`.
    """
    if not url:
        with (
            _own_store() as own,
            running_api(own, keys=keys, tokens=tokens, deaf=deaf, **more) as api,
        ):
            yield api
        return
    _copy_filled(url)
    settings = api_settings(url, keys, tokens, **more)
    told: queue.SimpleQueue[tuple[Notice, Recipient]] = queue.SimpleQueue()
    written: queue.SimpleQueue[Written] = queue.SimpleQueue()
    clock = MovedClock()

    async def tell(notice: Notice, to: Recipient) -> None:
        if deaf:
            raise LaterError(60)
        told.put((notice, to))

    async def write(notice: AccountNotice, to: Recipient) -> None:
        written.put((notice, to))

    app = build(settings, tell=tell, write=write, clock=clock)
    app.state.desk.database.prepare(fill)
    headers = {"Authorization": f"Bearer {TOKEN}"}
    with TestClient(app, headers=headers, client=("127.0.0.1", 50_000)) as client:
        yield Api(app, client, clock, told, written)


def filled(url: str) -> None:
    """Make a store with the small directory and all words at this address, and leave it."""
    if not _copy_filled(url):
        asyncio.run(_filled(url))


def _copy_filled(url: str) -> bool:
    """Whether the address is of a file that was not there, and now is like the first one."""
    kind, _, path = url.partition(":///")
    if kind != "sqlite" or not path or Path(path).exists():
        return False
    shutil.copy(_filled_file(), path)
    return True


async def _filled(url: str) -> None:
    database = open_store(url)
    database.prepare(fill)
    await seed_words(database, MovedClock())
    await database.close()


@contextmanager
def _own_store() -> Iterator[str]:
    """The address of a file that is like the first one: to copy it takes less than to fill it."""
    with TemporaryDirectory() as folder:
        copied = shutil.copy(_filled_file(), folder)
        yield f"sqlite:///{copied}"


@cache
def _filled_file() -> Path:
    folder = TemporaryDirectory()
    atexit.register(folder.cleanup)
    file = Path(folder.name) / "api.sqlite3"
    asyncio.run(_filled(f"sqlite:///{file}"))
    return file


def fill(connection: Connection) -> None:
    """Store the small directory and the made-up staff, unless they are there."""
    if directory.has_practices(connection):
        return
    directory.add_practices(connection, PRACTICES)
    directory.store_borough(connection, BOROUGH, EDITION, START)
    ids = [_hire(connection, *one) for one in STAFF]
    staff.name_cover(connection, ids[0], ids[2])
    fill_safety_lists(connection)


def _hire(connection: Connection, name: str, role: Role, *practices: str) -> int:
    member = StaffMember(
        0, name, f"{name}@example.org", role, "no password", practices=frozenset(practices)
    )
    return staff.add(connection, member, capacity=10)
