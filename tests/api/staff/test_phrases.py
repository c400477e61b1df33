"""The page of the phrases of danger, as two coordinators use it."""

import pytest

from api.persistence import phrases as stored
from tests.api.staff.conftest import Visitor
from tests.support.intake_api import Api
from tests.support.safety_lists import hire_second
from tests.support.staff_browser import Browser, give_passwords

pytestmark = pytest.mark.any_store
HERE = "/staff/phrases"


def send(browser: Browser, path: str, **fields: str) -> tuple[int, str]:
    answer = browser.post(path, {"token": browser.token(HERE), **fields})
    location = answer.headers.get("location", "")
    return answer.status_code, browser.get(location).text if location else answer.text


def number(api: Api, text: str) -> int:
    return next(one.phrase_id for one in api.write(stored.ever) if one.text == text)


@pytest.fixture
def kofi(signed_in: Visitor, api: Api) -> Browser:
    api.write(hire_second)
    give_passwords(api)
    return signed_in("kofi")


def test_phrases_are_looked_for_by_language_tier_and_words(kofi: Browser) -> None:
    page = kofi.get(HERE).text
    assert "5 found" in page
    assert '<bdi lang="ar" dir="auto">أريد أن أموت</bdi>' in page
    assert "2 found" in kofi.get(f"{HERE}?text=DIE%21&language=en").text
    assert "1 found" in kofi.get(f"{HERE}?tier=check").text
    assert "5 found" in kofi.get(f"{HERE}?tier=loud&language=xx&after=x").text


def test_a_sentence_is_tried_out_and_nothing_of_it_is_kept(kofi: Browser, api: Api) -> None:
    status, page = send(kofi, f"{HERE}/try", sentence="i WANT to die <b>")
    assert status == 200
    assert "shown the help card at once" in page
    assert "i WANT to die &lt;b&gt;" in page
    assert (
        "one gentle question: are they safe"
        in send(kofi, f"{HERE}/try", sentence="cannot go on")[1]
    )
    calmed = send(kofi, f"{HERE}/try", sentence="I want to die my hair")[1]
    assert "Nothing would happen" in calmed
    assert "inside a harmless phrase" in calmed
    assert len(api.write(stored.ever)) == 5


def test_a_phrase_is_added_or_it_is_said_why_not(kofi: Browser, api: Api) -> None:
    told = {"text": " will  jump  tonight ", "tier": "urgent", "language": "en"}
    status, page = send(kofi, f"{HERE}/new", **told)
    assert (status, "will jump tonight" in page) == (303, True)
    for wrong, said in (
        ({}, "listened for already"),
        ({"text": "aa"}, "at least two different letters"),
        ({"tier": ""}, "Choose what the phrase sets off"),
        ({"language": "syl"}, "Choose a language"),
    ):
        status, page = send(kofi, f"{HERE}/new", **{**told, **wrong})
        assert status == 422
        assert said in page
    assert len(api.write(stored.ever)) == 6


def test_taking_away_waits_for_the_second_coordinator(
    kofi: Browser, signed_in: Visitor, api: Api
) -> None:
    path = f"{HERE}/{number(api, 'want to die')}"
    status, page = send(kofi, f"{path}/remove")
    assert status == 303
    assert "until another coordinator agrees" in page
    assert "Waiting for a second person" in page
    assert send(kofi, f"{path}/remove")[0] == 409
    status, page = send(kofi, f"{path}/answer", answer="agree")
    assert status == 422
    assert "two people see more than one" in page
    leyla = signed_in("leyla")
    assert send(leyla, f"{path}/answer", answer="agree")[0] == 303
    assert send(leyla, f"{path}/answer", answer="agree")[0] == 409
    assert "want to die" not in {one.text for one in api.write(stored.for_publication)}
    assert send(leyla, f"{HERE}/x/answer")[0] == 404
