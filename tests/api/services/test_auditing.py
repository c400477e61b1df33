"""The audit in the store: chained as it grows, changed by nobody, and every tampering found."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from api.domain.keep import Keep
from api.domain.record import Break, Fault, Keyed
from api.domain.staff import Origin, Role, StaffAsker, Way
from api.persistence import audit
from api.recordkeeping import verify_audit
from api.services import auditing, keeping
from api.services.auditing import Verdict
from common.runtime.upkeep.holding import UpkeepError
from tests.api.conftest import Beginning
from tests.support.intake_api import KEYS, Api, running_api
from tests.support.staff_browser import sql
from tests.support.upkeep import api_holding

KOFI = StaffAsker(4, Role.COORDINATOR, origin=Origin(Way.PAGE, "192.0.2.7"))
GUARDS = ("audit", "audit_origin", "audit_link")
SWAP = ((3, 99), (4, 3), (99, 4))
INSERT = "INSERT INTO audit (id, actor, action, subject, at) SELECT"
COPIED = "actor, action, subject, at FROM audit WHERE id = 1"
# What somebody does who can write the tables, and has taken the triggers off them.
TAMPERING: Mapping[str, tuple[str, Break]] = {
    "changed": (
        "UPDATE audit SET actor = 'staff:1' WHERE id = 3",
        Break(Fault.CHANGED, 3),
    ),
    "changed in its origin": (
        "UPDATE audit_origin SET network = '' WHERE audit_id = 2",
        Break(Fault.CHANGED, 2),
    ),
    "removed": ("DELETE FROM audit WHERE id = 4", Break(Fault.REMOVED, 4)),
    "inserted": (f"{INSERT} 11, {COPIED}", Break(Fault.INSERTED, 11)),
    "inserted before all": (f"{INSERT} 0, {COPIED}", Break(Fault.INSERTED, 0)),
    "reordered": (
        ";".join(f"UPDATE audit SET id = {to} WHERE id = {one}" for one, to in SWAP),
        Break(Fault.CHANGED, 3),
    ),
    "cut off the end with its link": (
        "DELETE FROM audit WHERE id = 12; DELETE FROM audit_link WHERE audit_id = 12",
        Break(Fault.REMOVED, 12),
    ),
}


def looking(subject: str, at: datetime) -> Callable[[Connection], None]:
    """Somebody looks at this."""
    return partial(audit.record, KOFI, action="referral.read", subject=subject, at=at)


def write(api: Api, *subjects: str) -> None:
    """Have somebody look at these."""
    for one in subjects:
        api.write(looking(one, api.clock()))


def chained(api: Api) -> None:
    """Twelve lines in the chain; what had the number 11 was undone."""
    write(api, *(f"TH-{number}" for number in range(1, 11)))
    sql(api, f"{INSERT} 12, {COPIED}")
    seal(api)


def seal(api: Api) -> int:
    return api.run(auditing.seal, api.desk)


def verdict(api: Api) -> Verdict:
    return api.write(lambda c: auditing.verify(c, api.desk.vault.fingerprint))


def unguarded(api: Api) -> None:
    """Take the triggers away, as whoever owns the tables can."""
    shared = api.desk.database.shared
    for table in GUARDS:
        for name in ("no_update", "no_delete"):
            sql(api, f"DROP TRIGGER {table}_{name}" + (f" ON {table}" if shared else ""))


def test_it_is_whole_as_it_grows(api: Api) -> None:
    chained(api)
    first = verdict(api)
    assert (first.first_break, first.lines, first.waiting) == (None, 11, 0)
    sql(api, f"{INSERT} 13, {COPIED}")
    assert verdict(api).waiting == 1
    api.clock.move(days=1)
    assert seal(api) == 1
    grown = verdict(api)
    assert (grown.first_break, grown.lines, grown.waiting) == (None, 12, 0)
    assert api.write(lambda c: auditing.holds(c, 12, first.last.head if first.last else ""))


class UndoneError(Exception):
    """What was done is not to stay."""


def tampered(connection: Connection, keyed: Keyed, statements: str, found: list[Verdict]) -> None:
    for one in statements.split(";"):
        connection.execute(text(one))
    found.append(auditing.verify(connection, keyed))
    raise UndoneError


def test_what_is_done_past_the_guards_is_found(api: Api) -> None:
    chained(api)
    unguarded(api)
    for what, (statements, where) in TAMPERING.items():
        found: list[Verdict] = []
        with pytest.raises(UndoneError):
            api.write(
                partial(
                    tampered, keyed=api.desk.vault.fingerprint, statements=statements, found=found
                )
            )
        first = found[0].first_break
        assert first is not None, what
        assert (first.fault, first.line) == (where.fault, where.line), what
    assert verdict(api).first_break is None


def test_the_store_itself_refuses_a_change(api: Api) -> None:
    chained(api)
    for table in GUARDS:
        number = "id" if table == "audit" else "audit_id"
        for statement in (f"UPDATE {table} SET {number} = 99", f"DELETE FROM {table}"):
            with pytest.raises(DBAPIError):
                sql(api, statement)
    assert verdict(api).first_break is None


def test_a_day_goes_whole_after_its_time_and_its_seal_stays(api: Api) -> None:
    write(api, "TH-1", "TH-2")
    seal(api)
    api.clock.move(days=366)
    write(api, "TH-3")
    seal(api)
    assert api.run(keeping.retention, replace(api.desk, keep=Keep(record_years=1))).lines == 2
    assert api.run(keeping.retention, replace(api.desk, keep=Keep(record_years=1))).lines == 0
    seal(api)
    left = verdict(api)
    assert (left.first_break, left.pruned, left.lines) == (None, 1, 2)
    assert [one[0] for one in sql(api, "SELECT action FROM audit ORDER BY id")] == [
        "referral.read",
        "audit.pruned",
    ]
    sql(
        api,
        "INSERT INTO audit (id, actor, action, subject, at) SELECT 1, actor, action,"
        " subject, at FROM audit WHERE id = 3",
    )
    put_back = verdict(api).first_break
    assert put_back == Break(Fault.INSERTED, 1)


def test_only_who_has_the_key_can_take_a_day_away(api: Api) -> None:
    write(api, "TH-1")
    seal(api)
    api.clock.move(days=1)
    write(api, "TH-2")
    seal(api)
    sql(api, "UPDATE audit_seal SET pruned = 'x' WHERE last_id = 1")
    sql(api, "DELETE FROM audit WHERE id = 1")
    found = verdict(api).first_break
    assert found is not None
    assert found.fault is Fault.SEAL


def test_processes_that_write_and_seal_at_once_make_one_chain(begin: Beginning) -> None:
    with begin() as one, begin() as other:
        portal, second = one.client.portal, other.client.portal
        assert portal is not None
        assert second is not None

        async def busy(api: Api) -> None:
            for number in range(12):
                await api.desk.database.write(looking(f"TH-{number}", api.clock()))
                if number % 3 == 0:
                    await auditing.seal(api.desk)

        tasks = [portal.start_task_soon(busy, one), second.start_task_soon(busy, other)]
        for task in tasks:
            task.result(timeout=30)
        seal(one)
        whole = verdict(other)
        assert (whole.first_break, whole.lines, whole.waiting) == (None, 24, 0)


@pytest.mark.any_store
def test_the_command_says_how_it_is(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'api.sqlite3'}"
    holding, printed = api_holding(url, KEYS), StringIO()

    def check(since: str = "") -> tuple[bool, str]:
        printed.truncate(0)
        whole = asyncio.run(verify_audit(holding, Console(file=printed), since))
        return whole, printed.getvalue()

    with running_api(url) as api:
        write(api, "TH-1", "TH-2")
        seal(api)
        whole, said = check()
        assert whole
        assert "2 lines are in the chain" in said
        mark = said.split("somewhere else: ")[1].split(". ")[0]
        assert check(mark)[0]
        unguarded(api)
        for table in (*GUARDS, "audit_seal"):
            sql(api, f"DELETE FROM {table}")
        whole, said = check(mark)
        assert not whole
        assert "taken off its end" in said
        write(api, "TH-3")
        seal(api)
        sql(api, "UPDATE audit SET subject = 'TH-9'")
        whole, said = check()
        assert not whole
        assert "was changed, or is out of its place" in said
    with pytest.raises(UpkeepError, match="earlier check"):
        check("nonsense")


@pytest.mark.any_store
def test_from_where_staff_ask_is_kept_and_nothing_of_residents(api: Api) -> None:
    write(api, "TH-1")
    assert sql(api, "SELECT audit_id, way, network FROM audit_origin") == [(1, "page", "192.0.2.7")]
