"""The helplines that residents are shown: complete, and free of two numbers that do harm."""

import csv
import re
from pathlib import Path

LOCALES = Path(__file__).parents[3] / "locales"
DEAD_DIGITS = "08000730003"  # the old local crisis line, gone since 2025-01-31
MISPRINT = "0808 200 0247"  # the same digits as the true 0808 2000 247, grouped to be misread


def texts() -> dict[str, str]:
    files = [path for path in LOCALES.rglob("*") if path.suffix in {".csv", ".txt", ".po", ".pot"}]
    return {str(path.relative_to(LOCALES)): path.read_text(encoding="utf-8") for path in files}


def rows() -> list[dict[str, str]]:
    with (LOCALES / "helplines.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_dead_number_stands_nowhere() -> None:
    assert len(texts()) > 10
    squeezed = {name: re.sub(r"[\s()-]", "", text) for name, text in texts().items()}
    assert [name for name, text in squeezed.items() if DEAD_DIGITS in text] == []


def test_the_misprint_stands_nowhere() -> None:
    assert [name for name, text in texts().items() if MISPRINT in text] == []


def test_what_is_always_shown_has_a_name_a_contact_and_hours() -> None:
    always = [row for row in rows() if row["shown"] == "always"]
    assert {row["key"]: row["contact"] for row in always} == {
        "emergency": "999",
        "crisis": "111",
        "urgent_medical": "111",
        "talk": "116 123",
        "domestic_abuse": "0808 2000 247",
        "child": "0800 1111",
    }
    assert all(row["name"] and row["when"] and row["situation"] for row in always)


def test_every_other_line_waits_to_be_confirmed() -> None:
    assert {row["shown"] for row in rows()} == {"always", "once confirmed"}
