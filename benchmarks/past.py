"""The rows that referrals of the past have left behind, table by table, made by chance."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from api.domain.referral import CloseReason, Status
from benchmarks.people import People, vault
from common.contract.identifiers import ReferralReference

OPEN_SHARE = 0.05
FLAGGED_SHARE = 0.1
AT_A_TIME = 5_000
SINCE, UNTIL = datetime(2024, 1, 1, tzinfo=UTC), datetime(2026, 11, 20, tzinfo=UTC)
ROAD = (
    Status.RECEIVED,
    Status.ASSIGNED,
    Status.ACCEPTED,
    Status.CONTACTING,
    Status.IN_CONTACT,
    Status.CLOSED,
)

_RING = vault()

Row = tuple[Any, ...]

COLUMNS: Mapping[str, Sequence[str]] = {
    "referral": (
        *("id", "reference", "kind", "status", "rank", "practice", "decision", "reasons", "flags"),
        *("assigned_to", "assigned_because", "received_at", "contact_days", "channel"),
        *("language", "conversation", "person", "by_phone", "by_postcode", "sealed", "concerns"),
    ),
    "referral_status_change": ("referral_id", "before", "after", "reason", "author", "at"),
    "audit": ("actor", "action", "subject", "at"),
    "idempotency_key": ("key", "body", "answer", "at"),
}


@dataclass
class Past:
    """Referrals numbered from 1, oldest first: one in twenty is open, most of them young."""

    people: People
    referrals: int
    rest: Random = field(default_factory=lambda: Random(1))  # noqa: S311 chance, not a secret

    def rows(self) -> Iterator[Mapping[str, list[Row]]]:
        """All rows by table, so many referrals at a time."""
        for first in range(1, self.referrals + 1, AT_A_TIME):
            found: dict[str, list[Row]] = {table: [] for table in COLUMNS}
            for number in range(first, min(first + AT_A_TIME, self.referrals + 1)):
                for table, row in self._of(number):
                    found[table].append(row)
            yield found

    def _of(self, number: int) -> Iterator[tuple[str, Row]]:
        at = SINCE + (UNTIL - SINCE) * (number / self.referrals)
        told, reference = self.people.submission(number, self.rest), reference_of(number)
        road = self._road()
        status = road[-1].value
        yield "referral", self._referral(number, reference, told, status, at)
        for place, one in enumerate(road):
            before = road[place - 1].value if place else ""
            reason = CloseReason.ATTENDED.value if one is Status.CLOSED else ""
            moved = at + timedelta(days=place)
            yield (
                "referral_status_change",
                (number, before, one.value, reason, "system:past", moved),
            )
        yield "audit", ("conversation", "referral.received", reference, at)
        yield "audit", ("staff:1", "referral.read", reference, at)
        receipt = {"reference": reference, "status": "assigned", "contact_within_working_days": 5}
        yield "idempotency_key", (self._hash(), self._hash(), json.dumps(receipt), at)

    def _road(self) -> Sequence[Status]:
        """As far as it has come."""
        is_open = self.rest.random() < OPEN_SHARE
        return ROAD[: self.rest.randint(2, 5)] if is_open else ROAD

    def _referral(
        self, number: int, reference: str, told: Mapping[str, Any], status: str, at: datetime
    ) -> Row:
        practice = str(told["practice"])
        flagged = self.rest.random() < FLAGGED_SHARE
        rank = (2 if status == Status.CLOSED else 0) + (not flagged)
        return (
            *(number, reference, "referral", status, rank, practice),
            *("eligible", "lives_in_borough practice_in_borough", "help_now" if flagged else ""),
            *(int(practice[1:]), "practice_prescriber", at, 5, "telegram", "bn"),
            *(self._hash(), self._hash(), self._hash(), self._hash()),
            _RING.seal(json.dumps(told).encode(), table="referral", column="sealed", row=reference),
            "",  # NULL would be filled in while something else is measured
        )

    def _hash(self) -> str:
        return f"{self.rest.getrandbits(256):064x}"


def reference_of(number: int) -> str:
    """Spread over all that there are, and never the same for two numbers."""
    spread = number * 611_953 % 2**30
    digits = iter([spread >> place & 31 for place in range(0, 30, 5)])
    return str(ReferralReference.make(lambda _: next(digits)))
