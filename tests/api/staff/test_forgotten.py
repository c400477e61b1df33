"""A forgotten password: nobody learns who has an account, and a link works once, for a while."""

import pytest

from api.domain.door import Occasion
from tests.api.staff.conftest import Visitor
from tests.support.intake_api import AMINA, Api
from tests.support.staff_browser import SECOND, Browser, sql

pytestmark = pytest.mark.any_store

NEW = "three green boats"


def ask(browser: Browser, email: str) -> tuple[int, str, str]:
    """Say that a password is forgotten: status, where it leads, and what stands there."""
    fields = {"token": browser.token("/staff/forgotten"), "email": email}
    answer = browser.post("/staff/forgotten", fields)
    where = answer.headers.get("location", "")
    return answer.status_code, where, browser.get(where).text if where else ""


def link(api: Api, browser: Browser) -> str:
    """The path of the link in the letter that Amina gets."""
    ask(browser, "Amina@example.org ")
    notice, to = api.next_letter()
    assert (notice.occasion, to.staff_id) == (Occasion.FORGOTTEN, AMINA)
    return notice.link.removeprefix("http://127.0.0.1:8000")


def test_whoever_asks_gets_the_same_answer(browser: Browser, api: Api) -> None:
    sql(api, "UPDATE staff_member SET active = false WHERE id = :id", id=AMINA)
    answers = [
        ask(browser, f"{name}@example.org") for name in ("brendan", "amina", "nobody", "\0", "")
    ]
    assert len(set(answers)) == 1
    assert answers[0][:2] == (303, "/staff/forgotten/sent")
    # What it takes is the same too: one job is written, and whether there is somebody is seen by
    # whoever works it.
    jobs = "SELECT count(*) FROM job WHERE kind = 'forgotten_password'"
    assert sql(api, jobs) == [(5,)]
    notice, to = api.next_letter()
    assert (notice.occasion, to.name) == (Occasion.FORGOTTEN, "Brendan")
    assert api.written.empty()


def test_what_was_typed_is_nowhere_in_the_open(browser: Browser, api: Api) -> None:
    ask(browser, "marked.secret@example.org")
    rows = sql(api, "SELECT * FROM job WHERE kind = 'forgotten_password'")
    assert "marked.secret" not in repr(rows)


def test_a_link_sets_a_password_once_and_the_second_step_is_still_asked_for(
    browser: Browser, api: Api, signed_in: Visitor
) -> None:
    amina, path = signed_in("amina"), link(api, browser)
    for _ in range(2):  # mail programs look at links before people do
        assert browser.get(path).status_code == 200
    fields = {"token": browser.token(path), "new": NEW}
    assert browser.post(path, fields).headers["location"] == "/staff/sign-in?said=password"
    assert amina.get("/staff/").status_code == 303, "whoever was signed in is not any more"
    assert api.next_letter()[0].occasion is Occasion.PASSWORD_CHANGED
    for answer in (browser.get(path), browser.post(path, fields)):
        assert answer.status_code == 404
        assert "This link no longer works" in answer.text
    assert browser.knock("amina").status_code == 422, "the old one"
    assert browser.knock("amina", NEW).headers["location"] == SECOND
    assert browser.get("/staff/").status_code == 303


def test_an_hour_later_the_link_is_void(browser: Browser, api: Api) -> None:
    path = link(api, browser)
    token = browser.token(path)
    api.clock.move(hours=1)
    assert browser.get(path).status_code == 404
    assert browser.post(path, {"token": token, "new": NEW}).status_code == 404


def test_a_link_of_somebody_who_has_left_is_void(browser: Browser, api: Api) -> None:
    path = link(api, browser)
    sql(api, "UPDATE staff_member SET active = false WHERE id = :id", id=AMINA)
    assert browser.get(path).status_code == 404


def test_the_link_says_nothing_and_the_store_cannot_tell_it(browser: Browser, api: Api) -> None:
    path = link(api, browser)
    assert "amina" not in path
    token = path.rsplit("/", 1)[1]
    assert len(token) == 43
    assert token not in repr(sql(api, "SELECT * FROM staff_link"))
    assert browser.get(f"/staff/password/{token[:-1]}").status_code == 404


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("too short", "at least 12"),
        ("aaaaaaaaaaaaaaaa", "too easy"),
        ("Amina@example.org", "too easy"),
        ("x" * 1001, "too long"),
    ],
)
def test_a_poor_password_is_refused_and_the_link_stays_good(
    browser: Browser, api: Api, password: str, said: str
) -> None:
    path = link(api, browser)
    answer = browser.post(path, {"token": browser.token(path), "new": password})
    assert answer.status_code == 422
    assert said in answer.text
    assert password not in answer.text or password == "Amina@example.org"
    assert browser.get(path).status_code == 200


def test_who_asks_again_and_again_must_wait_known_or_not(browser: Browser) -> None:
    for name in ("amina", "nobody"):
        answers = [ask(browser, f"{name}@example.org")[0] for _ in range(4)]
        assert answers == [303, 303, 303, 429]
