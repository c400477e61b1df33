"""The api, running, for whichever test asks for it."""

from collections.abc import Iterator

import pytest

from tests.support.intake_api import Api, running_api


@pytest.fixture
def api() -> Iterator[Api]:
    """A fresh api in memory."""
    with running_api() as running:
        yield running
