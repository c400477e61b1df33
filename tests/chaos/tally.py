"""What became of everybody: looked up in the api's own database and in the post office."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from common.runtime.vault import Vault
from tests.chaos.ground import Ground
from tests.chaos.resident import Resident

COLUMNS = ("started", "sent", "received", "lost", "doubled", "notified", "stuck")


@dataclass(frozen=True, slots=True)
class Filed:
    """A referral as the api has it: its number, whose phone, and who is to know of it."""

    reference: str
    phone: str
    addresses: frozenset[str]


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of one resident, and what is wrong with that, in words (empty if nothing)."""

    resident: Resident
    filed: tuple[Filed, ...]
    notified: bool
    wrong: tuple[str, ...]

    @property
    def counts(self) -> Mapping[str, bool]:
        """In which columns of the table they count."""
        one = self.resident
        return {
            "started": one.started,
            "sent": one.confirmed,
            "received": bool(self.filed),
            "lost": one.confirmed and not self.filed,
            "doubled": len(self.filed) > 1,
            "notified": self.notified,
            "stuck": not (one.finished and one.answered),
        }


def fates(ground: Ground, residents: Sequence[Resident]) -> list[Fate]:
    """What became of each of them."""
    filed: dict[str, list[Filed]] = defaultdict(list)
    for row in _filed(ground):
        filed[row.phone].append(row)
    told, seen = ground.post.told(), _seen_by(residents)
    found = []
    for one in residents:
        mine = tuple(filed.pop(one.phone, ()))
        missing = [each for each in mine if not each.addresses & told.get(each.reference, set())]
        wrong = tuple(_wrong(one, mine, seen, told=not missing))
        found.append(Fate(one, mine, bool(mine) and not missing, wrong))
    assert not filed, "a referral of nobody"
    return found


def total(found: Iterable[Fate]) -> dict[str, int]:
    """How many of them count in each column."""
    listed = list(found)
    return {name: sum(one.counts[name] for one in listed) for name in COLUMNS}


def forgotten(ground: Ground) -> int:
    """How many updates the bot has confirmed to Telegram, and yet never worked."""
    rows = "SELECT update_id FROM inbox WHERE source = 'telegram' AND done_at IS NOT NULL"
    worked = {update for (update,) in ground.store.rows("bot", rows)}
    taken = {str(one["update_id"]) for one in ground.telegram.updates.taken}
    return len(taken - worked)


def _wrong(
    resident: Resident, filed: Sequence[Filed], seen: Mapping[str, int], *, told: bool
) -> Iterable[str]:
    own = {one.reference for one in filed}
    if not resident.confirmed:
        yield "never came to press Send"
    if resident.confirmed and not filed:
        yield "lost"
    if len(filed) > 1:
        yield f"doubled: {sorted(own)}"
    if resident.references != own:
        yield f"has read {sorted(resident.references)}, but it is {sorted(own)}"
    if any(seen[one] > 1 for one in resident.references):
        yield "has read the reference of somebody else"
    if not told:
        yield "the prescriber was not told"
    if not resident.finished:
        yield "did not come to the end"
    elif not resident.answered:
        yield "gets no answer any more"


def _seen_by(residents: Iterable[Resident]) -> dict[str, int]:
    """How many have read each reference."""
    seen: dict[str, int] = defaultdict(int)
    for one in residents:
        for reference in one.references:
            seen[reference] += 1
    return seen


def _filed(ground: Ground) -> Iterable[Filed]:
    vault = Vault.parse(ground.keys["api"])
    staff = ground.store.rows("api", "SELECT id, email, role FROM staff_member")
    by_id = {number: frozenset({email}) for number, email, _ in staff}
    coordinators = frozenset(email for _, email, role in staff if role == "coordinator")
    rows = ground.store.rows("api", "SELECT reference, sealed, assigned_to FROM referral")
    for reference, sealed, assigned in rows:
        opened = vault.open(bytes(sealed), table="referral", column="sealed", row=reference)
        phone = json.loads(opened)["contact"]["phone"]
        yield Filed(reference, phone, by_id.get(assigned, coordinators))
