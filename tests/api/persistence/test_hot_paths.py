"""What grows is never read from end to end on a hot path: every statement is asked for its plan."""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, event, text

from api.persistence.tables import METADATA
from tests.support.intake_api import Api, submission
from tests.support.staff_browser import Browser, give_passwords

# The directory's own tables stay small, and are read whole when a process starts; the audit's
# seals are one a day.
SMALL = {"practice", "practice_alias", "pcn", "audit_seal"}
# Nor is there ever much of what hangs on the people who work here.
SMALL |= {"staff_language", "staff_practice", "telegram_link", "telegram_choice"}
GROWING = {one.name for one in METADATA.sorted_tables} - SMALL
# An index of only what is still to be done stays small, however much has been done.
OF_A_PART = {
    index.name
    for table in METADATA.sorted_tables
    for index in table.indexes
    if index.dialect_options["postgresql"]["where"] is not None
}
PLANNED = ("SELECT", "INSERT", "UPDATE", "DELETE", "WITH")
MINE = {"X-Conversation-Id": "conversation-1"}
AFTERWARDS: Mapping[str, Any] = {
    "about-you": {"gender": "2"},
    "feedback": {"easy": 5},
    "corrections": {"phone": "07700 900999"},
    "erasure": {},
    "withdrawal": {},
}
# Some codes of each kind; a page that goes on from somewhere; what has come meanwhile.
LOOKS = (
    "/staff/",
    "/staff/?tab=unassigned",
    "/staff/?tab=network&status=withdrawn&concern=money&interpreter=yes",
    "/staff/?tab=network&language=bn&practice=F84001&after=0.1795000000000000.1",
    "/staff/news?tab=network&since=0",
    "/staff/news?tab=mine&since=0&concern=money",
)

Statements = dict[str, Any]
"""What was executed, with the values it was last executed with."""


@contextmanager
def listening(api: Api) -> Iterator[Statements]:
    """Note every statement of the store."""
    with _at_the_engine() if api.desk.database.shared else _at_the_driver(api) as heard:
        yield heard


@contextmanager
def _at_the_driver(api: Api) -> Iterator[Statements]:
    """On SQLite the hot paths go past SQLAlchemy; what is heard has its values written in."""
    heard: Statements = {}

    def hear(statement: str) -> None:
        if statement.lstrip().startswith(PLANNED):
            heard[statement] = ()

    def have_it_told_to(listener: Callable[[str], None] | None) -> None:
        api.write(lambda c: c.connection.driver_connection.set_trace_callback(listener))  # type: ignore[union-attr] # it is there

    have_it_told_to(hear)
    try:
        yield heard
    finally:
        have_it_told_to(None)


@contextmanager
def _at_the_engine() -> Iterator[Statements]:
    heard: Statements = {}

    def hear(_c: object, _u: object, statement: str, values: Any, _x: object, many: bool) -> None:  # noqa: ANN401, FBT001 as the event is called
        if statement.lstrip().startswith(PLANNED):
            heard[statement] = values[0] if many else values

    event.listen(Engine, "before_cursor_execute", hear)
    try:
        yield heard
    finally:
        event.remove(Engine, "before_cursor_execute", hear)


def residents(api: Api) -> None:
    """All that a conversation may do, some of it twice."""
    first = api.send(submission()).json()["reference"]
    api.next_notice()
    api.send(submission())
    api.send(submission(), "key-00000002")
    api.send(submission(conversation_id="conversation-2", practice=None), "key-00000003")
    api.away(1, 3)  # so that the network is asked
    api.send(submission(conversation_id="conversation-3"), "key-00000004")
    wish = {"conversation_id": "conversation-1", "channel": "telegram", "language": "so"}
    call = {**wish, "phone": "07700 900123"}
    key = {"Idempotency-Key": "key-00000005"}
    assert api.client.post("/v1/callbacks", json=call, headers=key).status_code == 201
    for step, body in AFTERWARDS.items():
        at = f"/v1/referrals/{first}/{step}"
        assert api.client.post(at, json=body, headers=MINE).status_code == 204
    assert api.client.get(f"/v1/referrals/{first}", headers=MINE).status_code == 200
    for _ in range(6):  # so that the jobs have asked for what they need
        api.next_notice()


