"""A whole referral through everything: from the first word to the page a prescriber opens."""

from email.message import EmailMessage

import pytest

from tests.end_to_end.conftest import OpenHouse
from tests.end_to_end.talk import (
    CONCERN,
    OPENING,
    PRACTICE,
    REVIEW,
    XX_PLACE,
    Script,
    Talk,
    facts,
    gone_well,
    short,
)
from tests.end_to_end.visitor import browser, link_in, opened
from tests.support.house import House

PRESCRIBER = f"prescriber.{PRACTICE.lower()}@example.org"
FROM_A_POSTER: Script = (
    (f"/start bn-{PRACTICE}", "welcome"),
    *OPENING,
    ("E1 4DG", "concerns"),
    *CONCERN,
    *facts("আমিনা বেগম", "২৫ মার্চ ১৯৮০", "(contact)"),
    *REVIEW,
)
CASES = (
    pytest.param("en", "Amina Hassan", short("en", "Amina Hassan"), False, id="en by polling"),
    pytest.param("bn", "আমিনা বেগম", FROM_A_POSTER, True, id="bn from a poster by webhook"),
)


@pytest.mark.parametrize(("language", "name", "script", "webhook"), CASES)
async def test_a_referral_reaches_the_prescriber_of_that_practice(
    open_house: OpenHouse,
    language: str,
    name: str,
    script: Script,
    webhook: bool,  # noqa: FBT001 a case's own way
) -> None:
    async with open_house(webhook=webhook) as house:
        talk = Talk(house.telegram.person(1001, language), language)
        await talk.walk(script)
        assert house.referrals() == {}  # nothing leaves before Send is pressed
        reference = await gone_well(talk)
        assert list(house.referrals()) == [reference]
        await house.post.replied(1)
        (letter,) = house.post.letters
        check_letter(letter, reference, name)
        assert house.post.recipients == [PRESCRIBER]
        await check_page(house, link_in(text_of(letter)), name)
        assert len(talk.open_keyboards) == 1
        assert "sent=status" in talk.open_keyboards[0].choices
        assert house.faults() == []
        hook = house.telegram.updates.webhook
        assert (hook is not None) == webhook
        assert set(hook.statuses if hook else ()) <= {200}


def text_of(letter: EmailMessage) -> str:
    body = letter.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def check_letter(letter: EmailMessage, reference: str, name: str) -> None:
    """It says which referral and which practice, and nothing about the person."""
    assert reference in str(letter["Subject"])
    html = letter.get_body(("html",))
    assert html is not None
    whole = f"{letter['Subject']} {text_of(letter)} {html.get_content()}"
    assert XX_PLACE in whole
    personal = (name, *name.split(), "07700", "900123", "1980", "E1 4DG", "ousing")
    assert [one for one in personal if one in whole] == []


async def check_page(house: House, link: str, name: str) -> None:
    """The link shows the referral to that prescriber, and to no other that there is one."""
    async with browser(house.api.url) as client:
        page = await opened(client, link, PRESCRIBER, house.clock())
        assert page.status_code == 200
        for shown in (name, "+447700900123", "25 March 1980", "E1 4DG"):
            assert shown in page.text
    other = house.rows(
        "api",
        "SELECT email FROM staff_member WHERE role = 'prescriber' AND email <> :own LIMIT 1",
        own=PRESCRIBER,
    )
    async with browser(house.api.url) as client:
        page = await opened(client, link, other[0][0], house.clock())
        assert page.status_code == 404
        assert name not in page.text
