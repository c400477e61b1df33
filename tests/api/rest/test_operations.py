"""Alive, ready, counted; and described well enough for a machine to try everything."""

import asyncio
from contextlib import suppress
from operator import methodcaller

from sqlalchemy import text
from starlette.testclient import TestClient

from api.domain.events import Notice, Recipient
from api.rest.operations import ApiMetrics
from common.runtime.jobs import LaterError, PermanentError
from tests.support.clock import MovedClock
from tests.support.intake_api import TOKEN, Api, submission

NOTICE = Notice("TH-7K3M-9QX", "referral", "", urgent=False, because="", link="")
TO = Recipient(1, "Amina", "amina@example.org")

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
    "/v1/publications/current",
    "/v1/publications/clips/{sha256}",
    "/v1/previews",
    "/healthz",
    "/readyz",
    "/metrics",
}


def worked(api: Api) -> None:
    """Wait until the first look at what stands still has been taken."""
    done = text("SELECT count(*) FROM job WHERE done_at IS NOT NULL")
    while not api.write(lambda c: c.execute(done).scalar_one()):
        pass


def test_alive_and_ready_need_no_token(api: Api) -> None:
    api.client.headers.pop("Authorization")
    assert api.client.get("/healthz").json() == {"status": "alive"}
    worked(api)
    api.clock.move(seconds=90)
    ready = api.client.get("/readyz").json()
    assert (ready["status"], ready["waits_for"]) == ("ready", "")
    assert ready["directory_age_seconds"] == 90
    assert ready["oldest_due_job_seconds"] in {0, 90}  # what comes by itself is done soon


def test_not_ready_without_its_tables(api: Api) -> None:
    api.write(lambda c: c.exec_driver_sql("DROP TABLE practice_alias"))
    api.desk.directory.forget()
    answer = api.client.get("/readyz")
    assert (answer.status_code, answer.json()["waits_for"]) == (503, "database")


def test_not_ready_with_an_empty_directory(api: Api) -> None:
    for table in ("staff_practice", "practice_alias", "practice"):
        api.write(methodcaller("exec_driver_sql", f"DELETE FROM {table}"))
    answer = api.client.get("/readyz")
    assert (answer.status_code, answer.json()["waits_for"]) == (503, "directory")


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
    assert set(submit["responses"]) == {"201", "400", "401", "409", "413", "422", "429"}
    assert set(submit["responses"]["422"]["content"]) == {"application/problem+json"}
    body = submit["requestBody"]["content"]["application/json"]["schema"]
    assert body == {"$ref": "#/components/schemas/ReferralSubmission"}
    assert submit["security"]
    assert "Problem" in described["components"]["schemas"]
    assert "HTTPValidationError" not in described["components"]["schemas"]


def test_referrals_and_jobs_are_counted_by_code(api: Api) -> None:
    api.send(submission())
    api.next_notice()
    counted = api.client.get("/metrics").text
    assert 'doorway_api_referrals{status="assigned"} 1.0' in counted
    assert 'doorway_api_referrals{status="closed"} 0.0' in counted
    assert "doorway_api_database_up 1.0" in counted
    assert "Rahima" not in counted


def test_each_try_to_tell_staff_is_counted() -> None:
    metrics = ApiMetrics(MovedClock())
    failures: list[Exception | None] = [None, PermanentError("no such address"), LaterError(60)]

    async def tell(_notice: Notice, _to: Recipient) -> None:
        if failure := failures.pop(0):
            raise failure

    async def three_times() -> None:
        for _ in range(3):
            with suppress(PermanentError, LaterError):
                await metrics.watching(tell)(NOTICE, TO)

    asyncio.run(three_times())
    value = metrics.registry.get_sample_value
    results = ("sent", "given_up", "failed")
    name = "doorway_api_notifications_total"
    assert [value(name, {"result": one}) for one in results] == [1, 1, 1]


def test_figures_are_for_this_machine_only(api: Api) -> None:
    stranger = TestClient(api.app, client=("203.0.113.7", 1))
    stranger.portal = api.client.portal
    refused = stranger.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
    assert (refused.status_code, refused.headers["content-type"]) == (
        403,
        "application/problem+json",
    )
    api.app.state.metrics_token = "a-token-of-the-operator"
    right = {"Authorization": "Bearer a-token-of-the-operator"}
    assert stranger.get("/metrics", headers=right).status_code == 200
    assert api.client.get("/metrics").status_code == 403


def test_not_ready_when_nothing_works_the_jobs(api: Api) -> None:
    async def gone() -> None:
        """A worker that has ended."""

    async def replace() -> None:
        api.app.state.worker.cancel()
        api.app.state.worker = asyncio.ensure_future(gone())
        await api.app.state.worker

    api.run(replace)
    answer = api.client.get("/readyz")
    assert (answer.status_code, answer.json()["waits_for"]) == (503, "jobs")
