"""The figures: who may look, and that looking often does not ask the database often."""

import pytest
from starlette.requests import Request

from common.runtime.jobfigures import KindOfJob
from common.runtime.metrics import ASK_EVERY, Metrics, may_look
from tests.support.clock import MovedClock

TOKEN = "a-token-of-the-operator"


def request(host: str, **headers: str) -> Request:
    sent = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return Request({"type": "http", "client": (host, 1), "headers": sent})


@pytest.mark.parametrize(
    ("asks", "with_token", "without"),
    [
        (request("127.0.0.1"), False, True),
        (request("::1"), False, True),
        (request("203.0.113.7"), False, False),
        (request("10.0.0.7"), False, False),
        (request("127.0.0.1", x_forwarded_for="127.0.0.1"), False, False),
        (request("203.0.113.7", authorization=f"Bearer {TOKEN}"), True, False),
        (request("203.0.113.7", authorization=f"bearer {TOKEN}"), False, False),
        (request("203.0.113.7", authorization=f"Bearer {TOKEN}x"), False, False),
        (request("203.0.113.7", authorization="Bearer é"), False, False),
        (request("203.0.113.7", authorization="Bearer "), False, False),
    ],
    ids=range(10),
)
def test_who_may_look(asks: Request, *, with_token: bool, without: bool) -> None:
    assert (may_look(asks, TOKEN), may_look(asks, "")) == (with_token, without)


async def test_looking_often_asks_now_and_then() -> None:
    clock = MovedClock()
    metrics, asked = Metrics("side", clock), 0

    async def ask() -> None:
        nonlocal asked
        asked += 1
        metrics.set_jobs([KindOfJob("send", asked, 0, 7)])

    texts = [bytes((await metrics.told(ask)).body).decode() for _ in range(3)]
    assert asked == 1
    assert 'doorway_side_jobs{kind="send",state="waiting"} 1.0' in texts[2]
    assert 'doorway_side_job_oldest_due_seconds{kind="send"} 7.0' in texts[2]
    clock.move(seconds=ASK_EVERY.total_seconds())
    await metrics.told(ask)
    assert asked == 2


async def test_without_the_database_the_other_figures_are_told() -> None:
    metrics = Metrics("side", MovedClock())
    metrics.requests.labels("GET", "/", "200").inc()

    async def ask() -> None:
        raise OSError("the disk is gone")

    text = bytes((await metrics.told(ask)).body).decode()
    assert "doorway_side_database_up 0.0" in text
    assert 'doorway_side_requests_total{method="GET",route="/",status="200"} 1.0' in text
