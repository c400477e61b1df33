"""A coordinator records a question in Sylheti and publishes; a resident on Telegram hears it."""

import hashlib
import re

import httpx2

from tests.end_to_end.conftest import OpenHouse
from tests.end_to_end.visitor import browser, opened
from tests.support.house import House, until
from tests.support.sound import waves
from tests.telegram_server.person import Person

COORDINATOR = "coordinator.1@example.org"
WELCOME = "/staff/voices/syl/welcome"
PUBLISH = "/staff/words/publish"


def fields(page: str, action: str) -> dict[str, str]:
    """What the form that leads there carries unseen."""
    form = re.search(rf'<form method="post" action="{action}".*?</form>', page, re.DOTALL)
    assert form is not None
    return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form[0]))


async def record(house: House) -> None:
    """Sign in, keep a recording, and publish it."""
    async with browser(house.api.url) as client:
        page = await opened(client, WELCOME, COORDINATOR, house.clock())
        page = await client.get(WELCOME)
        sound = {"clip": ("recorded.wav", waves(2.0), "audio/wav")}
        kept = await client.post(WELCOME, data=fields(page.text, WELCOME), files=sound)
        assert kept.status_code == 303, kept.text
        await publish(client)


async def publish(client: httpx2.AsyncClient) -> None:
    page = await client.get(PUBLISH)
    told = {**fields(page.text, PUBLISH), "note": "Sylheti can be heard"}
    assert (await client.post(PUBLISH, data=told)).status_code == 303


async def after(person: Person, data: str) -> list[str]:
    """Press a button; the buttons of the next message that has any."""
    await person.press(data)
    while not (message := (await person.wait_for(1))[0]).choices:
        pass
    return message.choices


async def test_what_was_recorded_is_heard(open_house: OpenHouse) -> None:
    async with open_house() as house:
        await record(house)
        kept = house.folder / "publication.json"
        await until(lambda: kept.exists() and '"step":"welcome","sha256"' in kept.read_text())
        person = house.telegram.person(1001, "bn")
        await person.send("/start")
        (greeting,) = await person.wait_for(1)
        assert "language=syl" in greeting.choices
        assert "do=listen" not in greeting.choices
        choices = await after(person, "language=syl")
        assert {"welcome=yes", "do=listen"} <= set(choices)
        for _ in range(2):
            await person.press("do=listen")
            (spoken,) = await person.wait_for(1)
            assert spoken.text.startswith("(voice-")
        (file,) = (house.folder / "clips").iterdir()
        assert spoken.text == f"(voice-{hashlib.sha256(file.read_bytes()).hexdigest()})"
        voices = house.telegram.called("sendVoice")
        assert [one.params["voice"].startswith("attach://") for one in voices] == [True, False]
        assert house.faults() == []
