"""A new store: the whole directory, made-up staff when asked for, and nothing twice."""

from pathlib import Path

from pwdlib import PasswordHash
from sqlalchemy import Connection, text

from api.persistence import directory, factors, staff
from api.persistence.practice_file import read_practices
from api.persistence.seed.people import demonstration_staff
from api.persistence.store import open_store
from api.services.seeding import DemoApp, seed_demonstration, seed_directory
from common.contract.directory import Place
from common.contract.identifiers import Postcode
from common.runtime.vault import Vault
from tests.support.clock import MovedClock
from tests.support.intake_api import KEYS, Api

OPEN = [one for one in read_practices() if one.open]


async def test_a_new_store_is_filled_once(tmp_path: Path) -> None:
    database = open_store(f"sqlite:///{tmp_path / 'api.sqlite3'}")
    clock = MovedClock()
    assert await seed_directory(database, clock)
    assert not await seed_directory(database, clock)
    borough = await database.read(directory.borough)
    assert borough.locate(Postcode.parse("E1 4DG")) is Place.INSIDE
    assert sorted(await database.read(directory.practices), key=str) == sorted(
        read_practices(), key=str
    )
    assert await seed_demonstration(database, "first password") == len(OPEN) + 3
    assert await seed_demonstration(database, "second password") == len(OPEN) + 3
    member = await database.read(lambda c: staff.by_email(c, "Coordinator.1@Example.org"))
    assert member is not None
    assert PasswordHash.recommended().verify("second password", member.password_hash)
    await database.close()


async def test_a_second_factor_of_their_own_stays(tmp_path: Path) -> None:
    database = open_store(f"sqlite:///{tmp_path / 'api.sqlite3'}")
    clock, vault = MovedClock(), Vault.parse(KEYS)
    await seed_directory(database, clock)

    def secret(connection: Connection) -> bytes | None:
        return factors.secret(connection, 1)

    kept = []
    for key in ("JBSWY3DPEHPK3PXP", "GEZDGNBVGY3TQOJQ"):
        await seed_demonstration(database, "password", DemoApp(key, vault, clock()))
        kept.append(await database.read(secret))
    assert kept[0] is not None
    assert kept[0] == kept[1]
    await database.close()


def test_real_accounts_are_left_alone(api: Api) -> None:
    assert api.run(seed_demonstration, api.desk.database, "password") == 0
    kept = "SELECT DISTINCT password_hash FROM staff_member"
    assert api.write(lambda c: list(c.execute(text(kept)).scalars())) == ["no password"]


def test_a_prescriber_for_every_practice_and_a_cover_who_is_somebody_else() -> None:
    people = demonstration_staff(OPEN)
    prescribers = [one for one in people if one.practices]
    assert len(OPEN) == 30
    assert {code for one in prescribers for code in one.practices} == {
        practice.ods_code for practice in OPEN
    }
    emails = {one.email for one in people}
    assert len(emails) == len(people)
    for one in prescribers:
        assert one.cover in emails
        assert one.cover != one.email


def test_they_are_marked_as_made_up() -> None:
    for one in demonstration_staff(OPEN):
        assert one.name.endswith("(demonstration)")
        assert one.email.endswith("@example.org")
