"""What is written into rows and jobs comes back as it was."""

import json

import pytest

from bot.dialogue.inbound import Blocked, Delivered, Due, Refused, StatusKnown, Tick
from bot.envelopes import OwnInbound, dump_outgoing, dump_own, load_outgoing, read_own
from bot.ports import Arrival, Outgoing, OutgoingButton


@pytest.mark.parametrize(
    "inbound",
    [
        Delivered("d", "TH-7777-771", 5),
        Refused("d"),
        StatusKnown("accepted", 5),
        Tick(Due.EXPIRY),
        Blocked(),
    ],
)
def test_our_own_inbounds(inbound: OwnInbound) -> None:
    assert read_own(json.loads(json.dumps(dump_own(inbound)))) == Arrival(inbound)


def test_outgoing_things() -> None:
    rows = ((OutgoingButton("হ্যাঁ", "welcome=yes"), OutgoingButton("No", "welcome=no")),)
    outgoing = (
        Outgoing("say", html="<b>a</b>", rows=rows, question="welcome", direction="rtl"),
        Outgoing("answer", callback="c", label="x", language="bn"),
        Outgoing("close"),
    )
    assert load_outgoing(json.loads(json.dumps(dump_outgoing(outgoing)))) == outgoing


def test_what_is_at_its_default_is_left_out() -> None:
    assert dump_outgoing([Outgoing("close")]) == [{"verb": "close"}]
