"""Every address of the staff pages, found from the router, asked by an outsider and by nobody.

Who adds a page with something new in its address gives an example here, or this says so.
"""

import re
from collections.abc import Mapping

import pytest

from tests.api.staff.conftest import Visitor
from tests.support.intake_api import ALBION, AMINA, Api, submission
from tests.support.routes import Address, addresses
from tests.support.staff_browser import Browser

pytestmark = pytest.mark.any_store

# By the name in the address; what is of Amina's practice is nothing to Chidi. What differs between
# pages stands under the whole address.
EXAMPLES: Mapping[str, str] = {
    "ods_code": ALBION,
    "staff_id": str(AMINA),
    "token": "0" * 43,
    "which": "own_words",
    "key": "talk",
    "phrase_id": "1",
    "sha256": "0" * 64,
    "version": "1",
    "language": "bn",
    "step": "language",
    "message": "greeting",
    "number": "1",
}
# What names a referral, or what hangs on one: an outsider finds nothing there.
OF_A_REFERRAL = ("reference",)
# Where one goes who is not signed in.
DOORS = ("/staff/sign-in", "/staff/sign-out", "/staff/forgotten", "/staff/password")
# Asked for by a page itself: whoever is not signed in any more is told so there.
BY_ITSELF = "/staff/news"
SIGNS_OUT = "/staff/you/security/everywhere"
NAMES = re.compile(r"\{(\w+)(?::\w+)?\}")


def pages(api: Api) -> list[Address]:
    return sorted(one for one in addresses(api.app) if one.path.startswith("/staff"))


def example(path: str, examples: Mapping[str, str]) -> str:
    """The address with something in each place.

    Raises:
        LookupError: nobody has said what may stand in one of them.
    """

    def fill(found: re.Match[str]) -> str:
        for known in (f"{path} {found[1]}", found[1]):
            if known in examples:
                return examples[known]
        raise LookupError(f"Give an example for {{{found[1]}}} of {path} in EXAMPLES.")

    return NAMES.sub(fill, path)


def ask(browser: Browser, method: str, path: str, token: str) -> int:
    """The status of the answer, or of the page that it leads on to."""
    answer = browser.get(path) if method == "GET" else browser.post(path, {"token": token})
    onward = answer.headers.get("location", "")
    return (browser.get(onward) if onward.startswith("/staff") else answer).status_code


def is_of_a_referral(address: Address) -> bool:
    return any(name in OF_A_REFERRAL for name in NAMES.findall(address.path))


@pytest.fixture
def examples(api: Api) -> Mapping[str, str]:
    """With a referral of Amina's practice."""
    reference = str(api.send(submission(practice=ALBION)).json()["reference"])
    other = submission(conversation_id="conversation-2", practice=ALBION)
    second = str(api.send(other, key="key-00000002").json()["reference"])
    return {**EXAMPLES, "reference": reference, "other": second}


def test_an_outsider_finds_no_referral_of_another_practice(
    signed_in: Visitor, api: Api, examples: Mapping[str, str]
) -> None:
    chidi = signed_in("chidi")
    token, asked = chidi.token("/staff/"), 0
    for address in filter(is_of_a_referral, pages(api)):
        path = example(address.path, examples)
        assert ask(chidi, address.method, path, token) == 404, address
        asked += 1
    assert asked >= 2


def test_an_outsider_is_never_told_that_they_may_not(
    signed_in: Visitor, api: Api, examples: Mapping[str, str]
) -> None:
    chidi = signed_in("chidi")
    token = chidi.token("/staff/")
    for address in sorted(pages(api), key=lambda one: one.path == SIGNS_OUT):
        if not address.path.startswith(DOORS):
            status = ask(chidi, address.method, example(address.path, examples), token)
            assert status != 403, address
            assert status < 500, address


def test_nobody_is_led_to_the_door(browser: Browser, api: Api, examples: Mapping[str, str]) -> None:
    token = browser.token()
    for address in pages(api):
        if address.path.startswith((*DOORS, BY_ITSELF)):
            continue
        path = example(address.path, examples)
        answer = (
            browser.get(path) if address.method == "GET" else browser.post(path, {"token": token})
        )
        assert answer.status_code == 303, address
        assert answer.headers["location"].startswith("/staff/sign-in"), address


def test_a_page_without_an_example_is_noticed() -> None:
    with pytest.raises(LookupError, match=r"Give an example for .text_id."):
        example("/staff/texts/{text_id}", EXAMPLES)
    assert example("/staff/x/{a:int}", {"/staff/x/{a:int} a": "1"}) == "/staff/x/1"
