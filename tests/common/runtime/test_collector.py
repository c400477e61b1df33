"""What a serving process has imported is not looked through again by the collector."""

import subprocess
import sys

LOOK = """
import gc
from common.runtime import collector
collector.settle()
print(gc.get_freeze_count(), *gc.get_threshold())
made = {}
made["itself"] = made
del made
print(gc.collect())
"""


def test_what_is_there_stays_and_what_comes_is_still_collected() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", LOOK], capture_output=True, text=True, check=True, timeout=30
    )
    first, second = ran.stdout.splitlines()
    frozen, young, *_ = map(int, first.split())
    assert frozen > 1_000
    assert young == 10_000
    assert int(second) >= 1
