"""Whatever shape it has, an update, a posted body or a setting is read, refused or passed over."""

import json
from typing import Any

import httpx2
import pytest
from fastapi import FastAPI
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from pydantic import SecretStr, ValidationError

from api.settings import ApiSettings
from bot.channels.telegram import WEBHOOK_PATH
from bot.channels.telegram.entry import webhook_router
from bot.channels.telegram.inbound import conversation_of, read
from bot.channels.webchat import inbound as webchat
from bot.dialogue.engine import advance
from bot.dialogue.flow import STEPS
from bot.dialogue.inbound import Command, Inbound, Media, MediaKind, Press, SharedContact, Text
from bot.dialogue.session import Session
from bot.storage.memory import MemoryStore
from common.contract.referral import CallbackRequest, EligibilityQuestion, ReferralSubmission
from tests.support.clock import MovedClock
from tests.support.intake_api import submission
from tests.support.outside import calls, jsons, texts
from tests.support.world import NOON, world

# An update has these, whatever stands in them.
_KINDS = ("message", "callback_query", "edited_message", "my_chat_member")
_NAMES = (
    *("message", "chat", "from", "id", "type", "text", "data", "caption", "contact", "user_id"),
    *("phone_number", "message_id", "language_code", "new_chat_member", "status", "photo"),
)
_private = some.fixed_dictionaries({"id": some.integers(1), "type": some.just("private")})
_parts = some.dictionaries(some.sampled_from(_NAMES), jsons, max_size=6)
_contents = some.builds(
    lambda parts, chat: {**parts, "chat": chat, "message": {"chat": chat}}, _parts, _private
)
updates = some.builds(
    lambda kind, content, number: {"update_id": number, kind: content},
    some.sampled_from(_KINDS),
    some.one_of(jsons, _parts, _contents),
    some.one_of(some.integers(), jsons),
)


@given(some.one_of(updates, some.dictionaries(some.text(max_size=8), jsons, max_size=3)))
def test_any_update_is_read_or_passed_over(update: dict[str, Any]) -> None:
    arrival = read(update)
    if arrival is None:
        return
    assert conversation_of(update) is not None
    json.dumps([str(arrival)], ensure_ascii=False).encode()  # whole texts only
    advance(Session("talk0000", channel="telegram"), arrival.inbound, NOON, world())


@given(some.dictionaries(some.sampled_from(["start", "press", "text", "command", "update"]), jsons))
def test_any_body_of_the_page_is_read_or_passed_over(body: dict[str, Any]) -> None:
    arrival = webchat.read(body)
    if arrival is not None:
        advance(Session("talk0000", channel="webchat"), arrival.inbound, NOON, world())


def _drawn(strategy: some.SearchStrategy[bytes], count: int) -> list[bytes]:
    """So many of them, the same each time, for tests that cannot be called again and again."""
    found: list[bytes] = []

    @settings(max_examples=count, suppress_health_check=list(HealthCheck))
    @given(strategy)
    def draw(one: bytes) -> None:
        found.append(one)

    draw()
    return found


async def test_any_body_that_is_posted_for_telegram_is_answered() -> None:
    store = MemoryStore(MovedClock())
    app = FastAPI()
    app.include_router(webhook_router("secret", store.receive, MovedClock()))
    deep = [b"[" * depth + b"]" * depth for depth in range(100, 1_500, 50)]
    deep += [b'{"message":' * depth + b"1" + b"}" * depth for depth in range(100, 1_500, 50)]
    long = [b'{"update_id":' + b"9" * 5_000 + b"}", b'"\\ud800"', b"NaN", b"\xff\xfe", b""]
    bodies = [*_drawn(some.binary(max_size=60), 50), *deep, *long]
    bodies += _drawn(updates.map(lambda one: json.dumps(one).encode()), 150)
    transport = httpx2.ASGITransport(app, raise_app_exceptions=True)
    headers = {"X-Telegram-Bot-Api-Secret-Token": "secret"}
    async with httpx2.AsyncClient(transport=transport, base_url="http://x") as client:
        for body in bodies:
            answer = await client.post(WEBHOOK_PATH, content=body, headers=headers)
            assert answer.status_code in {200, 400}, body


_at_any_step: some.SearchStrategy[Inbound] = some.one_of(
    some.builds(Text, texts, edited=some.booleans()),
    some.builds(Press, some.one_of(texts, some.sampled_from([*STEPS, "do"])), texts),
    some.builds(Command, some.one_of(texts, some.sampled_from(["start", "back"])), texts),
    some.builds(SharedContact, texts),
    some.builds(Media, some.sampled_from(MediaKind), texts),
)


def _open_at(step: str) -> Session:
    """A conversation in which this is asked; what is asked by e-mail needs to know so."""
    open_ = Session("talk0000", channel="telegram", step=step, language="bn")
    return open_.with_answer("other_contact", "email")


@pytest.mark.parametrize("step", STEPS)
def test_any_text_at_any_question_is_answered(step: str) -> None:
    @settings(max_examples=20)
    @given(_at_any_step)
    def say(inbound: Inbound) -> None:
        turn = advance(_open_at(step), inbound, NOON, world())
        assert Session.load(turn.session.dump()) == turn.session

    say()


@pytest.mark.parametrize("step", STEPS)
def test_no_question_makes_more_work_of_a_longer_answer_than_it_must(step: str) -> None:
    session = _open_at(step)

    def work(text: str) -> int:
        return calls(lambda: advance(session, Text(text), NOON, world()))

    for sign in ("x x ", "9", "ই"):
        work(sign)
        short, long = (work(sign * (length // len(sign))) for length in (200, 1_600))
        assert long <= 9 * short + 1_000, f"{sign!r}: {short} calls, then {long}"


@given(some.sampled_from([*submission(), "own_words", "helper", "flags", "x"]), jsons)
def test_any_referral_is_read_or_refused_without_repeating_it(field: str, value: object) -> None:
    body = json.dumps(submission(**{field: value}))
    for model in (ReferralSubmission, CallbackRequest, EligibilityQuestion):
        told = ""
        try:
            model.model_validate_json(body)
        except ValidationError as refusal:
            told = str(refusal)
        assert "Rahima" not in told


_settings = some.one_of(
    texts,
    some.lists(some.sampled_from(["k1:", "k1", ":", ",", "A" * 43 + "=", "=" * 9, " "])).map(
        "".join
    ),
)


@given(_settings, _settings, _settings)
def test_any_setting_is_taken_or_refused_without_repeating_it(
    keys: str, tokens: str, address: str
) -> None:
    with pytest.raises(ValidationError) as refusal:
        ApiSettings(
            intake_tokens=SecretStr(tokens),
            encryption_keys=SecretStr(keys),
            public_url=f"ftp://{address}",
        )
    told = str(refusal.value.errors(include_url=False, include_context=False, include_input=False))
    assert [one for one in (keys, tokens) if len(one) > 20 and one in told] == []
