"""The free texts in what a person told us: each has a place by which it is known again."""

from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import BaseModel

from common.contract.referral import CallbackRequest, ReferralSubmission


@dataclass(frozen=True, slots=True)
class FreeText:
    """Something in a person's own words; `which` is its place, as `own-1`."""

    which: str
    words: str


def free_texts(told: BaseModel) -> tuple[FreeText, ...]:
    """All of it that is prose, in the order it was asked for.

    Names and addresses are typed freely, too: they are used, and by that read.
    """
    return tuple(_of(told))


def _of(told: BaseModel) -> Iterator[FreeText]:
    if isinstance(told, ReferralSubmission):
        yield from _numbered("concern", told.concern_words)
        yield from _numbered("own", told.own_words)
    elif isinstance(told, CallbackRequest):
        yield from _numbered("call", told.words)


def _numbered(kind: str, texts: tuple[str, ...]) -> Iterator[FreeText]:
    for number, words in enumerate(texts, 1):
        if words.strip():
            yield FreeText(f"{kind}-{number}", words)
