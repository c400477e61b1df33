"""Errors carry what may be shown, and nothing else."""

import pytest

from api.domain.errors import (
    AlreadySentError,
    ConflictError,
    DomainError,
    KeyReusedError,
    MoveRefusedError,
    NotFoundError,
    NotSignedInError,
    RefusedError,
    TooManyError,
    UnacceptableError,
)


@pytest.mark.parametrize(
    "noun",
    [
        NotFoundError,
        ConflictError,
        KeyReusedError,
        MoveRefusedError,
        RefusedError,
        NotSignedInError,
    ],
)
def test_each_noun_speaks_for_itself(noun: type[DomainError]) -> None:
    assert str(noun()) == noun.title
    assert str(noun("because")) == "because"
    assert noun.code != DomainError.code


def test_a_second_sending_knows_the_first() -> None:
    error = AlreadySentError("TH-7K3M-9QX")
    assert error.reference == "TH-7K3M-9QX"
    assert error.reference not in str(error)


def test_an_unacceptable_field_is_named() -> None:
    error = UnacceptableError("date_of_birth", "in the future")
    assert (error.field, error.detail) == ("date_of_birth", "in the future")


def test_who_is_too_fast_is_told_for_how_long_to_wait() -> None:
    error = TooManyError(30)
    assert (error.wait, str(error)) == (30, TooManyError.title)
