"""What is shipped comes into the store once; what people did to it stays when more is shipped."""

from dataclasses import replace
from pathlib import Path

from sqlalchemy import Connection

from api.domain.phrases import Standing
from api.persistence import helplines, phrases, shipped_lists
from api.persistence.phrases import By
from api.persistence.store import open_store
from api.services.safetylists import seed_safety_lists, ship_helplines, ship_phrases
from tests.support.clock import START, MovedClock
from tests.support.intake_api import KOFI, Api
from tests.support.safety_lists import FEW

SHIPPED = list(shipped_lists.shipped_phrases())


async def test_a_new_store_has_all_that_is_shipped(tmp_path: Path) -> None:
    database = open_store(f"sqlite:///{tmp_path / 'api.sqlite3'}")
    assert await seed_safety_lists(database, MovedClock())
    assert not await seed_safety_lists(database, MovedClock())
    found = await database.read(phrases.for_publication)
    assert {(one.language, one.tier, one.text) for one in found} == {
        (language, one.tier, one.text) for language, one in SHIPPED
    }
    lines = await database.read(helplines.every)
    assert lines == shipped_lists.shipped_helplines()
    assert len(lines) == 16
    await database.close()


def test_what_a_person_has_changed_stays(api: Api) -> None:
    talk = shipped_lists.shipped_helplines()[3]
    changed = replace(talk, contact="020 4526 8323")

    def change(connection: Connection) -> None:
        helplines.change(connection, changed, "helpline.agreed", KOFI, START)
        older = replace(shipped_lists.shipped_helplines()[5], name="An older name", version=1)
        helplines.ship_again(connection, older, 5, START)
        ship_helplines(connection, START)

    api.write(change)
    lines = {one.key: one for one in api.write(helplines.every)}
    assert lines["talk"] == replace(changed, version=2)
    assert (lines["child"].name, lines["child"].version) == ("Childline", 2)


def test_a_phrase_that_was_taken_away_stays_away_and_one_of_ours_stays(api: Api) -> None:
    first = api.write(phrases.ever)[0]

    def change(connection: Connection) -> None:
        phrases.move(connection, first.phrase_id, Standing.GONE, By(KOFI, START))
        own = SHIPPED[0][1]
        phrases.add(connection, "en", replace(own, text="ours alone"), Standing.IN_FORCE, BY)
        ship_phrases(connection, START)

    api.write(change)
    found = {(one.language, one.text) for one in api.write(phrases.for_publication)}
    assert (first.language, first.text) not in found
    assert ("en", "ours alone") in found
    # What nobody touched and is not shipped now has gone: of the few only what is in the files.
    assert len(found) > 4_000
    few = {(language, one.text) for language, one in FEW} - {(first.language, first.text)}
    assert few & found == few & {(language, one.text) for language, one in SHIPPED}


def test_what_is_shipped_again_comes_back(api: Api) -> None:
    def change(connection: Connection) -> None:
        phrases.ship(connection, (), [one.phrase_id for one in phrases.ever(connection)], START)
        assert phrases.for_publication(connection) == ()
        ship_phrases(connection, START)

    api.write(change)
    assert len(api.write(phrases.for_publication)) == len(set(SHIPPED))


BY = By(KOFI, START)
