"""Whoever guesses waits longer each time, and nobody can fill the memory by guessing."""

from datetime import timedelta

from api.services.patience import REMEMBERED, Patience
from tests.support.clock import MovedClock

KEYS = {"account": 3}


def test_the_pause_doubles_up_to_a_quarter_of_an_hour() -> None:
    patience, clock = Patience(), MovedClock()
    pauses = []
    for _ in range(10):
        patience.count(KEYS, clock())
        wait = patience.wait(KEYS, clock())
        pauses.append(wait.total_seconds())
        clock.move(seconds=wait.total_seconds())
        assert not patience.wait(KEYS, clock())
    assert pauses == [0, 0, 30, 60, 120, 240, 480, 900, 900, 900]


def test_the_longest_pause_of_all_keys_counts() -> None:
    patience, clock = Patience(), MovedClock()
    for _ in range(3):
        patience.count({"here": 2, "address": 50}, clock())
    assert patience.wait({"here": 2, "address": 50}, clock()) == timedelta(seconds=60)
    assert patience.wait({"elsewhere": 2, "address": 50}, clock()) == timedelta()


def test_an_hour_of_quiet_is_forgotten() -> None:
    patience, clock = Patience(), MovedClock()
    for _ in range(3):
        patience.count(KEYS, clock())
    clock.move(hours=1)
    patience.count(KEYS, clock())
    assert patience.wait(KEYS, clock()) == timedelta()


def test_the_right_password_forgives() -> None:
    patience, clock = Patience(), MovedClock()
    for _ in range(3):
        patience.count(KEYS, clock())
    patience.forgive(KEYS)
    assert patience.wait(KEYS, clock()) == timedelta()


def test_only_so_many_are_remembered_the_newest_first() -> None:
    patience, clock = Patience(), MovedClock()
    for number in range(REMEMBERED + 1):
        patience.count({f"account {number}": 1}, clock())
    assert patience.wait({"account 0": 1}, clock()) == timedelta()
    assert patience.wait({f"account {REMEMBERED}": 1}, clock()) == timedelta(seconds=30)
