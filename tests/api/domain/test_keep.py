"""How far back each kind of data is kept."""

from datetime import date

from api.domain.keep import Keep, years_ago

TODAY = date(2026, 11, 23)


def test_each_kind_has_its_own_time() -> None:
    keep = Keep(closed_years=8, record_years=6, answers_days=30)
    assert keep.closed_before(TODAY) == date(2018, 11, 23)
    assert keep.recorded_before(TODAY) == date(2020, 11, 23)
    assert keep.answered_before(TODAY) == date(2026, 10, 24)


def test_a_leap_day_was_the_day_before_in_other_years() -> None:
    assert years_ago(date(2028, 2, 29), 8) == date(2020, 2, 29)
    assert years_ago(date(2028, 2, 29), 3) == date(2025, 2, 28)
