"""The borough's practices as shipped: facts to start from, which coordinators edit afterwards."""

import csv
from collections.abc import Mapping
from pathlib import Path

from common.contract.directory import Practice

_FILE = Path(__file__).parent / "seed" / "practices.csv"


def read_practices() -> tuple[Practice, ...]:
    """All practices of the shipped file, the closed ones among them, in its order."""
    with _FILE.open(encoding="utf-8", newline="") as file:
        return tuple(_practice(row) for row in csv.DictReader(file))


def _practice(row: Mapping[str, str]) -> Practice:
    aliases = (alias.strip() for alias in row["also_known_as"].split(";"))
    return Practice(
        ods_code=row["ods_code"],
        name=row["name"],
        street=row["street"],
        postcode=row["postcode"],
        phone=row["phone"],
        pcn_code=row["pcn_code"],
        pcn_name=row["pcn_name"],
        open=row["status"] == "active",
        also_known_as=tuple(alias for alias in aliases if alias),
    )
