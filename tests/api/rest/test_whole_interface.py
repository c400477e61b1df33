"""The whole interface for machines, tried out by what it says about itself in its OpenAPI."""

import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
import schemathesis
from schemathesis import engine
from schemathesis.config import SchemathesisConfig
from schemathesis.engine.events import FatalError, NonFatalError, ScenarioFinished

from api.domain.clips import Sound
from api.persistence import clips, previews
from tests.support.intake_api import TOKEN, Api, running_api, submission
from tests.support.relay import Answer, Relay
from tests.support.routes import Address, addresses

EXAMPLES = 15  # of each operation and kind; what lies at the edges is tried besides
# Found valid by parsers of ours, which a schema cannot describe: else little would come through.
GOOD = {
    "body.phone": ["07700 900123"],
    "body.contact.phone": ["07700 900123"],
    "body.language": ["bn", "other"],
    "body.call_language": ["bn"],
    "body.home": ["E1 4DG"],
    "body.postcode": ["E1 4DG", "no_fixed_address"],
    "body.practice": ["F84001", "unknown"],
}
SAFE = {"x-content-type-options", "content-security-policy", "referrer-policy", "cache-control"}


@dataclass
class Trial:
    """What came of it: `complaints` of the tool, all `answers`, and the documented operations."""

    api: Api
    answers: list[Answer]
    operations: dict[Address, set[int]]
    complaints: list[str] = field(default_factory=list)

    def answered(self, asked: Address) -> set[int]:
        """The statuses that were seen at this address."""
        shape = re.compile(re.sub(r"{\w+}", "[^/]+", asked.path), re.DOTALL)
        ours = (one for one in self.answers if one.method == asked.method)
        return {one.status for one in ours if shape.fullmatch(one.path)}


@pytest.fixture(scope="module")
def trial() -> Iterator[Trial]:
    with running_api() as api:
        reference = api.send(submission()).json()["reference"]
        assert api.client.portal is not None
        # Nobody is too fast in this trial: what happens then has tests of its own.
        relay = Relay(api.app, api.client.portal, lambda: api.clock.move(seconds=5))
        good = {**GOOD, "path.reference": [reference]}
        good["header.X-Conversation-Id"] = [submission()["conversation_id"]]
        good["path.sha256"] = [_clip(api), "f" * 64]  # one that is there, one that is not
        good["body.ticket"] = [_ticket(api) for _ in range(EXAMPLES)]  # each is good once
        schema = schemathesis.openapi.from_asgi("/openapi.json", relay, config=_config(good))
        trial = Trial(api, relay.answers, dict(_operations(api)))
        for event in engine.from_schema(schema).execute():
            if isinstance(event, ScenarioFinished):
                trial.complaints += _failures(event)
            elif isinstance(event, NonFatalError):
                trial.complaints.append(f"{event.label}: {event.value}")
            elif isinstance(event, FatalError):
                raise event.exception
        yield trial


def _ticket(api: Api) -> str:
    """A ticket for a preview, good for as long as the trial goes on."""
    ticket = secrets.token_urlsafe(32)
    kept = api.desk.vault.fingerprint("preview", ticket)
    until = api.clock() + timedelta(days=1)
    api.write(lambda connection: previews.keep(connection, kept, "bn", "review", until))
    return ticket


def _clip(api: Api) -> str:
    """The name of a clip that is there."""
    sha256 = "0" * 64
    api.write(lambda connection: clips.keep(connection, sha256, b"OggS", Sound(1.0)))
    return sha256


def _config(good: dict[str, list[str]]) -> SchemathesisConfig:
    """The same every time; nine in ten values are good where there is a good one."""
    return SchemathesisConfig.from_dict(
        {
            "seed": 1,
            "continue-on-failure": True,
            "headers": {"Authorization": f"Bearer {TOKEN}"},
            "dictionaries": {name: {"values": values} for name, values in good.items()},
            "parameters": {name: {"dictionary": name, "probability": 0.9} for name in good},
            "generation": {
                "max-examples": EXAMPLES,
                "deterministic": True,
                "with-security-parameters": False,
            },
            # A number that cannot be rung is a string of the right length all the same.
            "checks": {"positive_data_acceptance": {"enabled": False}},
        }
    )


def _failures(event: ScenarioFinished) -> Iterator[str]:
    for checks in event.recorder.checks.values():
        for check in checks:
            if check.failure_info is not None:
                found = check.failure_info
                yield f"{event.label}: {check.name}: {found.failure}\n{found.code_sample}"


def _operations(api: Api) -> Iterator[tuple[Address, set[int]]]:
    """Each documented operation with its documented answers."""
    for path, methods in api.app.openapi()["paths"].items():
        for method, operation in methods.items():
            yield Address(method.upper(), path), set(map(int, operation["responses"]))


def test_every_answer_is_as_documented(trial: Trial) -> None:
    assert trial.complaints == []


def test_nothing_ever_fails_inside(trial: Trial) -> None:
    assert [one for one in trial.answers if one.status >= 500] == []


def test_the_trial_got_through_everywhere(trial: Trial) -> None:
    """Answers that were never seen cannot be right; the others stand in tests of their own."""
    elsewhere = {304, 400, 403, 409, 413, 429, 503}
    # The framework documents it for every parameter, but an optional text is never wrong.
    snapshots = ("/v1/directory", "/v1/publications/current")
    never = {(Address("GET", path), 422) for path in snapshots}
    missed = {
        (asked, status)
        for asked, documented in trial.operations.items()
        for status in documented - elsewhere - trial.answered(asked)
    }
    assert missed == never


def test_every_answer_has_the_headers_that_keep_it_safe(trial: Trial) -> None:
    assert {one.path for one in trial.answers if not one.headers.keys() >= SAFE} == set()
    assert {one.path for one in trial.answers if "server" in one.headers} == set()


def test_every_address_is_documented_or_for_people(trial: Trial) -> None:
    found = addresses(trial.api.app)
    for_people = {one for one in found if one.path.startswith("/staff/")}
    itself = {Address("GET", "/openapi.json")}
    assert found - for_people - itself == trial.operations.keys()
    assert for_people


def test_without_a_token_nothing_opens_but_what_operators_look_at(trial: Trial) -> None:
    """Whatever else is asked for, and however: the token comes first."""
    open_to_all = {"/healthz", "/readyz", "/metrics"}
    for method, path in trial.operations:
        if path in open_to_all:
            continue
        trial.api.clock.move(hours=1)  # who keeps on guessing is made to wait
        for header in ("", "Bearer", "Bearer ", f"Bearer {TOKEN}x", f"Basic {TOKEN}", "Bearer ਊ"):
            answer = trial.api.client.request(
                method, path, headers={b"authorization": header.encode()}, json={}
            )
            assert (answer.status_code, path) == (401, path)
            assert answer.headers["www-authenticate"] == "Bearer"
            assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("path", ["/v1/referrals", "/v1/practices/search"])
def test_a_body_nested_however_deeply_is_refused(trial: Trial, path: str) -> None:
    """Between what can be read and what can be written again lies a depth of its own."""
    headers = {"content-type": "application/json", "Idempotency-Key": "key-00000001"}
    for depth in range(10, 1_200, 5):
        for body in ("[" * depth + "]" * depth, '{"a":' * depth + "1" + "}" * depth):
            answer = trial.api.client.post(path, content=body, headers=headers)
            assert answer.status_code in {400, 422}, depth
