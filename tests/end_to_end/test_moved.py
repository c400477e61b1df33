"""Both stores are backed up while people talk, lost, and restored elsewhere; the talk goes on."""

import asyncio
from pathlib import Path

from pydantic import SecretStr

from api.app import open_desk
from api.domain.staff import Role, StaffAsker
from api.services.casework import Case, read_referral
from api.settings import ApiSettings
from common.contract.referral import ReferralSubmission
from common.runtime.upkeep.backup import back_up, restore
from tests.end_to_end.talk import REVIEW, Talk, gone_well, short
from tests.support.bot_settings import GIVEN
from tests.support.house import API_KEYS, TOKEN, HouseClock
from tests.support.moving import MovingHouse, moving
from tests.support.stores import NewStore
from tests.support.upkeep import TOOLS, api_holding, bot_holding

BOT_KEYS = GIVEN["encryption_keys"]
COORDINATOR = StaffAsker(1, Role.COORDINATOR)
FIRST, SECOND, THIRD = "Amina Hassan", "Rahima Khatun", "Omar Farah"


async def read(house: MovingHouse, reference: str) -> Case:
    """The referral as the closed api would show it."""
    settings = ApiSettings(
        database_url=house.stores["api"],
        intake_tokens=SecretStr(TOKEN),
        encryption_keys=SecretStr(API_KEYS),
    )
    desk, _ = open_desk(settings, HouseClock())
    try:
        return await read_referral(desk, COORDINATOR, reference)
    finally:
        await desk.database.close()


async def test_a_half_finished_talk_goes_on_from_a_backup(
    new_store: NewStore, tmp_path: Path
) -> None:
    async with moving(tmp_path, new_store) as house:
        done = Talk(house.telegram.person(1001), "en")
        await done.walk(short("en", FIRST))
        first = await gone_well(done)
        half = Talk(house.telegram.person(1002), "en")
        script = short("en", SECOND)
        await half.walk(script[:-3])  # the name is given, the birth is asked for

        # The bot first: what it takes for delivered is then in the api's backup as well.
        busy = Talk(house.telegram.person(1003), "en")
        talking = asyncio.create_task(busy.walk(short("en", THIRD)))
        await back_up(bot_holding(house.stores["bot"], BOT_KEYS), tmp_path / "bot.backup", TOOLS)
        await back_up(api_holding(house.stores["api"], API_KEYS), tmp_path / "api.backup", TOOLS)
        await talking

        await house.close()
        house.move(new_store)  # what was there is lost
        await restore(bot_holding(house.stores["bot"], BOT_KEYS), tmp_path / "bot.backup", TOOLS)
        await restore(api_holding(house.stores["api"], API_KEYS), tmp_path / "api.backup", TOOLS)
        house.clock.move(minutes=2)  # what was being worked at that moment is nobody's by now
        await house.open()

        await half.walk([script[-3], script[-2], *REVIEW])
        second = await gone_well(half)
        assert second != first
        await done.do("sent=status")
        assert await done.reference() == first

        await house.close()
        for name, reference in ((FIRST, first), (SECOND, second)):
            told = (await read(house, reference)).told
            assert isinstance(told, ReferralSubmission)
            assert told.name == name
        await house.open()
