"""A ticket opens one preview, once and soon, of the newest words and for coordinators alone."""

import pytest
from sqlalchemy import Connection

from api.domain.errors import NotFoundError
from api.domain.wording import Name
from api.persistence import wordings
from api.services import previews
from common.contract.preview import Preview
from tests.support.intake_api import AMINA, KOFI, Api
from tests.support.staff_browser import sql

pytestmark = pytest.mark.any_store


def ticket(api: Api, language: str = "bn", step: str = "who_for", staff_id: int = KOFI) -> str:
    address = api.run(previews.frame, api.desk, api.asker(staff_id), language, step)
    return address.partition("?ticket=")[2].removesuffix("#now")


def redeem(api: Api, found: str) -> Preview:
    return api.run(previews.redeem, api.desk, found)


def write(api: Api, language: str, text: str) -> None:
    """Put words into the workshop that nobody has published."""

    def work(connection: Connection) -> None:
        name = Name("who_for", "question")
        at = wordings.one(connection, language, name)
        sql_words = f'["{text}"]'
        connection.exec_driver_sql(
            f"UPDATE wording SET texts = '{sql_words}' WHERE language = '{language}' "
            f"AND step = '{at.name.step}' AND message = '{at.name.id}'"
        )

    api.write(work)


def test_a_ticket_opens_the_newest_words(api: Api) -> None:
    write(api, "bn", "Newer words")
    found = redeem(api, ticket(api))
    assert (found.language, found.step, found.framed_by) == (
        "bn",
        "who_for",
        api.desk.public_url,
    )
    assert set(found.words.by_language) == {"en", "bn"}
    texts = {(one.step, one.id): one.texts for one in found.words.by_language["bn"].messages}
    assert texts["who_for", "question"] == ("Newer words",)
    assert {"emergency", "talk"} <= {one.key for one in found.words.helplines}


def test_it_opens_once(api: Api) -> None:
    once = ticket(api)
    redeem(api, once)
    with pytest.raises(NotFoundError):
        redeem(api, once)


def test_it_opens_within_two_minutes(api: Api) -> None:
    in_time, late = ticket(api), ticket(api)
    api.clock.move(seconds=119)
    redeem(api, in_time)
    api.clock.move(seconds=1)
    with pytest.raises(NotFoundError):
        redeem(api, late)


def test_it_is_kept_as_a_hash_and_not_for_long(api: Api) -> None:
    first = ticket(api)
    ((kept,),) = sql(api, "SELECT ticket FROM preview_ticket")
    assert first not in kept
    api.clock.move(minutes=2)
    ticket(api)
    assert len(sql(api, "SELECT ticket FROM preview_ticket")) == 1


def test_words_are_not_a_prescribers_to_see(api: Api) -> None:
    with pytest.raises(NotFoundError):
        ticket(api, staff_id=AMINA)


@pytest.mark.parametrize(("language", "step"), [("xx", "who_for"), ("syl", "who_for"), ("bn", "x")])
def test_there_is_nothing_to_see_of_what_there_is_not(api: Api, language: str, step: str) -> None:
    with pytest.raises(NotFoundError):
        ticket(api, language, step)
