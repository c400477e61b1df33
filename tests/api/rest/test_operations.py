"""Alive, ready, counted; and described well enough for a machine to try everything."""

from operator import methodcaller

from tests.support.intake_api import Api, submission

ROUTES = {
    "/v1/referrals",
    "/v1/referrals/{reference}",
    "/v1/referrals/{reference}/about-you",
    "/v1/referrals/{reference}/feedback",
    "/v1/referrals/{reference}/corrections",
    "/v1/referrals/{reference}/withdrawal",
    "/v1/referrals/{reference}/erasure",
    "/v1/callbacks",
    "/v1/practices/search",
    "/v1/eligibility",
    "/v1/directory",
    "/healthz",
    "/readyz",
    "/metrics",
}


def test_alive_and_ready_need_no_token(api: Api) -> None:
    api.client.headers.pop("Authorization")
    assert api.client.get("/healthz").json() == {"status": "alive"}
    api.clock.move(seconds=90)
    ready = api.client.get("/readyz").json()
    assert (ready["status"], ready["directory_age_seconds"]) == ("ready", 90)


def test_not_ready_without_its_tables(api: Api) -> None:
    api.write(lambda c: c.exec_driver_sql("DROP TABLE practice_alias"))
    api.desk.directory.forget()
    answer = api.client.get("/readyz")
    assert answer.status_code == 503
    assert answer.headers["content-type"] == "application/problem+json"


def test_not_ready_with_an_empty_directory(api: Api) -> None:
    for table in ("staff_practice", "practice_alias", "practice"):
        api.write(methodcaller("exec_driver_sql", f"DELETE FROM {table}"))
    assert api.client.get("/readyz").status_code == 503


def test_requests_are_counted_by_template(api: Api) -> None:
    reference = api.send(submission()).json()["reference"]
    api.client.get(f"/v1/referrals/{reference}", headers={"X-Conversation-Id": "conversation-1"})
    api.client.get("/v1/zzmarkzz")
    counted = api.client.get("/metrics").text
    assert 'method="GET",route="/v1/referrals/{reference}",status="200"} 1.0' in counted
    assert 'method="unmatched",route="unmatched",status="404"} 1.0' in counted
    assert reference not in counted
    assert "zzmarkzz" not in counted


def test_the_description_names_every_route_and_what_may_go_wrong(api: Api) -> None:
    described = api.client.get("/openapi.json").json()
    assert set(described["paths"]) == ROUTES
    submit = described["paths"]["/v1/referrals"]["post"]
    assert set(submit["responses"]) == {"201", "401", "409", "413", "422"}
    assert set(submit["responses"]["422"]["content"]) == {"application/problem+json"}
    body = submit["requestBody"]["content"]["application/json"]["schema"]
    assert body == {"$ref": "#/components/schemas/ReferralSubmission"}
    assert submit["security"]
    assert "Problem" in described["components"]["schemas"]
    assert "HTTPValidationError" not in described["components"]["schemas"]
