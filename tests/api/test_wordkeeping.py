"""The words of the repository and of a store are kept in step, and newer work survives on both."""

import asyncio
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path

import pytest
from pydantic import SecretStr
from rich.console import Console

from api import wordkeeping
from api.domain.wording import Name, Wording
from api.persistence import wordings
from api.persistence.shipped_words import LOCALES
from api.services import publishing, wordwork
from api.services.wordwork import Seen
from api.settings import ApiSettings
from common.runtime.upkeep.holding import UpkeepError
from tests.support.clock import MovedClock
from tests.support.intake_api import KEYS, KOFI, TOKEN, Api, filled, running_api

YES = Name("who_for", "me")
NEW, OTHER = "আমার নিজের জন্য চাই", "শুধু আমার জন্য চাই"


@dataclass
class Keeper:
    """Pulls and pushes between a folder and a store, and keeps what was said."""

    api: Api
    url: str
    folder: Path
    printed: StringIO = field(default_factory=StringIO)

    def pull(self, *, agree: bool = True, conflicts: bool = False) -> bool:
        pulled = wordkeeping.pull(
            self.settings(), self.console(), lambda: agree, conflicts=conflicts, folder=self.folder
        )
        return asyncio.run(pulled)

    def push(self, *, agree: bool = True, conflicts: bool = False) -> bool:
        pushed = wordkeeping.push(
            self.settings(),
            self.console(),
            MovedClock(),
            lambda: agree,
            conflicts=conflicts,
            folder=self.folder,
        )
        return asyncio.run(pushed)

    def publish(self, text: str) -> None:
        """Kofi writes this, and it is published."""
        asker, desk = self.api.asker(KOFI), self.api.desk
        seen = Seen("bn", YES, self.here().version)

        async def work() -> None:
            await wordwork.write(desk, asker, seen, (text,), ready=True)
            planned = await publishing.plan(desk, asker)
            await publishing.publish(desk, asker, "Better words", planned.stamp)

        self.api.run(work)

    def here(self) -> Wording:
        return self.api.write(lambda c: wordings.one(c, "bn", YES))

    @property
    def file(self) -> Path:
        return self.folder / "bn" / "LC_MESSAGES" / "messages.po"

    def text(self) -> str:
        """What the catalogue says."""
        block = self.file.read_text(encoding="utf-8").split('msgctxt "who_for"\nmsgid "me"\n')[1]
        found = re.match(r'msgstr "(.*)"', block)
        assert found is not None
        return found[1]

    def edit(self, text: str) -> None:
        """Somebody changes the repository."""
        content = self.file.read_text(encoding="utf-8")
        place = f'msgctxt "who_for"\nmsgid "me"\nmsgstr "{self.text()}"'
        assert place in content
        self.file.write_text(content.replace(place, place.replace(self.text(), text)), "utf-8")

    def said(self) -> str:
        return self.printed.getvalue()

    def settings(self) -> ApiSettings:
        return ApiSettings(
            database_url=self.url, intake_tokens=SecretStr(TOKEN), encryption_keys=SecretStr(KEYS)
        )

    def console(self) -> Console:
        return Console(file=self.printed, width=200)


@pytest.fixture
def keeper(tmp_path: Path) -> Iterator[Keeper]:
    folder, url = tmp_path / "locales", f"sqlite:///{tmp_path / 'api.sqlite3'}"
    shutil.copytree(LOCALES, folder)
    filled(url)
    with running_api(url) as api:
        yield Keeper(api, url, folder)


