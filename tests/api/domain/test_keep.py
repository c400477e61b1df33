"""How far back each kind of data is kept."""

from datetime import date

import pytest

from api.domain.keep import Keep, answer_by, years_ago

TODAY = date(2026, 11, 23)


def test_each_kind_has_its_own_time() -> None:
    keep = Keep(closed_years=8, record_years=6, answers_days=30)
    assert keep.closed_before(TODAY) == date(2018, 11, 23)
    assert keep.recorded_before(TODAY) == date(2020, 11, 23)
    assert keep.answered_before(TODAY) == date(2026, 10, 24)


def test_a_leap_day_was_the_day_before_in_other_years() -> None:
    assert years_ago(date(2028, 2, 29), 8) == date(2020, 2, 29)
    assert years_ago(date(2028, 2, 29), 3) == date(2025, 2, 28)


@pytest.mark.parametrize(
    ("asked", "last"),
    [
        (date(2026, 11, 23), date(2026, 12, 23)),
        (date(2026, 12, 31), date(2027, 1, 31)),
        (date(2027, 1, 31), date(2027, 2, 28)),
        (date(2026, 8, 31), date(2026, 9, 30)),
        (date(2028, 1, 30), date(2028, 2, 29)),
    ],
)
def test_a_request_is_answered_within_a_month(asked: date, last: date) -> None:
    assert answer_by(asked) == last
