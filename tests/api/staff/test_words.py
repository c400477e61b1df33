"""The workshop as coordinators use it: words changed, reviewed, published, and taken back."""

import re

import pytest

from api.domain.staff import Role, StaffMember
from api.persistence import staff
from common.contract.publication import Publication
from tests.api.staff.conftest import Visitor
from tests.support.intake_api import Api
from tests.support.staff_browser import Browser, give_passwords, sql

pytestmark = pytest.mark.any_store
Coordinators = tuple[Browser, Browser]
GREETING = "language/greeting"
SAFETY = "safe_now/question"
WORDS = "/staff/words"


@pytest.fixture
def both(api: Api, signed_in: Visitor) -> Coordinators:
    """Two coordinators, each in a browser of their own."""
    mary = StaffMember(0, "Mary", "mary@example.org", Role.COORDINATOR, "no password")
    api.write(lambda connection: staff.add(connection, mary, capacity=0))
    give_passwords(api)
    return signed_in("kofi"), signed_in("mary")


def hidden(page: str, action: str) -> dict[str, str]:
    form = re.search(rf'<form method="post" action="{action}".*?</form>', page, re.DOTALL)
    assert form is not None, action
    return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form[0]))


def write(browser: Browser, language: str, message: str, text: str, do: str = "ready") -> int:
    path = f"{WORDS}/{language}/{message}"
    fields = hidden(browser.get(path).text, path)
    return browser.post(path, {**fields, "text-0": text, "do": do}).status_code


def review(browser: Browser, language: str, message: str) -> int:
    path = f"{WORDS}/{language}/{message}"
    fields = hidden(browser.get(path).text, f"{path}/review")
    return browser.post(f"{path}/review", fields).status_code


def publish(browser: Browser, note: str = "") -> int:
    fields = hidden(browser.get(f"{WORDS}/publish").text, f"{WORDS}/publish")
    return browser.post(f"{WORDS}/publish", {**fields, "note": note}).status_code


def seen(api: Api, language: str, message: str) -> str:
    """What residents are given."""
    answer = api.client.get("/v1/publications/current")
    step, name = message.split("/")
    found = Publication.model_validate_json(answer.content).by_language[language].messages
    return next(one.texts[0] for one in found if (one.step, one.id) == (step, name))


def state(browser: Browser, language: str, message: str) -> str:
    page = browser.get(f"{WORDS}/{language}/{message}").text
    found = re.search(r'nhsuk-tag--\w+">([\w ]+)</strong>', page)
    assert found is not None
    return found[1]


def test_the_words_of_every_language_are_there(signed_in: Visitor) -> None:
    page = signed_in("kofi").get(WORDS).text
    assert page.index("English") < page.index("Bengali") < page.index("Somali")
    table = signed_in("kofi").get(f"{WORDS}/ar").text
    assert 'dir="rtl"' in table
    assert "The greeting" in table


def test_from_the_english_to_residents_and_back(both: Coordinators, api: Api) -> None:
    kofi, mary = both
    english, bengali = seen(api, "en", GREETING), seen(api, "bn", GREETING)
    new = english.replace("Hello", "Welcome")
    assert write(kofi, "en", GREETING, new) == 303
    page = kofi.get(f"{WORDS}/en/{GREETING}").text
    assert "These languages still follow the English before" in page
    assert state(kofi, "bn", GREETING) == "Needs review"
    assert "The English has changed" in kofi.get(f"{WORDS}/bn/{GREETING}").text

    assert write(kofi, "bn", GREETING, f"স্বাগতম। {bengali}") == 303
    assert "You wrote this" in kofi.get(f"{WORDS}/bn/{GREETING}").text
    assert review(mary, "bn", GREETING) == 303
    assert seen(api, "bn", GREETING) == bengali

    assert publish(kofi, "A warmer greeting") == 303
    assert seen(api, "en", GREETING) == new
    assert seen(api, "bn", GREETING) == f"স্বাগতম। {bengali}"
    assert state(kofi, "bn", GREETING) == "Published"

    path = f"{WORDS}/history/1"
    fields = hidden(kofi.get(path).text, f"{path}/restore")
    assert kofi.post(f"{path}/restore", fields).status_code == 303
    assert (seen(api, "en", GREETING), seen(api, "bn", GREETING)) == (english, bengali)
    history = kofi.get(f"{WORDS}/history").text
    assert "A warmer greeting" in history
    assert "Back to the words of publication 1" in history
    deeds = sql(api, "SELECT action FROM audit WHERE action LIKE 'words.%' ORDER BY id")
    assert [one for (one,) in deeds] == [
        "words.written",
        "words.written",
        "words.reviewed",
        "words.published",
        "words.restored",
    ]


