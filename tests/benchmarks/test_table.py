"""The table says what was measured, what was aimed at, and whether that was reached."""

import json

import pytest

from benchmarks.table import Row, as_markdown, as_text

SLOW = Row("a turn", "bare aiogram", 1.9, target=0.6, note="ours 2 µs; floor 1 µs")
FAST = Row("a turn", "bare aiogram", 0.5, target=0.6)
MORE = Row("requests", "bare route", 0.4, target=0.33, better="more")
TOLD = Row("import aiogram", "nothing", 2.7, "s of CPU")


@pytest.mark.parametrize(("row", "met"), [(SLOW, False), (FAST, True), (MORE, True), (TOLD, None)])
def test_a_target_is_met_or_not(row: Row, met: bool | None) -> None:  # noqa: FBT001 it is the point
    assert row.met is met


def test_a_row_that_is_not_met_stands_in_the_table_like_the_others() -> None:
    lines = as_text([SLOW, FAST, TOLD]).splitlines()
    assert len(lines) == 5
    assert lines[2].split("  ")[-1] == "NO"
    assert "at most 0.6 ×" in lines[2]


def test_the_page_also_says_what_a_ratio_was_made_of() -> None:
    assert "ours 2 µs; floor 1 µs" in as_markdown([SLOW])


def test_a_row_comes_back_as_it_was_written() -> None:
    assert Row.load(json.loads(json.dumps(MORE.dump()))) == MORE
