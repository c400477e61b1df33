"""How our own inbounds and the finished outgoing things are written down in rows and jobs."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from pydantic import TypeAdapter

from bot.dialogue.inbound import Blocked, Delivered, Flooded, Refused, StatusKnown, Tick
from bot.ports import Arrival, Json, Outgoing

OWN_SOURCE = "doorway"

SEND = "send"
DELIVER = "deliver"
ASK_STATUS = "ask_status"
TICK = "tick"

OwnInbound = Delivered | Refused | StatusKnown | Tick | Blocked | Flooded

_OWN: dict[str, TypeAdapter[OwnInbound]] = {
    "delivered": TypeAdapter(Delivered),
    "refused": TypeAdapter(Refused),
    "status_known": TypeAdapter(StatusKnown),
    "tick": TypeAdapter(Tick),
    "blocked": TypeAdapter(Blocked),
    "flooded": TypeAdapter(Flooded),
}
_KINDS: dict[type[OwnInbound], str] = {
    Delivered: "delivered",
    Refused: "refused",
    StatusKnown: "status_known",
    Tick: "tick",
    Blocked: "blocked",
    Flooded: "flooded",
}
_OUTGOING = TypeAdapter(tuple[Outgoing, ...])


def delivery_lane(conversation: str) -> str:
    """The lane of what this conversation hands over: one thing after the other."""
    return f"{DELIVER}:{conversation}"


def dump_own(inbound: OwnInbound) -> dict[str, object]:
    """An inbound of our own as an inbox row's body, `{"kind": "delivered", …}`."""
    return {"kind": _KINDS[type(inbound)], **asdict(inbound)}


def read_own(body: Json) -> Arrival:
    """Read what `dump_own` wrote: the reader of the source `doorway`."""
    fields = {name: value for name, value in body.items() if name != "kind"}
    return Arrival(_OWN[str(body["kind"])].validate_python(fields))


def dump_outgoing(outgoing: Sequence[Outgoing]) -> list[dict[str, Any]]:
    """Outgoing things as a job's payload carries them, without what is at its default."""
    dumped: list[dict[str, Any]] = _OUTGOING.dump_python(
        tuple(outgoing), mode="json", exclude_defaults=True
    )
    return dumped


def load_outgoing(dumped: object) -> tuple[Outgoing, ...]:
    """Read what `dump_outgoing` wrote."""
    return _OUTGOING.validate_python(dumped)
