"""`python -m api staff …`: the first manager, and helping those who cannot sign in."""

import asyncio
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from pydantic import SecretStr
from typer.testing import CliRunner, Result

from api.__main__ import cli
from api.app import fill
from api.settings import ApiSettings
from tests.support.intake_api import KEYS, TOKEN, running_api
from tests.support.staff_browser import APP, SECOND, Browser

PASSWORD = "three green boats"
MANAGER = ("--name", "Maryam Fielding", "--email", "maryam@example.org")


class Operator:
    """Somebody at the command line of a machine with a store."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "api.sqlite3"
        self.settings = {
            "API_DATABASE_URL": f"sqlite:///{self.file}",
            "API_INTAKE_TOKENS": TOKEN,
            "API_ENCRYPTION_KEYS": KEYS,
        }

    def says(self, *words: str, typed: str = "") -> Result:
        """Give a command of `staff`."""
        return CliRunner().invoke(cli, ["staff", *words], env=self.settings, input=typed)

    def sql(self, statement: str) -> list[tuple[object, ...]]:
        with closing(sqlite3.connect(self.file)) as store, store:
            return store.execute(statement).fetchall()


@pytest.fixture
def operator(tmp_path: Path) -> Operator:
    return Operator(tmp_path)


@pytest.fixture
def store(operator: Operator) -> Operator:
    """With the small directory and staff in the store."""
    with running_api(operator.settings["API_DATABASE_URL"]):
        return operator


def test_the_first_manager_is_made_and_comes_in(store: Operator) -> None:
    said = store.says("add", typed="Maryam Fielding\nMaryam@example.org\n")
    assert said.exit_code == 0, said.output
    link = re.search(r"http://127\.0\.0\.1:8000(/staff/password/\S+)", said.output)
    assert link is not None
    with running_api(store.settings["API_DATABASE_URL"]) as api:
        browser = Browser(api)
        new = {"token": browser.token(link[1]), "new": PASSWORD}
        assert browser.post(link[1], new).status_code == 303
        assert browser.knock("maryam", PASSWORD).headers["location"] == SECOND
    assert store.sql("SELECT role FROM staff_member WHERE name = 'Maryam Fielding'") == [
        ("manager",)
    ]


def test_beside_a_running_api_it_works_as_well(store: Operator) -> None:
    with running_api(store.settings["API_DATABASE_URL"]):
        assert store.says("add", *MANAGER).exit_code == 0
        listed = store.says("list")
    assert "Maryam" in listed.output
    assert "not yet" in listed.output


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("add", "--name", "A", "--email", "amina@example.org"), "is here already"),
        (("add", "--name", "A", "--email", "nobody"), "Write their e-mail address"),
        (("add", *MANAGER, "--role", "owner"), "Choose what they do here"),
        (("link", "nobody@example.org"), "There is no account"),
        (("reset", "nobody@example.org"), "There is no account"),
        (("code", "amina@example.org"), "Only made-up accounts"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(
    store: Operator, words: tuple[str, ...], said: str
) -> None:
    answer = store.says(*words)
    assert answer.exit_code == 2
    assert said in " ".join(answer.output.split())
    assert "Traceback" not in answer.output


def test_the_last_manager_stays(store: Operator) -> None:
    store.says("add", *MANAGER)
    assert "There must be a manager" in store.says("deactivate", "maryam@example.org").output
    assert store.says("deactivate", "kofi@example.org").exit_code == 0
    assert store.sql("SELECT name FROM staff_member WHERE NOT active") == [("Kofi",)]


def test_who_lost_everything_starts_anew(store: Operator) -> None:
    assert store.says("reset", "amina@example.org").exit_code == 0
    assert "/staff/password/" in store.says("link", "amina@example.org").output
    noted = store.sql("SELECT actor FROM audit WHERE action = 'staff.second_factor_reset'")
    assert noted == [("system:operator",)]


def test_a_made_up_account_shows_its_code(store: Operator) -> None:
    store.sql("UPDATE staff_member SET demonstration = 1")
    assert store.says("code", "amina@example.org").exit_code == 2, "it has no app yet"
    settings = ApiSettings(
        database_url=store.settings["API_DATABASE_URL"],
        intake_tokens=SecretStr(TOKEN),
        encryption_keys=SecretStr(KEYS),
        demo_totp_secret=SecretStr(APP),
    )
    # Not by its command, which takes over the logs of the whole process.
    assert asyncio.run(fill(settings, PASSWORD)) > 0
    assert re.fullmatch(r"\d{6}", store.says("code", "amina@example.org").output.strip())


def test_without_a_store_it_says_what_to_do(operator: Operator) -> None:
    answer = operator.says("list")
    assert answer.exit_code == 2
    assert "Traceback" not in answer.output
