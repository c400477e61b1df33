"""What a new password must be, and what counts as a second factor."""

from datetime import UTC, datetime

import pytest

from api.domain.door import Factors, Passkey, password_fault

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
PASSKEY = Passkey("AAAA", "BBBB", 0, "Work laptop", NOW)


@pytest.mark.parametrize(
    ("password", "said", "because"),
    [
        ("three green boats", "", "long, and nobody's name"),
        ("twelve chars", "", "just long enough"),
        ("elevenchars", "at least 12", "one too few"),
        ("", "at least 12", "nothing at all"),
        ("x" * 1001, "too long", "hashing it would keep a thread busy"),
        ("aaaaaaaaaaaa", "too easy", "one letter"),
        ("abababababab", "too easy", "two letters"),
        ("AMINA@example.org", "too easy", "their own address"),
        ("amina ashworth", "too easy", "their own name"),
        ("সবুজ নৌকা তিনটি", "", "any script will do"),
    ],
)
def test_a_new_password(password: str, said: str, because: str) -> None:
    fault = password_fault(password, "Amina Ashworth", "amina@example.org")
    assert (said in fault) if said else not fault, because


def test_recovery_codes_alone_are_no_second_factor() -> None:
    assert not Factors(None, (), 10).any
    assert Factors(NOW, (), 0).any
    assert Factors(None, (PASSKEY,), 0).any
