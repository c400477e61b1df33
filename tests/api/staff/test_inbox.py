"""The inbox as it is looked at: its tabs and filters, page after page, and what comes meanwhile."""

import re
from html import unescape

import pytest

from api.services import inbox
from tests.api.staff.conftest import Visitor
from tests.support.intake_api import AMINA, BROMLEY, Api, submission
from tests.support.staff_browser import Browser, sql

pytestmark = pytest.mark.any_store


def sent(api: Api, number: int = 1, **changes: object) -> str:
    """The reference of a referral that was just brought."""
    body = submission(conversation_id=f"conversation-{number}", name=f"Person {number}", **changes)
    return str(api.send(body, key=f"key-0000000{number}").json()["reference"])


def listed(page: str) -> list[str]:
    """The references in a page's list, in order."""
    return re.findall(r'<li id="(TH-[^"]+)"', page)


def link(page: str, words: str) -> str:
    """Where the link with these words leads."""
    found = re.search(rf'<a href="([^"]+)"[^>]*>{words}', page)
    assert found is not None, words
    return unescape(found[1])


def counts(page: str) -> dict[str, int]:
    """How many each tab says it has."""
    return {tab: int(many) for tab, many in re.findall(r'id="in-(\w+)"[^>]*>(\d+)<', page)}


def listening(page: str) -> str:
    """Where the page asks for what has come since."""
    found = re.search(r'id="listening" hx-get="([^"]+)"', page)
    assert found is not None
    return unescape(found[1])


def test_each_tab_has_its_own_and_says_how_many(signed_in: Visitor, api: Api) -> None:
    mine = sent(api, 1)
    api.away(AMINA)
    covered = sent(api, 2)
    amina = signed_in("amina")
    first = amina.get("/staff/").text
    assert listed(first) == [mine]
    assert counts(first) == {"mine": 1, "network": 2, "unassigned": 0}
    assert listed(amina.get(link(first, "My network")).text) == [mine, covered]
    assert listed(amina.get(link(first, "Unassigned")).text) == []


def test_a_coordinator_begins_with_everybodys(signed_in: Visitor, api: Api) -> None:
    first, nobodys = sent(api, 1), sent(api, 2, practice=None)
    kofi = signed_in("kofi")
    page = kofi.get("/staff/").text
    assert listed(page) == [first, nobodys]
    assert counts(page) == {"everybody": 2, "unassigned": 1, "mine": 0}
    assert listed(kofi.get(link(page, "Unassigned")).text) == [nobodys]
    assert 'class="count"' in page  # one waits for them to be given to somebody


def test_a_tab_that_is_not_theirs_is_their_first(signed_in: Visitor, api: Api) -> None:
    sent(api, practice=BROMLEY)
    assert listed(signed_in("amina").get("/staff/?tab=everybody").text) == []


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("concern=housing", "Housing"),
        ("language=so", "Somali"),
        ("interpreter=yes", "Interpreter wanted"),
        ("status=assigned", "Assigned"),
    ],
)
def test_a_filter_finds_what_is_sought_and_says_so(
    signed_in: Visitor, api: Api, query: str, words: str
) -> None:
    found = sent(api, 1, concerns=["housing"], language="so", interpreter=True)
    other = sent(api, 2, practice=None)
    page = signed_in("kofi").get(f"/staff/?tab=everybody&{query}").text
    assert listed(page) == [found]
    assert other not in page
    assert f"Only: <strong>{words}" in page
    assert counts(page)["everybody"] == 1
    assert query in link(page, "Unassigned")
    assert link(page, "Clear the filter") == "/staff/?tab=everybody"


@pytest.mark.parametrize(
    "query",
    [
        "tab=x&status=x&concern=x&language=x&interpreter=x&practice=%00&after=x",
        "after=9.9999999999999999.999999999999999999",
        "since=x&tab=mine&tab=network",
        "practice=" + "A" * 5000,
    ],
)
def test_what_is_no_code_of_ours_does_not_matter(signed_in: Visitor, api: Api, query: str) -> None:
    sent(api)
    amina = signed_in("amina")
    for path in ("/staff/", "/staff/news"):
        answer = amina.get(f"{path}?{query}")
        assert answer.status_code in {200, 204}
        assert "AAAA" not in answer.text


def test_page_follows_page(signed_in: Visitor, api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inbox, "PAGE", 2)
    everything = [sent(api, number) for number in (1, 2, 3)]
    amina = signed_in("amina")
    first = amina.get("/staff/").text
    second = amina.get(link(first, "Next page")).text
    assert listed(first) + listed(second) == everything
    assert "Next page" not in second
    assert listed(amina.get(link(second, "Back to the beginning")).text) == everything[:2]


def test_what_comes_meanwhile_is_told_once(signed_in: Visitor, api: Api) -> None:
    sent(api, 1)
    amina = signed_in("amina")
    page = amina.get("/staff/").text
    assert amina.get(listening(page)).status_code == 204
    second, third = sent(api, 2), sent(api, 3, flags=["urgent_words"])
    told = amina.get(listening(page)).text
    assert listed(told) == [second, third]
    assert "2 new referrals, marked urgent:" in re.sub(r"\s+", " ", told)
    assert counts(told) == {"mine": 3, "network": 3, "unassigned": 0}
    assert amina.get(listening(told)).status_code == 204


def test_an_outsider_is_not_told(signed_in: Visitor, api: Api) -> None:
    brendan = signed_in("brendan")
    page = brendan.get("/staff/").text
    sent(api)
    assert brendan.get(listening(page)).status_code == 204


def test_a_page_that_asks_by_itself_keeps_nobody_signed_in(signed_in: Visitor, api: Api) -> None:
    amina = signed_in("amina")
    where = listening(amina.get("/staff/").text)
    for _ in range(3):
        api.clock.move(minutes=9)
        assert amina.get(where).status_code == 204
    api.clock.move(minutes=9)
    assert "You are signed out." in amina.get(where).text
    assert amina.get("/staff/").status_code == 303


def test_who_has_not_signed_in_is_told_nothing(browser: Browser, api: Api) -> None:
    reference = sent(api)
    answer = browser.get("/staff/news?tab=everybody")
    assert reference not in answer.text


def test_the_list_of_somebody_new_is_kindly_empty(signed_in: Visitor) -> None:
    assert "Nothing is with you now." in signed_in("brendan").get("/staff/").text


def test_no_name_stands_in_the_list(signed_in: Visitor, api: Api) -> None:
    sent(api)
    assert sql(api, "SELECT count(*) FROM referral") == [(1,)]
    assert "Person" not in signed_in("amina").get("/staff/").text
