"""Phrases: hearing more at once, hearing less by two people, and a sentence tried out."""

from functools import partial

import pytest

from api.domain.errors import ChangedMeanwhileError, NotFoundError, RefusedError
from api.domain.phrases import KeptPhrase, Sought, Standing
from api.domain.staff import StaffAsker
from api.persistence import phrases as stored
from api.services import phrases
from api.services.helplines import FaultyError
from api.services.phrases import Shelf
from common.listening.matching import Heard
from common.listening.phrases import CHECK, HARMLESS, URGENT, Phrase
from tests.support.intake_api import AMINA, KOFI, Api
from tests.support.safety_lists import FEW, hire_second
from tests.support.staff_browser import sql


class Pair:
    """Two coordinators at the phrases."""

    def __init__(self, api: Api) -> None:
        self.api = api
        self.kofi, self.leyla = api.asker(KOFI), api.asker(api.write(hire_second))

    def look(self, **wanted: object) -> Shelf:
        sought = Sought(**wanted)  # type: ignore[arg-type] # as the test names it
        return self.api.run(phrases.look, self.api.desk, self.kofi, sought)

    def find(self, text: str) -> KeptPhrase:
        (only,) = [one for one in self.look().found if one.text == text]
        return only

    def add(self, text: str, tier: str = URGENT, language: str = "en") -> Standing:
        phrase = Phrase(text, tier)
        return self.api.run(phrases.add, self.api.desk, self.kofi, language, phrase)

    def remove(self, text: str) -> Standing:
        number = self.find(text).phrase_id
        return self.api.run(phrases.remove, self.api.desk, self.kofi, number)

    def answer(self, phrase_id: int, who: StaffAsker, *, agreed: bool) -> Standing:
        work = partial(phrases.answer, agreed=agreed)
        return self.api.run(work, self.api.desk, who, phrase_id)

    def published(self) -> set[str]:
        return {one.text for one in self.api.write(stored.for_publication)}

    def hear(self, sentence: str) -> tuple[Heard, ...]:
        return tuple(self.api.run(phrases.try_out, self.api.desk, self.kofi, sentence))


@pytest.fixture
def pair(api: Api) -> Pair:
    return Pair(api)


def test_phrases_are_found_as_they_are_heard(pair: Pair) -> None:
    assert pair.look().total == len(FEW)
    assert [one.text for one in pair.look(text="WANT to die!").found] == [
        "want to die",
        "want to die my hair",
    ]
    assert [one.text for one in pair.look(language="bn").found] == ["মরতে চাই"]
    assert [one.text for one in pair.look(tier=CHECK).found] == ["cannot go on"]
    page = pair.look(after=3, most=2)
    assert (len(page.found), page.total) == (2, 5)
    assert page.counts["en", HARMLESS] == 1


def test_a_phrase_of_danger_is_heard_as_soon_as_it_is_published(pair: Pair) -> None:
    assert pair.hear("I will jump tonight") == ()
    assert pair.add("will jump tonight") is Standing.IN_FORCE
    assert "will jump tonight" in pair.published()
    assert pair.hear("I will JUMP tonight!") == (Heard("wil jump tonight", URGENT),)
    with pytest.raises(FaultyError, match="There is a problem"):
        pair.add("Will jump... tonight", CHECK)
    with pytest.raises(FaultyError):
        pair.add("aaa")


def test_what_sets_off_help_goes_only_when_two_agree(pair: Pair) -> None:
    number = pair.find("want to die").phrase_id
    assert pair.remove("want to die") is Standing.LEAVING
    assert "want to die" in pair.published()
    with pytest.raises(RefusedError):
        pair.answer(number, pair.kofi, agreed=True)
    assert pair.answer(number, pair.leyla, agreed=True) is Standing.GONE
    assert "want to die" not in pair.published()
    assert [what for what, *_ in pair.api.write(partial(stored.history, phrase_id=number))] == [
        "gone",
        "leaving",
    ]
    assert sql(pair.api, "SELECT action FROM audit WHERE subject LIKE 'phrase:%'") == [
        ("phrase.removal_asked",),
        ("phrase.agreed",),
    ]
    assert pair.add("want to die") is Standing.IN_FORCE  # somebody thinks better of it


def test_a_harmless_phrase_counts_only_when_two_agree(pair: Pair) -> None:
    assert pair.add("cannot go on holiday", HARMLESS) is Standing.PROPOSED
    assert "cannot go on holiday" not in pair.published()
    assert [one.tier for one in pair.hear("I cannot go on holiday")] == [CHECK]
    (waiting,) = pair.look().waiting
    assert pair.answer(waiting.phrase_id, pair.leyla, agreed=True) is Standing.IN_FORCE
    heard = pair.hear("I cannot go on holiday")
    assert [one.tier for one in heard if not one.calmed] == [HARMLESS]
    assert pair.remove("cannot go on holiday") is Standing.GONE


def test_what_was_decided_is_not_decided_again(pair: Pair) -> None:
    pair.remove("want to die")
    number = pair.find("want to die").phrase_id
    with pytest.raises(ChangedMeanwhileError):
        pair.remove("want to die")
    assert pair.answer(number, pair.leyla, agreed=False) is Standing.IN_FORCE
    with pytest.raises(ChangedMeanwhileError):
        pair.answer(number, pair.leyla, agreed=False)


def test_only_coordinators_come_near(pair: Pair, api: Api) -> None:
    amina = api.asker(AMINA)
    with pytest.raises(NotFoundError):
        api.run(phrases.look, api.desk, amina, Sought())
    with pytest.raises(NotFoundError):
        api.run(phrases.try_out, api.desk, amina, "want to die")
    with pytest.raises(NotFoundError):
        api.run(phrases.remove, api.desk, amina, 1)
    with pytest.raises(NotFoundError):
        api.run(phrases.remove, api.desk, pair.kofi, 999)