def staff(api: Api) -> None:
    """Signing in, the inbox in many ways, a page, what is to be read, signing out."""
    for name in ("amina", "kofi"):
        browser = Browser(api)
        browser.sign_in(name)
        api.clock.move(minutes=2)
        for looked in LOOKS:
            assert browser.get(looked).status_code in {200, 204}
        listed = browser.get("/staff/?tab=network").text
        page = listed.split("/staff/referrals/")[1].split('"')[0]
        assert browser.get(f"/staff/referrals/{page}").status_code == 200
        for path in ("/staff/texts", f"/staff/texts/{page}", "/staff/you/telegram"):
            assert browser.get(path).status_code == 200
        browser.post("/staff/sign-out", {"token": browser.token("/staff/")})
    assert api.client.get("/readyz").status_code == 200


@pytest.mark.parametrize("flow", [residents, staff])
def test_no_statement_reads_a_growing_table_whole(api: Api, flow: Callable[[Api], None]) -> None:
    give_passwords(api)
    if flow is staff:
        residents(api)
    with listening(api) as heard:
        flow(api)
    assert len(heard) > 5
    database = api.desk.database
    plan = _postgresql if database.shared else _sqlite
    whole = api.write(lambda c: {s: found for s, v in heard.items() if (found := plan(c, s, v))})
    assert whole == {}


def _sqlite(connection: Connection, statement: str, values: Any) -> list[str]:  # noqa: ANN401 of any kind
    explained = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
    steps = [row.detail for row in explained]
    names = _names(statement)
    is_sorted = any("ORDER BY" in one for one in steps)
    takes_all = "WHERE" not in statement.replace("WHERE 1 = 1", "")
    cut_off = "LIMIT" in statement.split() and takes_all and not is_sorted
    return [
        one
        for one in steps
        if one.startswith("SCAN")
        and names.get(one.split()[1], one.split()[1]) in GROWING
        and not (cut_off and " USING " in one)
        and one.split()[-1] not in OF_A_PART
    ]


def _names(statement: str) -> dict[str, str]:
    """Tables by the names they go by in this statement."""
    words = statement.replace(",", " ").split()
    return {b: a for a, as_, b in zip(words, words[1:], words[2:], strict=False) if as_ == "AS"}


def _postgresql(connection: Connection, statement: str, values: Any) -> list[str]:  # noqa: ANN401 of any kind
    connection.execute(text("SET LOCAL enable_seqscan = off"))
    explained = connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {statement}", values)
    plan = explained.scalar_one()
    return _whole((json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"], cut_off=False)


def _whole(node: Mapping[str, Any], *, cut_off: bool) -> list[str]:
    """The tables that are read from end to end: without a condition on an index, nor cut off."""
    cut_off = cut_off or node["Node Type"] == "Limit"
    if node["Node Type"] in {"Sort", "Aggregate", "Hash"}:
        cut_off = False  # it takes in everything before it gives anything
    scans = node["Node Type"].endswith("Scan") and node.get("Relation Name") in GROWING
    bounded = "Index Cond" in node or node["Node Type"] == "Bitmap Heap Scan"
    bounded |= node.get("Index Name") in OF_A_PART
    takes_all = "Filter" not in node and node["Node Type"] != "Seq Scan"
    whole = scans and not bounded and not (cut_off and takes_all)
    found = [f"{node['Node Type']} of {node['Relation Name']}"] if whole else []
    for one in node.get("Plans", ()):
        found += _whole(one, cut_off=cut_off)
    return found
