"""The api is away when somebody presses Send: they are told the truth, and it arrives once."""

from tests.end_to_end.conftest import OpenHouse
from tests.end_to_end.talk import Talk, short

NAME = "Amina Hassan"
INTAKE = "/v1/referrals"


async def test_it_is_saved_and_arrives_when_the_api_is_back(open_house: OpenHouse) -> None:
    async with open_house() as house:
        talk = Talk(house.telegram.person(1001), "en")
        await talk.walk(short("en", NAME))
        await house.api.close()
        await talk.do("review=send")
        await talk.told("sending", "saved")
        await talk.do("Has it arrived?")
        await talk.told("sending", "still_on_its_way")
        await house.put_off("bot", "deliver")
        assert house.referrals() == {}

        await house.api.open()
        house.clock.move(minutes=5)
        await talk.asked("sent")

        reference = await talk.reference()
        assert list(house.referrals()) == [reference]
        assert sum(reference in one.text for one in talk.person.history) == 1
        await house.post.replied(1)
        assert [reference in str(one["Subject"]) for one in house.post.letters] == [True]
        assert house.faults() == []


async def test_what_is_delivered_again_stays_one_referral(open_house: OpenHouse) -> None:
    async with open_house() as house:
        talk = Talk(house.telegram.person(1001), "en")
        await talk.walk(short("en", NAME))
        house.api.door.lost[INTAKE] = 3
        await talk.do("review=send")
        for times in (1, 2, 3):
            await house.api.door.answered(INTAKE, times=times)
            await house.put_off("bot", "deliver")
            house.clock.move(minutes=1)
        await talk.asked("sent")

        (reference,) = house.referrals()
        assert await talk.reference() == reference
        # Taken in once; each later delivery of the same was given the same answer.
        assert house.api.door.done.count((INTAKE, 201)) == 4
        assert house.rows("api", "SELECT count(*) FROM duplicate_link") == [(0,)]
        await house.post.replied(1)
        assert len(house.post.letters) == 1
        assert house.faults() == []


async def test_the_bot_waits_for_an_api_that_fails_inside(open_house: OpenHouse) -> None:
    async with open_house() as house:
        talk = Talk(house.telegram.person(1001), "en")
        await talk.walk(short("en", NAME))
        house.break_store()
        await talk.do("review=send")
        await house.api.door.answered(INTAKE)
        await house.put_off("bot", "deliver")
        house.mend_store()
        assert (house.api.door.done[-1], house.referrals()) == ((INTAKE, 500), {})
        house.clock.move(minutes=1)
        await talk.asked("sent")
        assert list(house.referrals()) == [await talk.reference()]
