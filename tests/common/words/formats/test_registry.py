"""A file is told by what it is, whatever it is called."""

import pytest

from common.words.formats import registry
from common.words.formats.units import BadFileError
from tests.common.words.conftest import outgoing


@pytest.mark.parametrize("kind", registry.FORMATS)
def test_each_kind_is_told_and_read(kind: str) -> None:
    words = outgoing("so")
    assert registry.read(registry.FORMATS[kind].write(words)) == words


def test_xml_in_two_bytes_is_xml() -> None:
    with pytest.raises(BadFileError, match="no XLIFF"):
        registry.read('<?xml version="1.0" encoding="utf-16"?><x/>'.encode("utf-16"))


def test_nothing_at_all_is_refused() -> None:
    with pytest.raises(BadFileError, match="Language"):
        registry.read(b"")