def test_published_words_are_pulled_with_the_least_difference(keeper: Keeper) -> None:
    before = keeper.file.read_text(encoding="utf-8")
    assert keeper.pull()  # nothing is new, and nothing is touched
    assert keeper.file.read_text(encoding="utf-8") == before
    old = keeper.text()
    keeper.publish(NEW)
    assert not keeper.pull(agree=False)
    assert keeper.file.read_text(encoding="utf-8") == before
    assert keeper.pull()
    after = keeper.file.read_text(encoding="utf-8")
    assert set(after.splitlines()) - set(before.splitlines()) == {
        f'msgstr "{NEW}"',
        "# As in publication 2 of the workshop.",
    }
    assert f"bn who_for/me\n  - {old}\n  + {NEW}" in keeper.said()
    keeper.publish(OTHER)
    assert keeper.pull()
    assert "# As in publication 3 of the workshop." in keeper.file.read_text(encoding="utf-8")
    assert keeper.file.read_text(encoding="utf-8").count("of the workshop") == 1


def test_what_is_newer_in_the_repository_is_not_pulled_over(keeper: Keeper) -> None:
    keeper.edit(OTHER)
    assert keeper.pull()
    assert keeper.text() == OTHER
    keeper.publish(NEW)
    assert not keeper.pull()
    assert keeper.text() == OTHER
    assert "bn who_for/me: changed on both sides, left as it is" in keeper.said()
    assert keeper.pull(conflicts=True)
    assert keeper.text() == NEW


def test_changed_catalogues_become_drafts(keeper: Keeper) -> None:
    assert keeper.push()
    keeper.edit(NEW)
    assert not keeper.push(agree=False)
    assert keeper.push()
    assert (keeper.here().texts, keeper.here().ready) == ((NEW,), False)
    assert keeper.here().published != (NEW,)
    assert "Drafts made: 1." in keeper.said()
    assert keeper.push()  # once more there is nothing to do


def test_words_changed_in_the_workshop_are_not_pushed_over(keeper: Keeper) -> None:
    keeper.publish(NEW)
    keeper.edit(OTHER)
    assert not keeper.push()
    assert keeper.here().texts == (NEW,)
    assert f"  = {NEW}\n  ? {OTHER}" in keeper.said()
    assert keeper.push(conflicts=True)
    assert keeper.here().texts == (OTHER,)


def test_after_a_pull_the_next_change_of_the_repository_goes_over(keeper: Keeper) -> None:
    keeper.publish(NEW)
    keeper.pull()
    keeper.edit(OTHER)
    assert keeper.push()
    assert keeper.here().texts == (OTHER,)


def test_what_must_be_mended_is_not_pushed(keeper: Keeper) -> None:
    keeper.edit("%(me)s")
    assert not keeper.push()
    assert "bn who_for/me: must be mended first\n  ! Yours has %(me)s" in keeper.said()


def test_a_broken_catalogue_is_refused_with_its_line(keeper: Keeper) -> None:
    keeper.file.write_bytes(keeper.file.read_bytes() + b"rubbish\n")
    for work in (keeper.pull, keeper.push):
        with pytest.raises(UpkeepError, match=r"line \d+: this is not written as in a PO file"):
            work()


def test_who_changes_words_meanwhile_is_not_overwritten(keeper: Keeper) -> None:
    keeper.edit(OTHER)

    def agree() -> bool:
        keeper.publish(NEW)
        return True

    pushed = wordkeeping.push(
        keeper.settings(), keeper.console(), MovedClock(), agree, folder=keeper.folder
    )
    with pytest.raises(UpkeepError, match="Somebody has changed words meanwhile"):
        asyncio.run(pushed)
    assert keeper.here().texts == (NEW,)


def test_the_shipped_words_can_be_checked() -> None:
    printed = StringIO()
    console = Console(file=printed, width=200)
    assert wordkeeping.check(console, "bn", hints=False)
    assert printed.getvalue().startswith("To be mended: 0. Hints: ")
    assert wordkeeping.check(console, "so", hints=True)
    assert re.search(
        r"locales/so/LC_MESSAGES/messages.po: [a-z_]+/[a-z_]+: hint: ", printed.getvalue()
    )
    with pytest.raises(UpkeepError, match="no words in “xx”"):
        wordkeeping.check(console, "xx", hints=True)
