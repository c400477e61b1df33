"""A talk in the terminal goes through the same bot."""

import io
from pathlib import Path

import httpx2

from bot.app import Bot
from bot.channels import console
from bot.chat import settle
from bot.storage.memory import MemoryStore
from common.contract.referral import ReferralReceipt
from tests.support.bot_settings import bot_settings
from tests.support.clock import MovedClock
from tests.support.journeys import play
from tests.support.world import world
from tests.support.yamls import read_yaml

# Buttons by their codes: their words belong to the coordinators.
SAYS = """/start
=language=en
=welcome=yes
=who_for=me
=safe_now=safe
E1 4DG
xx place
=practice=F84122
=concerns=housing
=concerns=done
Amina Marked
3 April 1980
07700 900123
=send_now=send
=review=send
"""


class Api:
    """Takes referrals, after having been away for a while."""

    def __init__(self) -> None:
        self.sent: list[bytes] = []

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        if request.url.path == "/v1/directory":
            return httpx2.Response(200, content=world().directory.model_dump_json())
        self.sent.append(request.content)
        if len(self.sent) == 1:
            return httpx2.Response(503)
        receipt = ReferralReceipt(
            reference="TH-7777-771", status="assigned", contact_within_working_days=5
        )
        return httpx2.Response(201, content=receipt.model_dump_json())


async def test_a_referral_reaches_the_api_as_soon_as_it_is_back(tmp_path: Path) -> None:
    api, clock, out = Api(), MovedClock(), io.StringIO()
    bot = Bot(bot_settings(tmp_path), clock=clock, transport=httpx2.MockTransport(api))
    await bot.directory.refresh()
    terminal = console.Console(bot.store, clock, out)
    bot.plug(console.SOURCE, terminal, console.read)
    for line in SAYS.splitlines():
        await terminal.take(line)
        await settle(bot)
    assert len(api.sent) == 1
    assert "TH-7777-771" not in out.getvalue()
    clock.move(seconds=2)
    await settle(bot)
    assert api.sent[0] == api.sent[1]
    assert b"Amina Marked" in api.sent[1]
    assert "TH-7777-771" in out.getvalue()
    assert await bot.directory.refresh()
    _plays_back(terminal, tmp_path)
    session = await bot.store.session(console.CONVERSATION)
    assert session is not None
    assert (session.reference, dict(session.answers)) == ("TH-7777-771", {})
    await bot.close()


def _plays_back(terminal: console.Console, folder: Path) -> None:
    """The talk, kept as a journey, is one that the dialogue answers in the same words."""
    path = console.offer_journey(terminal, lambda _: "my talk", folder)
    assert path == folder / "my_talk.yaml"
    journey = read_yaml(path)
    _, said = play(journey, [turn["me"] for turn in journey["turns"]])
    kept = [turn["doorway"] for turn in journey["turns"]]
    assert journey["turns"][-1]["me"] == "{delivered}"
    # The service's own phone number is the only thing that differs between the two worlds.
    assert said[:-1] == kept[:-1]
    assert said[-1][1:] == kept[-1][1:]


def test_no_name_keeps_no_talk(tmp_path: Path) -> None:
    clock = MovedClock()
    terminal = console.Console(MemoryStore(clock), clock)
    assert console.offer_journey(terminal, lambda _: " ", tmp_path) is None
