"""Two at once at the second step: what is used once opens one session, on either database."""

import asyncio
from collections.abc import Awaitable
from functools import partial

from api.domain.door import Entry
from api.domain.errors import NotSignedInError, RefusedError
from api.persistence import door, factors
from api.services import apps
from api.services.secondstep import Opened, SecondStep
from api.services.sessions import hash_of
from tests.support.intake_api import AMINA, Api
from tests.support.staff_browser import APP, give_passwords, sql


def half_open(api: Api, *tokens: str) -> SecondStep:
    """The password was right in as many browsers."""
    for one in tokens:
        entry = Entry(hash_of(one), AMINA, "/staff/", 0, api.clock().replace(year=2027))
        api.write(partial(door.open_entry, entry=entry, now=api.clock()))
    return SecondStep(api.desk)


async def at_once(*tries: Awaitable[Opened]) -> list[object]:
    """How each of these went."""
    return list(await asyncio.gather(*tries, return_exceptions=True))


def test_of_two_with_the_same_code_one_gets_in(api: Api) -> None:
    give_passwords(api)
    second = half_open(api, "one", "two")
    code = apps.code_at(APP, api.clock())

    async def both() -> list[object]:
        return await at_once(second.by_code("one", code), second.by_code("two", code))

    kinds = {type(one) for one in api.run(both)}
    assert kinds == {Opened, RefusedError}
    assert sql(api, "SELECT count(*) FROM staff_session") == [(1,)]


def test_a_door_opens_once_whichever_way(api: Api) -> None:
    give_passwords(api)
    marks = apps.marks(api.desk, AMINA, ["AAAA-BBBB-CCCC"])
    api.write(lambda connection: factors.set_codes(connection, AMINA, marks))
    second = half_open(api, "one")
    code = apps.code_at(APP, api.clock())

    async def both() -> list[object]:
        recovery = second.by_recovery("one", "aaaabbbbcccc")
        return await at_once(second.by_code("one", code), recovery)

    kinds = {type(one) for one in api.run(both)}
    assert kinds == {Opened, NotSignedInError}


def test_of_two_who_set_up_the_first_app_one_has_it(api: Api) -> None:
    give_passwords(api)
    sql(api, "DELETE FROM staff_totp WHERE staff_id = :id", id=AMINA)
    second = half_open(api, "one", "two")
    secrets = [apps.new_secret() for _ in "12"]
    offers = [apps.offer(api.desk, AMINA, one) for one in secrets]
    codes = [apps.code_at(one, api.clock()) for one in secrets]

    async def both() -> list[object]:
        return await at_once(
            second.with_new_app("one", offers[0], codes[0]),
            second.with_new_app("two", offers[1], codes[1]),
        )

    kinds = {type(one) for one in api.run(both)}
    assert kinds == {Opened, NotSignedInError}
    assert sql(api, "SELECT count(*) FROM staff_recovery") == [(10,)]