def test_safety_words_wait_for_a_second_person(both: Coordinators, api: Api) -> None:
    kofi, mary = both
    before = seen(api, "en", SAFETY)
    assert write(kofi, "en", SAFETY, f"{before} You can say no.") == 303
    page = kofi.get(f"{WORDS}/publish").text
    assert "There is nothing new to publish" in page
    assert "a second person must review it first" in page
    assert review(mary, "en", SAFETY) == 303
    assert publish(kofi) == 303
    assert seen(api, "en", SAFETY).endswith("You can say no.")
    # Until somebody has looked at it beside the new English, what residents see stays.
    assert state(kofi, "so", SAFETY) == "Needs review"


def test_a_draft_never_goes_out(signed_in: Visitor) -> None:
    kofi = signed_in("kofi")
    assert write(kofi, "so", GREETING, "Waan ku salaamayaa.", do="draft") == 303
    page = kofi.get(f"{WORDS}/publish").text
    assert "It is still a draft" in page
    assert 'name="stamp"' not in page


def test_a_lost_placeholder_is_explained_and_what_was_typed_is_kept(signed_in: Visitor) -> None:
    kofi = signed_in("kofi")
    listed = kofi.get(f"{WORDS}/so?text=%25%28phone%29s").text
    first = re.search(r'href="(/staff/words/so/[^"?]+)', listed)
    assert first is not None
    path = first[1]
    fields = hidden(kofi.get(path).text, path)
    answer = kofi.post(path, {**fields, "text-0": "Waa ka xumahay.", "do": "ready"})
    assert answer.status_code == 422
    assert "%(phone)s" in answer.text
    assert "Waa ka xumahay." in answer.text
    assert (
        kofi.post(path, {**fields, "text-0": "Waa ka xumahay.", "do": "draft"}).status_code == 303
    )


def test_the_second_of_two_sees_what_the_first_has_written(both: Coordinators) -> None:
    kofi, mary = both
    path = f"{WORDS}/so/{GREETING}"
    fields = hidden(mary.get(path).text, path)
    assert write(kofi, "so", GREETING, "Soo dhowow, waa Doorway.", do="draft") == 303
    late = mary.post(path, {**fields, "text-0": "Nabad, waa Doorway.", "do": "draft"})
    assert late.status_code == 409
    assert "Soo dhowow, waa Doorway." in late.text
    assert "Nabad, waa Doorway." in late.text
    again = hidden(late.text, path)
    assert mary.post(path, {**again, "text-0": "Nabad.", "do": "draft"}).status_code == 303


def test_going_through_what_is_sought(signed_in: Visitor) -> None:
    kofi = signed_in("kofi")
    for message in ("language/greeting", "practice/question"):
        write(kofi, "so", message, "Fiiri.", do="draft")
    table = kofi.get(f"{WORDS}/so?only=draft").text
    assert "2 messages" in table
    path = f"{WORDS}/so/{GREETING}?only=draft"
    page = kofi.get(path).text
    assert 'accesskey="n"' in page
    fields = hidden(page, re.escape(path))
    onward = kofi.post(path, {**fields, "text-0": "Waan ku salaamayaa.", "do": "next"})
    assert onward.headers["location"].startswith(f"{WORDS}/so/practice/question?only=draft")


def test_coordinators_talk_about_a_message(both: Coordinators) -> None:
    kofi, mary = both
    path = f"{WORDS}/so/{GREETING}"
    fields = hidden(kofi.get(path).text, f"{path}/comments")
    said = kofi.post(f"{path}/comments", {**fields, "comment": "Is this how elders say it? <b>"})
    assert said.status_code == 303
    assert "Is this how elders say it? &lt;b&gt;" in mary.get(path).text
    assert "1 message." in mary.get(f"{WORDS}/so?only=commented").text
    assert kofi.post(f"{path}/comments", {**fields, "comment": " "}).status_code == 422


def test_what_changed_meanwhile_is_not_published_unseen(both: Coordinators) -> None:
    kofi, mary = both
    write(kofi, "en", GREETING, "Welcome, I am Doorway.")
    fields = hidden(kofi.get(f"{WORDS}/publish").text, f"{WORDS}/publish")
    write(mary, "en", "general/done", "Ready")
    late = kofi.post(f"{WORDS}/publish", {**fields, "note": ""})
    assert late.status_code == 409
    assert "Something has changed" in late.text


def test_plural_forms_stand_with_their_numbers(signed_in: Visitor) -> None:
    page = signed_in("kofi").get(f"{WORDS}/ar?text=%25%28count%29s").text
    counted = re.search(r'href="(/staff/words/ar/[^"?]+)', page)
    assert counted is not None
    form = signed_in("kofi").get(counted[1]).text
    assert form.count("<textarea") == 6 + 1  # the comment's
    assert "for 3, 4, 5, 6, 7 and so on" in form


def test_a_number_that_there_cannot_be_is_no_fault_of_ours(signed_in: Visitor) -> None:
    kofi = signed_in("kofi")
    path = f"{WORDS}/so/{GREETING}"
    fields = hidden(kofi.get(path).text, path)
    for changed in ({"version": "9" * 5000}, {"text-²": "x"}):
        answer = kofi.post(path, {**fields, "text-0": "Nabad.", "do": "draft", **changed})
        assert answer.status_code in {303, 409}
