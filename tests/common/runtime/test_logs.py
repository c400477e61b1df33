"""Nothing but allowed keys and plain names passes into the logs, whoever wrote the line."""

import json
import logging
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
import structlog

from common.runtime import logs

SECRET = "Rahima 07700900123"


class Lines:
    """What was logged, as it was written."""

    def __init__(self) -> None:
        self.stream = StringIO()

    def text(self) -> str:
        return self.stream.getvalue()

    def last(self) -> dict[str, Any]:
        line: dict[str, Any] = json.loads(self.text().splitlines()[-1])
        return line


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    """What a test has set up for its lines is not what others log by."""
    root, known = logging.getLogger(), structlog.get_config()
    before, level = list(root.handlers), root.level
    yield
    root.handlers, root.level = before, level
    structlog.configure(**known)


@pytest.fixture
def lines() -> Lines:
    written = Lines()
    logs.configure(json=True)
    handler = logging.StreamHandler(written.stream)
    handler.setFormatter(logs.formatter(json=True))
    logging.getLogger().handlers = [handler]
    return written


def test_allowed_keys_pass_and_others_do_not(lines: Lines) -> None:
    logs.get("x").info("job.failed", job=7, kind="notify", name=SECRET, phone=SECRET)
    line = lines.last()
    assert (line["event"], line["job"], line["kind"], line["level"]) == (
        "job.failed",
        7,
        "notify",
        "info",
    )
    assert SECRET not in lines.text()


def test_free_text_is_no_event(lines: Lines) -> None:
    logs.get("x").warning(f"could not ring {SECRET}")
    assert lines.last()["event"] == "log.unnamed"
    assert SECRET not in lines.text()


@pytest.mark.parametrize("value", [[SECRET], {"a": SECRET}, f"{SECRET}\n", SECRET * 20])
def test_only_short_plain_values_pass(lines: Lines, value: object) -> None:
    logs.get("x").info("job.failed", kind=value)
    assert "kind" not in lines.last()


def test_of_an_exception_its_class_and_place_remain(lines: Lines) -> None:
    try:
        int(SECRET)
    except ValueError:
        logs.get("x").exception("job.failed", job=7)
    line = lines.last()
    assert line["error"] == "ValueError"
    assert line["where"].startswith("runtime/test_logs.py:")
    assert SECRET not in lines.text()


def test_a_librarys_line_tells_only_where_it_comes_from(lines: Lines) -> None:
    logging.getLogger("aiogram.dispatcher").warning("update %s", SECRET, extra={"kind": SECRET})
    line = lines.last()
    assert (line["event"], line["logger"]) == ("library.says", "aiogram.dispatcher")
    assert line["where"].startswith("test_logs:")
    assert SECRET not in lines.text()


def test_a_librarys_exception_does_not_tell_either(lines: Lines) -> None:
    try:
        int(SECRET)
    except ValueError:
        logging.getLogger("uvicorn.error").exception("Exception %s", SECRET)
    assert lines.last()["error"] == "ValueError"
    assert SECRET not in lines.text()


@pytest.mark.parametrize("name", ["httpx2", "uvicorn.access"])
def test_addresses_that_are_called_are_not_logged(lines: Lines, name: str) -> None:
    logging.getLogger(name).info("GET https://api.telegram.org/bot123:%s/getMe", "TOKEN")
    assert lines.text() == ""


def test_for_people_it_is_one_line_too(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure(json=False)
    logs.get("x").info("job.dead", kind="notify", name=SECRET)
    written = capsys.readouterr().err
    assert "job.dead" in written
    assert "notify" in written
    assert SECRET not in written
