"""Tickets over HTTP: the bot alone redeems them."""

import pytest

from api.services import previews
from common.contract.preview import Preview
from tests.support.intake_api import KOFI, Api

pytestmark = pytest.mark.any_store
NONE = {"ticket": "t" * 43}


def test_the_bot_redeems_a_ticket(api: Api) -> None:
    address = api.run(previews.frame, api.desk, api.asker(KOFI), "bn", "review")
    body = {"ticket": address.partition("?ticket=")[2].removesuffix("#now")}
    answer = api.client.post("/v1/previews", json=body)
    assert answer.status_code == 200
    assert Preview.model_validate_json(answer.content).step == "review"
    assert api.client.post("/v1/previews", json=body).status_code == 404


def test_what_is_no_ticket_opens_nothing(api: Api) -> None:
    assert api.client.post("/v1/previews", json=NONE).status_code == 404
    refused = api.client.post("/v1/previews", json={"ticket": "'; DROP TABLE"})
    assert refused.status_code == 422
    assert "DROP" not in refused.text


def test_it_is_for_the_bot_alone(api: Api) -> None:
    stranger = {"Authorization": "Bearer no"}
    assert api.client.post("/v1/previews", json=NONE, headers=stranger).status_code == 401
