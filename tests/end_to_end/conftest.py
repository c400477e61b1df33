"""A house for one test, and the file its api starts from."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest

from tests.end_to_end.visitor import PASSWORD
from tests.support.house import House, living, seed

OpenHouse = Callable[..., AbstractAsyncContextManager[House]]


@pytest.fixture(scope="session")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return seed(tmp_path_factory.mktemp("seeded"), PASSWORD)


@pytest.fixture
def open_house(tmp_path: Path, seeded: Path) -> OpenHouse:
    """Opens the house, `webhook=True` for updates by webhook."""

    def opened(*, webhook: bool = False) -> AbstractAsyncContextManager[House]:
        return living(tmp_path, seeded, webhook=webhook)

    return opened
