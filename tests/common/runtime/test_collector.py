"""What a serving process has imported is never looked through by the collector."""

import subprocess
import sys

LOOK = """
import gc
from common.runtime import collector
collector.rest()
print(gc.isenabled())
collector.settle()
print(gc.isenabled())
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
    before, after, settled, found = ran.stdout.splitlines()
    assert (before, after) == ("False", "True")
    frozen, young, *_ = map(int, settled.split())
    assert frozen > 1_000
    assert young == 10_000
    assert int(found) >= 1
