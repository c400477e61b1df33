"""Letters by SMTP, against a real server: taken, refused for now, refused for good."""

import socket
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from api.notifications.email import SmtpTransport
from api.notifications.transport import Letter, TransportError
from tests.support.clock import MovedClock
from tests.support.smtp import PostOffice, post_office

LETTER = Letter(
    to_name="Amina",
    to="amina@nhs.example",
    subject="New referral TH-7K3M-9QX",
    text="GP practice: হার্লি গ্রোভ\n",
    html="<p>GP practice: হার্লি গ্রোভ</p>",
    reference="TH-7K3M-9QX",
    key="abc",
)


@pytest.fixture
async def office() -> AsyncIterator[PostOffice]:
    async with post_office() as opened:
        yield opened


def transport(url: str) -> SmtpTransport:
    return SmtpTransport(url, sender="Doorway <doorway@th.example>", clock=MovedClock())


async def test_a_letter_arrives_whole(office: PostOffice) -> None:
    await transport(office.url).send(LETTER)
    (letter,) = office.letters
    assert office.recipients == ["amina@nhs.example"]
    assert letter["Subject"] == "New referral TH-7K3M-9QX"
    assert letter["To"] == "Amina <amina@nhs.example>"
    assert letter["From"] == "Doorway <doorway@th.example>"
    assert letter["Message-ID"] == "<abc@th.example>"
    assert letter["Auto-Submitted"] == "auto-generated"
    plain, html = letter.get_body(("plain",)), letter.get_body(("html",))
    assert plain is not None
    assert html is not None
    assert plain.get_content().strip() == "GP practice: হার্লি গ্রোভ"
    assert "হার্লি গ্রোভ" in html.get_content()


@pytest.mark.parametrize(
    ("recipient", "data", "permanent"),
    [
        ("550 No such person amina@nhs.example", "", True),
        ("451 Try amina@nhs.example later", "", False),
        ("", "554 Not this content", True),
        ("", "452 No room", False),
    ],
)
async def test_a_refusal_is_for_good_or_for_now(
    office: PostOffice, recipient: str, data: str, *, permanent: bool
) -> None:
    office.recipient_reply, office.data_reply = recipient, data
    with pytest.raises(TransportError) as caught:
        await transport(office.url).send(LETTER)
    assert caught.value.permanent is permanent
    assert "amina" not in str(caught.value)
    assert caught.value.__cause__ is None


async def test_a_server_that_is_away_is_no_refusal() -> None:
    with socket.create_server(("127.0.0.1", 0)) as door:
        port = door.getsockname()[1]
    with pytest.raises(TransportError) as caught:
        await transport(f"smtp://127.0.0.1:{port}").send(LETTER)
    assert not caught.value.permanent


async def test_encryption_that_was_asked_for_is_not_done_without(office: PostOffice) -> None:
    with pytest.raises(TransportError) as caught:
        await transport(f"{office.url}?starttls").send(LETTER)
    assert not caught.value.permanent
    assert office.letters == []


async def test_our_own_wrong_password_is_for_the_operator_to_mend(office: PostOffice) -> None:
    url = office.url.replace("smtp://", "smtp://us:wrong%40@")
    with pytest.raises(TransportError) as caught:
        await transport(url).send(LETTER)
    assert not caught.value.permanent


@pytest.mark.parametrize("address", ["আমিনা@nhs.example", "amina", "", "a@b.example\r\nBcc: c@d"])
async def test_what_is_no_address_is_refused_for_good(office: PostOffice, address: str) -> None:
    with pytest.raises(TransportError) as caught:
        await transport(office.url).send(replace(LETTER, to=address))
    assert caught.value.permanent
    assert office.letters == []


@pytest.mark.parametrize("url", ["", "localhost:25", "http://localhost", "smtp://"])
def test_what_is_no_address_of_a_server_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="smtp://"):
        transport(url)
