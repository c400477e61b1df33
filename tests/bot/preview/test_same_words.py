"""What a preview shows is what Telegram and the web chat would send, once it is released."""

import csv

from bot.channels.telegram.client import make_bot
from bot.channels.telegram.outbound import TelegramSender
from bot.channels.webchat.bubbles import bubble
from bot.dialogue.values import replace
from bot.outcome import outgoings
from bot.ports import Outgoing
from bot.preview.opening import opened
from bot.preview.stage import Props, Stage
from bot.storage.memory import MemoryStore
from bot.translation import Translator, plain_text
from bot.vocabulary import Shipped, Vocabulary, layered
from common.contract.publication import Publication
from tests.support.released import Texts, publication
from tests.support.voices import NoVoices
from tests.support.world import HELPLINES, LOCALES, NOON, world
from tests.telegram_server.server import serving

SHIPPED = Shipped.load(LOCALES)
BENGALI: Texts = {
    ("who_for", "question"): "<b>নতুন কথা</b>: কার জন্য?",
    ("review", "title"): "নতুন শিরোনাম",
    ("help_card", "talk"): "নম্বর ছাড়া",  # without its number: nobody is ever shown it
}
DRAFT = publication(1, bn=BENGALI)
RESIDENTS = Vocabulary(SHIPPED, lambda: NOON)
RESIDENTS.take(DRAFT)
with (LOCALES / "steps.csv").open(encoding="utf-8", newline="") as file:
    STEPS = [row["step"] for row in csv.DictReader(file)]


async def preview(step: str, draft: Publication = DRAFT) -> Stage:
    translator = Translator(layered(SHIPPED.catalogues, draft, lambda _, __: None))
    seen = replace(world(), lexicon=translator)
    stage = Stage(Props(translator, seen, RESIDENTS, lambda: NOON), "bn", step)
    await stage.begin()
    return stage


def sent(step: str) -> list[Outgoing]:
    """What residents are sent at this step after the draft was released."""
    released = replace(world(), lexicon=RESIDENTS.translator)
    made = outgoings(RESIDENTS, "", opened(step, "bn", NOON, released).effects, "bn")
    erased = next((place for place, one in enumerate(made) if one.verb == "erase"), -1)
    return [one for one in made[erased + 1 :] if one.verb in {"say", "drop_contact"}]


async def shown(step: str) -> list[Outgoing]:
    """What the preview of the draft has on its page."""
    return [one.said for one in (await preview(step)).page.talk.lines if one.said]


async def test_on_the_page() -> None:
    numbers = tuple(HELPLINES.values())
    for step in STEPS:
        seen, told = await shown(step), sent(step)
        assert seen == told, step
        assert [bubble(one, numbers) for one in seen] == [bubble(one, numbers) for one in told]


async def test_on_telegram() -> None:
    async with serving() as telegram:
        api = make_bot(telegram.token, telegram.url)
        person = telegram.person(1001)
        await person.send("/start")
        sender, known = TelegramSender(api, lambda: NOON, NoVoices()), MemoryStore(lambda: NOON)
        try:
            for step in ("language", "who_for", "help_card", "review", "sent"):
                for one in sent(step):
                    await sender.send("telegram:1001", one, known)
                messages = await person.wait_for(len(sent(step)))
                texts = [one.text.translate({0x2068: None, 0x2069: None}) for one in messages]
                assert texts == [plain_text(one.html) for one in await shown(step)]
        finally:
            await api.session.close()


async def test_the_new_words_are_among_them_and_the_broken_are_not() -> None:
    assert "<b>নতুন কথা</b>" in "".join([one.html for one in await shown("who_for")])
    card = "".join([one.html for one in await shown("help_card")])
    assert "116 123" in card
    assert "নম্বর ছাড়া" not in card
