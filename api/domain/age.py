"""How old somebody is."""

from datetime import date


def age_on(born: date, day: date) -> int:
    """Full years on this day; negative before the birth. Born on 29 February counts on 1 March."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
