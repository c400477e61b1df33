"""What is stored of what was done on a page: the rows in their order, and the person's line."""

import pytest
from starlette.requests import Request

from bot.channels.webchat import arrivals
from bot.channels.webchat.forms import Form
from bot.channels.webchat.inbound import read
from bot.channels.webchat.pages import pressed_label
from bot.channels.webchat.site import Visit, visit
from bot.dialogue.inbound import Command, Left, Press, Text
from bot.ports import Outgoing, OutgoingButton
from bot.talks import Line, Talk
from tests.support.clock import START
from tests.support.talks import TalkPlace, site

SECRET = "s" * 43
CHOSEN = OutgoingButton("Housing", "concerns=housing", toggle=True, chosen=True)
OPEN = Outgoing(
    "say",
    html="What with?",
    rows=((CHOSEN,), (OutgoingButton("Done", "concerns=done"),)),
    question="concerns",
    language="en",
)
SHOWN = Talk(
    (
        Line("l1", said=Outgoing("say", rows=((OutgoingButton("Old", "welcome=yes"),),)), place=1),
        Line("l2", said=OPEN, place=2, is_open=True),
    )
)


@pytest.fixture
def visitor(place: TalkPlace) -> Visit:
    headers = [
        (b"cookie", f"__Host-doorway_talk={SECRET}".encode()),
        (b"accept-language", b"bn-BD"),
    ]
    return visit(Request({"type": "http", "headers": headers}), site(place.talks))


def test_a_text_is_its_own_line(visitor: Visit) -> None:
    form = Form(update="u1", text=" Amina \n", question="name")
    arrived = arrivals.said(visitor, form, SHOWN)
    assert arrived.mine == Line(form.name, "Amina")
    (received,) = arrived.received
    assert (received.source, received.conversation) == ("webchat", visitor.conversation)
    assert received.received_at == START
    arrival = read(received.body)
    assert arrival is not None
    assert arrival.inbound == Text(" Amina \n")
    assert (arrival.callback, arrival.question, arrival.language_hint) == (form.name, "name", "bn")


@pytest.mark.parametrize(
    ("form", "line"),
    [
        (Form(press="concerns=done"), "Done"),
        (Form(press="concerns=housing"), ""),  # the button itself shows that it is on
        (Form(press="welcome=yes"), ""),  # no such button is open
        (Form(press="do=nothing"), ""),
        (Form(command="status"), "How it is going"),
        (Form(command="unknown"), ""),
        (Form(press="concerns=done", command="status", text="both"), "Done"),
    ],
    ids=str,
)
def test_a_button_is_a_line_with_its_label(visitor: Visit, form: Form, line: str) -> None:
    mine = arrivals.said(visitor, form, SHOWN).mine
    assert (mine.text if mine else "") == line


def test_a_newcomers_talk_begins_before_their_answer(visitor: Visit) -> None:
    form = Form(update="u1", press="language=bn", start="bn-F84122")
    first, second = arrivals.said(visitor, form, SHOWN).received
    begun, answered = read(first.body), read(second.body)
    assert begun is not None
    assert answered is not None
    assert begun.inbound == Command("start", "bn-F84122")
    assert (begun.callback, begun.language_hint) == ("", "bn")
    assert answered.inbound == Press("language", "bn")
    assert first.update_id != second.update_id


def test_the_same_form_is_the_same_update_in_one_talk_and_names_no_talk(visitor: Visit) -> None:
    form = Form(update="u1", press="welcome=yes")
    ids = {arrivals.said(visitor, form, one).received[0].update_id for one in (SHOWN, Talk())}
    (update,) = ids
    assert [one for one in (visitor.conversation[-64:], SECRET) if one in update] == []


def test_whoever_leaves_twice_has_left_twice(visitor: Visit) -> None:
    first, second = (arrivals.left(visitor).received[0] for _ in range(2))
    assert first.update_id != second.update_id
    arrival = read(first.body)
    assert arrival is not None
    assert isinstance(arrival.inbound, Left)


def test_a_posters_link_begins_at_any_time(visitor: Visit) -> None:
    (received,) = arrivals.started(visitor, "bn-F84122").received
    arrival = read(received.body)
    assert arrival is not None
    assert arrival.inbound == Command("start", "bn-F84122")


def test_only_what_is_open_has_a_label() -> None:
    assert pressed_label(SHOWN, "concerns=done") == "Done"
    assert [pressed_label(SHOWN, one) for one in ("welcome=yes", "concerns=housing")] == [None] * 2
