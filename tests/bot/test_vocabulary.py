"""What is said and listened for follows a publication at once, and never breaks by one."""

import asyncio
from datetime import UTC, date, datetime

from bot.dialogue.effects import Say, words
from bot.listening.phrases import PhraseListener
from bot.vocabulary import Numbers, Shipped, Vocabulary
from common.contract.publication import HeardPhrase, Helpline, Publication
from common.listening.phrases import Phrase
from tests.support.released import Texts, publication
from tests.support.world import LOCALES, NOON, translator

SHIPPED = Shipped.load(LOCALES)
BACK, SKIP = words("do", "back"), words("do", "skip")
ALWAYS = {"emergency", "crisis", "urgent_medical", "talk", "domestic_abuse", "child"}


def vocabulary(found: Publication | None = None, shipped: Shipped = SHIPPED) -> Vocabulary:
    made = Vocabulary(shipped, lambda: NOON)
    if found is not None:
        made.take(found)
    return made


def test_without_a_publication_the_shipped_words_are_said() -> None:
    bare = vocabulary()
    assert bare.publication.version == 0
    assert bare.languages == translator().languages
    for language in ("en", "bn", "ar"):
        assert bare.label(BACK, language) == translator().label(BACK, language)


def test_the_nearest_layer_that_has_a_text_is_heard() -> None:
    shipped = Shipped(
        {code: SHIPPED.catalogues[code] for code in ("en", "bn")}, {}, SHIPPED.helplines
    )
    english: Texts = {("do", "back"): "Back!", ("do", "skip"): "Skip!"}
    layers = vocabulary(
        publication(en=english, bn={("do", "back"): "পেছনে!"}, vi={("do", "back"): "Quay lại!"}),
        shipped,
    )
    assert layers.label(BACK, "en") == "Back!"
    assert layers.label(BACK, "bn") == "পেছনে!"
    assert layers.label(SKIP, "bn") == translator().label(SKIP, "bn"), "shipped, before English"
    assert layers.languages == ("en", "bn", "vi")
    assert layers.label(BACK, "vi") == "Quay lại!"
    assert layers.label(SKIP, "vi") == "Skip!", "the released English, before the shipped"
    assert layers.label(words("do", "urgent"), "vi") == translator().label(
        words("do", "urgent"), "en"
    )
    assert not layers.has(SKIP, "vi")
    assert layers.has(SKIP, "bn")


def test_a_later_publication_takes_the_place_of_the_whole() -> None:
    changing = vocabulary(publication(1, en={("do", "back"): "First"}))
    before = changing.translator
    changing.take(publication(2, en={("do", "skip"): "Second"}))
    assert changing.label(BACK, "en") == translator().label(BACK, "en")
    assert changing.label(SKIP, "en") == "Second"
    assert before.label(BACK, "en") == "First", "a turn that has begun keeps its words"


def test_what_cannot_be_said_is_left_to_what_was_shipped_and_counted() -> None:
    counted: list[tuple[str, str]] = []
    careful = Vocabulary(SHIPPED, unusable=lambda *one: counted.append(one))
    number = words("help_card", "talk", number="116 123")
    bad: Texts = {("help_card", "talk"): "%(nobody)s %s %", ("do", "back"): "<b>Back"}
    careful.take(publication(en=bad, bn=bad))
    for language in ("en", "bn"):
        said = careful.render(Say((number,)), language).html
        assert said == translator().render(Say((number,)), language).html
        assert careful.label(BACK, language) == translator().label(BACK, language)
    assert sorted(counted) == [
        (code, why) for code in ("bn", "en") for why in ("markup", "placeholders")
    ]


def test_languages_that_are_not_written_or_not_known_are_passed_over() -> None:
    odd = publication(en={("do", "back"): "Back"})
    strange = odd.wordings[0].model_copy(update={"language": "xx"})
    spoken = odd.wordings[0].model_copy(update={"language": "syl"})
    found = vocabulary(odd.model_copy(update={"wordings": (strange, spoken)}))
    assert found.languages == translator().languages


async def test_released_phrases_take_the_place_of_a_languages_list() -> None:
    heard = (
        HeardPhrase(language="en", tier="urgent", text="the blue door is open"),
        HeardPhrase(language="en", tier="loud", text="no tier of ours"),
        HeardPhrase(language="en", tier="urgent", text="!"),
    )
    changing = vocabulary()
    assert (await changing.hear("I want to kill myself")).urgent
    assert not (await changing.hear("the blue door is open")).urgent
    bengali = SHIPPED.phrases["bn"][0]
    changing.take(Publication(version=1, etag="a", phrases=heard))
    assert (await changing.hear("so the blue door is open now")).urgent
    assert not (await changing.hear("I want to kill myself")).urgent
    as_shipped = PhraseListener([Phrase(bengali.text, bengali.tier)]).signals(bengali.text)
    assert await changing.hear(bengali.text) == as_shipped, "no list was released in Bengali"


def helpline(key: str, contact: str, expires_on: date | None = None) -> Helpline:
    return Helpline(key=key, name=key, contact=contact, expires_on=expires_on)


def test_the_six_are_always_there_and_the_dead_number_never() -> None:
    bare = vocabulary()
    assert set(bare.helplines) == ALWAYS, "the others only once somebody has confirmed them"
    told = (
        helpline("crisis", "0800 073 0003"),
        helpline("talk", " "),
        helpline("domestic_abuse", "0808 2000 248"),
        helpline("police", "101"),
        helpline("council", "(0800) 073-0003"),
        helpline("text", "text SHOUT to 85258", date(2026, 11, 22)),
        helpline("child_social_care", "020 7946 0001", date(2026, 11, 23)),
    )
    bare.take(Publication(version=1, etag="a", helplines=told))
    assert dict(bare.helplines) == {
        **SHIPPED.helplines,
        "domestic_abuse": "0808 2000 248",
        "police": "101",
        "child_social_care": "020 7946 0001",
    }


def test_a_helpline_expires_by_itself() -> None:
    moments = [datetime(2026, 11, 23, 23, tzinfo=UTC), datetime(2026, 11, 24, 1, tzinfo=UTC)]
    clock = iter(moments)
    found = Vocabulary(SHIPPED, lambda: next(clock))
    told = (helpline("police", "101", date(2026, 11, 23)),)
    found.take(Publication(version=1, etag="a", helplines=told))
    assert "police" in found.helplines
    assert "police" not in found.helplines


def test_the_numbers_that_become_links_are_those_of_now() -> None:
    changing = vocabulary()
    numbers = Numbers(changing, "020 7946 0123")
    assert "116 123" in numbers
    assert "020 7946 0123" in numbers
    assert "101" not in numbers
    changing.take(Publication(version=1, etag="a", helplines=(helpline("police", "101"),)))
    assert "101" in numbers
    assert len(numbers) == len(list(numbers)) == 8


async def test_whoever_waits_hears_of_other_words() -> None:
    changing = vocabulary()
    bell = changing.next_change()
    await asyncio.to_thread(changing.take, publication(en={("do", "back"): "Back!"}))
    async with asyncio.timeout(5):
        await bell.wait()
    assert changing.next_change() is not bell
    assert changing.label(BACK, "en") == "Back!"


def test_commands_follow() -> None:
    help_: Texts = {("commands", "help"): "Help!"}
    changed = vocabulary(publication(en=help_, ar=help_))
    for language in ("en", "ar"):
        described = {one.data: one.label for one in changed.commands(language)}
        assert described["help"] == "Help!"
