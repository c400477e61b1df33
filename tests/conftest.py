"""Options and profiles that all tests share."""

import pytest
from hypothesis import settings

settings.register_profile("doorway", deadline=None, derandomize=True)
settings.load_profile("doorway")


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--update` rewrites what the journeys say, to be read before it is committed."""
    parser.addoption("--update", action="store_true", help="rewrite the transcripts")
