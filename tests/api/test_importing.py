"""The official list is taken in beside the serving api: shown first, refused whole when broken."""

import asyncio
import csv
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path

import pytest
from pydantic import SecretStr
from rich.console import Console

from api.importing import import_list
from api.settings import ApiSettings
from common.runtime.upkeep.holding import UpkeepError
from tests.support.clock import MovedClock
from tests.support.intake_api import ALBION, BROMLEY, CHRISP, KEYS, TOKEN, Api, running_api
from tests.support.intake_api import submission as referral


def row(code: str, name: str, postcode: str, status: str = "A", setting: str = "4") -> list[str]:
    """A line of the list."""
    told = {1: code, 2: name, 5: "1 SOME ROAD", 10: postcode, 13: status, 26: setting}
    return [told.get(number, "") for number in range(1, 28)]


Rows = list[list[str]]
OLD_WORDS = {"open": ("A", "4"), "closed": ("C", "4")}
NEW_WORDS = {"open": ("ACTIVE", "RO76|RO87"), "closed": ("INACTIVE", "RO76")}


def listed(words: dict[str, tuple[str, str]]) -> list[list[str]]:
    is_open, is_closed = words["open"], words["closed"]
    return [
        row(ALBION, "ALBION HEALTH", "E1 4DG", *is_open),
        row(BROMLEY, "BROMLEY HALL", "E1 4DJ", *is_open),
        row(CHRISP, "CHRISP LANE PRACTICE", "E14 6AA", *is_closed),
        row("F84888", "NEW PRACTICE", "E1 4DH", *is_open),
        row("F84889", "ELSEWHERE", "N1 1AA", *is_open),
        row("Y00001", "PRISON", "E1 4DH", is_open[0], "RO80"),
    ]


FIRST = row(ALBION, "ALBION HEALTH", "E1 4DG")
BROKEN: list[tuple[Rows, str]] = [
    ([FIRST, FIRST[:-1]], "Line 2 has 26 columns"),
    ([FIRST, row(BROMLEY, "A", "E1 4DG", "X")], "Line 2 has a status"),
    ([row("!", "A", "E1 4DG")], "Line 1 has no code"),
    ([FIRST, FIRST, row(BROMLEY, "A", "NOWHERE")], "Line 3 has a postcode"),
    ([], "There is nothing in the file"),
]


@dataclass
class Taken:
    """Takes lists in, and keeps what was said."""

    url: str
    folder: Path
    printed: StringIO = field(default_factory=StringIO)

    def take(self, rows: list[list[str]], *, agree: bool = True) -> bool:
        file = self.folder / "epraccur.csv"
        with file.open("w", encoding="utf-8", newline="") as content:
            csv.writer(content, quoting=csv.QUOTE_ALL).writerows(rows)
        return self.take_file(file, agree=agree)

    def take_file(self, file: Path, *, agree: bool = True) -> bool:
        settings = ApiSettings(
            database_url=self.url, intake_tokens=SecretStr(TOKEN), encryption_keys=SecretStr(KEYS)
        )
        console = Console(file=self.printed, width=200)
        return asyncio.run(import_list(settings, file, console, MovedClock(), lambda: agree))


def practices(api: Api) -> dict[str, tuple[str, str, bool]]:
    api.clock.move(seconds=1)
    found = api.client.get("/v1/directory").json()["practices"]
    return {one["ods_code"]: (one["name"], one["postcode"], one["open"]) for one in found}


@pytest.mark.parametrize("words", [OLD_WORDS, NEW_WORDS], ids=["letters", "words"])
def test_the_difference_is_shown_and_taken_in_beside_the_api(
    store_url: str, tmp_path: Path, words: dict[str, tuple[str, str]]
) -> None:
    taken = Taken(store_url, tmp_path)
    with running_api(store_url) as api:
        api.send(referral(practice=CHRISP))
        before = practices(api)
        assert not taken.take(listed(words), agree=False)
        assert practices(api) == before
        assert taken.take(listed(words))
        after = practices(api)
        assert after[ALBION] == ("Albion Health", "E1 4DG", True)
        assert after[BROMLEY][1] == "E1 4DJ"
        assert not after[CHRISP][2]
        assert after["F84888"] == ("New Practice", "E1 4DH", True)
        assert set(after) == {*before, "F84888"}
        held = api.write(lambda c: c.exec_driver_sql("SELECT assigned_to FROM referral").all())
        assert [tuple(one) for one in held] == [(None,)]
        assert taken.take(listed(words))  # once more there is nothing to do
    said = taken.printed.getvalue()
    for told in (
        "New: 1\n  F84888 New Practice, 1 Some Road, E1 4DH",
        f"Closed: 1\n  {CHRISP}",
        f"Other name: 1\n  {ALBION} Albion Health",
        f"Moved: 1\n  {BROMLEY}",
        "1 open referrals are of practices that close.",
        "There is nothing to change.",
    ):
        assert told in said


def test_a_broken_list_is_refused_with_the_line(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'api.sqlite3'}"
    with running_api(url) as api:
        before, taken = practices(api), Taken(url, tmp_path)
        for rows, told in BROKEN:
            with pytest.raises(UpkeepError, match=told):
                taken.take(rows)
        assert practices(api) == before


def test_what_is_no_list_at_all_is_refused(tmp_path: Path) -> None:
    taken, file = Taken("sqlite://", tmp_path), tmp_path / "some.csv"
    with pytest.raises(UpkeepError, match="cannot be read"):
        taken.take_file(file)
    file.write_bytes(b'"F84001","\xff\xfe')
    with pytest.raises(UpkeepError, match="Line 1 of the file is damaged"):
        taken.take_file(file)
