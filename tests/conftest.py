"""Options and profiles that all tests share."""

from collections.abc import Iterator

import pytest
import structlog
from hypothesis import is_hypothesis_test, settings

from bot.channels.telegram import library
from common.runtime import collector
from tests.support import compiled, inmemory, loopback, stepped, trusted

pytest_plugins = ("tests.support.stores",)

collector.rest()  # as both sides do while they start
settings.register_profile("doorway", deadline=None, derandomize=True)
settings.load_profile("doorway")
library.load()  # as the bot does it: each worker would take seconds to import it whole
inmemory.begin()
loopback.watch()
compiled.share()
stepped.share()
trusted.share()
# By default an error is drawn with all that its frames hold, which may take seconds.
PLAIN = structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
structlog.configure([structlog.processors.add_log_level, PLAIN])


@pytest.fixture(autouse=True)
def _on_this_machine_only() -> Iterator[None]:
    """No test reaches beyond loopback, not even one that survives the failure."""
    loopback.reached.clear()
    yield
    assert loopback.reached == []


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest come first. What is covered is covered by chosen cases, not by made-up ones."""
    for item in items:
        if is_hypothesis_test(getattr(item, "obj", None)):
            item.add_marker("no_cover")  # noting their lines would take most of their time
    items.sort(key=_may_be_short)  # what is begun last is waited for by all other workers


def _may_be_short(item: pytest.Item) -> bool:
    """All but those that are given more time than is usual."""
    given = item.get_closest_marker("timeout")
    return given is None or float(given.args[0]) <= float(item.config.getini("timeout"))


def pytest_collection_finish() -> None:
    """What was imported stays: the collector of garbage need not walk through it, now or later."""
    collector.settle()


def pytest_unconfigure() -> None:
    """Give back the memory in which files were."""
    inmemory.end()


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--update` rewrites what the journeys say, to be read before it is committed."""
    parser.addoption("--update", action="store_true", help="rewrite the transcripts")
