"""Helplines that go out: the six always, the others while confirmed; numbers by two people."""

from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import Connection

from api.domain.errors import ChangedMeanwhileError, NotFoundError, RefusedError
from api.domain.helplines import Details
from api.domain.staff import StaffAsker
from api.domain.wording import Name
from api.persistence import helplines as stored
from api.services import alongside, helplines
from api.services.helplines import FaultyError, Kept, Numbered
from common.contract.publication import Publication
from tests.support.intake_api import AMINA, KOFI, Api
from tests.support.safety_lists import hire_second
from tests.support.staff_browser import sql

ALWAYS = {"emergency", "crisis", "urgent_medical", "talk", "domestic_abuse", "child"}
DAY = timedelta(days=1)


class Pair:
    """Two coordinators at the helplines."""

    def __init__(self, api: Api) -> None:
        self.api = api
        self.kofi, self.leyla = api.asker(KOFI), api.asker(api.write(hire_second))

    def look(self, key: str) -> Kept:
        return self.api.run(helplines.one, self.api.desk, self.kofi, key)

    def confirm(self, key: str, days: int = 10, seen: int | None = None) -> None:
        today = self.api.desk.today()
        told = Details("to text", "24 hours", "Kofi", "their page", today, today + days * DAY)
        version = self.look(key).line.version if seen is None else seen
        self.api.run(helplines.tell, self.api.desk, self.kofi, key, told, version)

    def propose(self, key: str, contact: str, who: StaffAsker | None = None) -> None:
        wish = Numbered("A name", contact, "their page", self.look(key).line.version)
        self.api.run(helplines.propose, self.api.desk, who or self.kofi, key, wish)

    def answer(self, key: str, who: StaffAsker, *, agreed: bool) -> None:
        work = partial(helplines.answer, agreed=agreed, seen=self.look(key).line.version)
        self.api.run(work, self.api.desk, who, key)

    def published(self, later: int = 0) -> dict[str, str]:
        day = self.api.desk.today() + later * DAY
        lines = self.api.write(stored.for_publication)
        found = Publication(version=1, etag="", helplines=lines).helplines_on(day)
        return {one.key: one.contact for one in found}


@pytest.fixture
def pair(api: Api) -> Pair:
    return Pair(api)


def test_the_six_go_out_always_and_the_others_while_they_are_confirmed(pair: Pair) -> None:
    assert pair.published().keys() == ALWAYS
    pair.confirm("text", days=10)
    assert pair.published().keys() == ALWAYS | {"text"}
    assert pair.published(later=10).keys() == ALWAYS | {"text"}
    assert pair.published(later=11).keys() == ALWAYS
    with pytest.raises(FaultyError):
        pair.confirm("council")  # it has no number yet


def test_a_number_holds_when_a_second_person_agrees(pair: Pair) -> None:
    pair.propose("talk", "020 ৪৫২৬ 8323")
    assert pair.published()["talk"] == "116 123"
    with pytest.raises(RefusedError):
        pair.answer("talk", pair.kofi, agreed=True)
    pair.answer("talk", pair.leyla, agreed=True)
    assert pair.published()["talk"] == "020 4526 8323"
    kept = pair.look("talk")
    assert kept.proposal is None
    assert kept.line.details.confirmed_on == pair.api.desk.today()
    assert [(one.what, kept.names.get(one.staff_id or 0)) for one in kept.past] == [
        ("helpline.agreed", "Leyla"),
        ("helpline.proposed", "Kofi"),
        ("helpline.shipped", None),
    ]
    assert sql(pair.api, "SELECT action FROM audit WHERE subject = 'helpline:talk'") == [
        ("helpline.proposed",),
        ("helpline.agreed",),
    ]


def test_what_is_proposed_can_be_dropped_by_either(pair: Pair) -> None:
    for who in (pair.kofi, pair.leyla):
        pair.propose("text", "116 123")
        pair.answer("text", who, agreed=False)
        assert pair.look("text").proposal is None
        assert pair.look("text").line.contact == "text SHOUT to 85258"
    with pytest.raises(NotFoundError):
        pair.answer("text", pair.leyla, agreed=True)


def test_the_dead_number_comes_in_by_no_door(pair: Pair) -> None:
    with pytest.raises(FaultyError):
        pair.propose("crisis", "+44 (0)800 073 0003")
    today = pair.api.desk.today()
    told = Details("crisis", "or ০৮০০০৭৩০০০৩", "Kofi", "x", today, today + DAY)
    with pytest.raises(FaultyError):
        pair.api.run(helplines.tell, pair.api.desk, pair.kofi, "crisis", told, 1)


def test_where_a_number_is_from_must_be_said(pair: Pair) -> None:
    wish = Numbered("Samaritans", "116 123", " ", 1)
    with pytest.raises(FaultyError) as refusal:
        pair.api.run(helplines.propose, pair.api.desk, pair.kofi, "talk", wish)
    assert refusal.value.faults.keys() == {"source"}


def test_whoever_comes_second_overwrites_nothing(pair: Pair) -> None:
    pair.confirm("text", days=10, seen=1)
    with pytest.raises(ChangedMeanwhileError):
        pair.confirm("text", days=20, seen=1)
    expires = pair.look("text").line.details.expires_on
    assert expires == pair.api.desk.today() + 10 * DAY


def test_a_message_is_held_back_while_its_helpline_may_not_be_shown(pair: Pair) -> None:
    def may(connection: Connection) -> bool:
        sound = alongside.Helplines(connection, pair.api.desk.today())
        return sound.may_all_be_shown(Name("help_card", "talk"))

    assert pair.api.write(may)
    sql(pair.api, "UPDATE helpline SET shown = 'once confirmed' WHERE key = 'talk'")
    assert not pair.api.write(may)


def test_only_coordinators_come_near(pair: Pair, api: Api) -> None:
    amina = api.asker(AMINA)
    with pytest.raises(NotFoundError):
        api.run(helplines.look, api.desk, amina)
    with pytest.raises(NotFoundError):
        pair.propose("talk", "116 123", amina)
    with pytest.raises(NotFoundError):
        pair.look("nobody")
