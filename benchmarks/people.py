"""A made-up service of any size: practices, prescribers, and what residents send to it."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from random import Random
from typing import Any

from common.contract.directory import Borough, Practice
from common.runtime.vault import Vault

SECRET = "0123456789abcdef0123456789abcdef"  # noqa: S105 nobody's
KEYS = "k1:482hKg2LNcuwdWBsG8OsvqrBEW+xNbdYmBPi524hp8o="
BOROUGH = Borough(inside={"E1 4": ("DG", "DH", "DJ")})
IN_A_NETWORK = 5  # practices
CAPACITY = 60


@dataclass(frozen=True)
class People:
    """So many practices, each with one prescriber of the same number (from 1)."""

    practices: int

    @cached_property
    def directory(self) -> tuple[Practice, ...]:
        """All of the practices, in networks."""
        return tuple(
            Practice(
                ods_code=code(number),
                name=f"Practice {number}",
                street=f"{number} Long Road",
                postcode="E1 4DG",
                phone="+442079460123",
                pcn_code=f"N{number // IN_A_NETWORK}",
                pcn_name=f"Network {number // IN_A_NETWORK}",
            )
            for number in range(1, self.practices + 1)
        )

    def submission(self, number: int, rest: Random) -> Mapping[str, Any]:
        """The referral of somebody who is nobody else, at a practice by chance."""
        return {
            "conversation_id": f"conversation-{number:09}",
            "channel": "telegram",
            "language": "bn",
            "home": "E1 4DG",
            "practice": code(rest.randint(1, self.practices)),
            "concerns": ["money", "housing"],
            "name": f"Amina Hassan {number}",
            "date_of_birth": "1980-04-03",
            "contact": {"phone": f"07700 9{number % 100_000:05}", "safe_call": "yes"},
            "own_words": ["আমার ভাড়া নিয়ে সাহায্য দরকার, আর আমি একা থাকি।"],
            "call_language": "syl",
            "interpreter": True,
        }


def code(number: int) -> str:
    """The ODS code of a practice."""
    return f"P{number:05}"


def vault() -> Vault:
    """The ring of keys of the whole service."""
    return Vault.parse(KEYS)


def bodies(people: People, seed: int) -> Iterator[bytes]:
    """What people send, one after the other and never twice."""
    rest = Random(seed)  # noqa: S311 chance, not a secret
    number = seed * 1_000_000
    while True:
        number += 1
        yield json.dumps(people.submission(number, rest), ensure_ascii=False).encode()
