"""A page that hangs on one process learns of what another has written."""

from bot.channels.webchat.bells import Bells
from bot.channels.webchat.elsewhere import look
from tests.support.talks import ALICE, BOB, asks, talk_place, tells


async def test_a_page_is_rung_for_when_another_process_has_written(store_url: str) -> None:
    async with talk_place(store_url) as place:
        bells = Bells()
        await place.talks.say(ALICE, asks("first"))
        with bells.listening(ALICE), bells.listening(BOB):
            alice, bob = bells.heard(ALICE), bells.heard(BOB)
            known = await look(place.talks, bells, {})
            known = await look(place.talks, bells, known)
            assert not alice.is_set(), "it has seen that by itself"
            await place.talks.say(ALICE, tells("by another process"))
            await look(place.talks, bells, known)
            assert (alice.is_set(), bob.is_set()) == (True, False)


async def test_what_nobody_looks_at_is_not_asked_for(store_url: str) -> None:
    async with talk_place(store_url) as place:
        await place.talks.say(ALICE, asks("first"))
        assert await look(place.talks, Bells(), {ALICE: 0}) == {}
        assert await place.talks.changes([ALICE, BOB]) == {ALICE: 1}
