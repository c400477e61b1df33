"""The published words over HTTP."""

from common.contract.publication import Publication
from tests.support.intake_api import Api


def test_a_new_store_publishes_the_words_that_came_with_it(api: Api) -> None:
    answer = api.client.get("/v1/publications/current")
    assert answer.status_code == 200
    found = Publication.model_validate_json(answer.content)
    assert found.version == 1
    assert {"en", "bn", "so", "ar"} <= set(found.by_language)
    english = {(one.step, one.id): one for one in found.by_language["en"].messages}
    assert english["general", "yes_spellings"].texts[0].startswith("yes")
    assert {one.key for one in found.helplines} >= {"emergency", "crisis", "talk"}
    assert any(one.tier == "urgent" for one in found.phrases)


def test_nothing_is_sent_again_while_nothing_has_changed(api: Api) -> None:
    first = api.client.get("/v1/publications/current")
    again = api.client.get(
        "/v1/publications/current", headers={"If-None-Match": first.headers["ETag"]}
    )
    assert (again.status_code, again.content) == (304, b"")


def test_words_are_for_the_bot_alone(api: Api) -> None:
    refused = api.client.get("/v1/publications/current", headers={"Authorization": "Bearer no"})
    assert refused.status_code == 401
