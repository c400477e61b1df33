"""Python's collector of garbage, set for a process that serves for weeks."""

import gc

YOUNG = 10_000
"""Objects made and not yet let go before the youngest are looked through; Python's own is 700."""


def rest() -> None:
    """Leave everything alone until `settle`: what a start imports and builds is hardly garbage.

    To be called before the imports: looking through them again and again took about an eighth of a
    start.
    """
    gc.disable()


def settle() -> None:
    """What has been imported and built by now stays: it is never looked through, now or later.

    Else every full look would walk through all of it, and whoever is being answered would wait.
    What `docs/benchmarks.md` says of the api's slowest answers was measured with this.
    """
    gc.freeze()
    gc.set_threshold(YOUNG, *gc.get_threshold()[1:])
    gc.enable()
