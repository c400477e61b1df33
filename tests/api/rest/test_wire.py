"""A body is read once, from its bytes, by the one model that knows what to look for in it."""

from datetime import date
from typing import Annotated

import pytest
from fastapi import APIRouter, FastAPI
from pydantic import BaseModel, ConfigDict
from starlette.testclient import TestClient

from api.rest import problems
from api.rest.wire import FromJson, JsonRoute


class Told(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid")
    born: date
    names: tuple[str, ...] = ()


@pytest.fixture
def client() -> TestClient:
    router, app = APIRouter(route_class=JsonRoute), FastAPI()

    @router.post("/")
    async def tell(told: Annotated[Told, FromJson(Told)]) -> Told:
        return told

    app.include_router(router)
    problems.install(app)
    return TestClient(app)


def test_what_is_text_in_json_is_read_strictly_and_as_what_it_is(client: TestClient) -> None:
    answer = client.post(
        "/",
        content=b' {"born": "1980-04-03", "names": ["\\u0986\\ud83d\\ude00"]}',
        headers={"content-type": "application/problem+json; charset=utf-8"},
    )
    assert answer.json() == {"born": "1980-04-03", "names": ["আ😀"]}


@pytest.mark.parametrize(
    ("body", "field"),
    [
        (b'{"born": 1}', "born"),
        (b'{"born": "1980-04-03", "names": [1]}', "names.0"),
        (b'{"born": "1980-04-03"', "body"),
        (b"[" * 10_000, "body"),
        (b'{"born": "1980-04-03", "names": ["\xff"]}', "body"),
        (b"[]", "body"),
    ],
    ids=["number", "item", "cut", "deep", "bytes", "list"],
)
def test_what_is_wrong_is_named(client: TestClient, body: bytes, field: str) -> None:
    answer = client.post("/", content=body, headers={"content-type": "application/json"})
    assert answer.status_code == 422
    assert [one["field"] for one in answer.json()["errors"]] == [field]


def test_what_is_not_sent_as_json_is_none(client: TestClient) -> None:
    answer = client.post(
        "/", content=b'{"born": "1980-04-03"}', headers={"content-type": "text/plain"}
    )
    assert answer.status_code == 422
