"""Python's collector of garbage, set for a process that serves for weeks."""

import gc

YOUNG = 10_000
"""Objects made and not yet let go before the youngest are looked through; Python's own is 700."""


def settle() -> None:
    """What has been imported and built by now stays: it is never looked through again.

    Else every full look would walk through all of it, and whoever is being answered would wait.
    What `docs/benchmarks.md` says of the api's slowest answers was measured with this.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, *gc.get_threshold()[1:])
