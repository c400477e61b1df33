"""The chain of the audit, without a store: what is changed, taken out, put in or moved is found."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from api.domain.record import (
    Break,
    Fault,
    Line,
    Seal,
    broken_link,
    broken_seal,
    link,
    pruned,
    sealed,
)
from common.runtime.vault import Vault

KEYED = Vault.parse(Vault.new_key("k1")).fingerprint
AT = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
LINES = [Line(number, "staff:1", "referral.read", f"TH-{number}", AT) for number in (1, 2, 4, 5)]
Lines = list[Line]


def linked(lines: Lines) -> list[tuple[int, str]]:
    before, links = "", []
    for line in lines:
        before = link(KEYED, before, line)
        links.append((line.id, before))
    return links


def moved(lines: Lines) -> Lines:
    return [lines[0], replace(lines[2], id=2), replace(lines[1], id=4), lines[3]]


CHANGES: dict[str, tuple[Callable[[Lines], Lines], Break]] = {
    "another actor": (
        lambda lines: [lines[0], replace(lines[1], actor="staff:2"), *lines[2:]],
        Break(Fault.CHANGED, 2),
    ),
    "another network": (
        lambda lines: [*lines[:3], replace(lines[3], network="192.0.2.1")],
        Break(Fault.CHANGED, 5),
    ),
    "taken out": (lambda lines: [*lines[:2], lines[3]], Break(Fault.REMOVED, 4)),
    "put in": (
        lambda lines: [*lines[:2], replace(lines[0], id=3), *lines[2:]],
        Break(Fault.INSERTED, 3),
    ),
    "moved": (moved, Break(Fault.CHANGED, 2)),
}


def test_an_untouched_chain_ends_in_its_last_link() -> None:
    links = linked(LINES)
    assert broken_link(KEYED, "", LINES, links) == links[-1][1]


@pytest.mark.parametrize("change", CHANGES)
def test_the_first_change_is_found(change: str) -> None:
    done, found = CHANGES[change]
    assert broken_link(KEYED, "", done(LINES), linked(LINES)) == found


def test_a_line_taken_out_with_its_link_is_missed_by_the_next() -> None:
    lines, links = [*LINES[:1], *LINES[2:]], linked(LINES)
    assert broken_link(KEYED, "", lines, [links[0], *links[2:]]) == Break(Fault.CHANGED, 4)


def test_another_key_makes_other_links() -> None:
    other = Vault.parse(Vault.new_key("k1")).fingerprint
    assert broken_link(other, "", LINES, linked(LINES)) == Break(Fault.CHANGED, 1)


def seals() -> list[Seal]:
    made: list[Seal] = []
    for day in (1, 2, 3):
        seal = Seal(date(2026, 11, day), day * 10, 10, f"head {day}")
        made.append(replace(seal, seal=sealed(KEYED, made[-1].seal if made else "", seal)))
    return made


def test_seals_of_ours_hold_the_first_days_taken_away_or_not() -> None:
    first, *rest = seals()
    assert broken_seal(KEYED, [first, *rest]) is None
    assert broken_seal(KEYED, [replace(first, pruned=pruned(KEYED, first)), *rest]) is None


def test_a_seal_that_is_not_ours_is_found() -> None:
    first, second, third = seals()
    away = replace(second, pruned=pruned(KEYED, second))
    for wrong, day in (
        ([first, replace(second, lines=9), third], 2),
        ([first, third], 3),
        ([replace(first, pruned="yes"), second, third], 1),
        ([first, away, third], 2),
    ):
        assert broken_seal(KEYED, wrong) == Break(Fault.SEAL, day=date(2026, 11, day))
