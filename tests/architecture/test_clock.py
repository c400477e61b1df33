"""One place reads the clock; everything else is told the time, so that tests can tell it too."""

import ast

from tests.support.sources import PACKAGES, Source, sources

CLOCK = "common/runtime/clock.py"
READINGS = {
    "datetime.now",
    "datetime.utcnow",
    "datetime.today",
    "datetime.datetime.now",
    "datetime.datetime.utcnow",
    "datetime.date.today",
    "date.today",
    "time.time",
    "time.time_ns",
}


def _readings(module: Source) -> list[str]:
    nodes = (node for node in ast.walk(module.tree) if isinstance(node, ast.Attribute))
    return [f"{module.name}:{node.lineno}" for node in nodes if ast.unparse(node) in READINGS]


def test_only_the_clock_reads_the_time() -> None:
    read = [place for module in sources(*PACKAGES) for place in _readings(module)]

    assert [place for place in read if not place.startswith(CLOCK)] == []
    assert read != []
