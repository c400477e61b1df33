"""`make chaos`: a long run, its tables, and an exit code that says whether all went well."""

import asyncio
import shutil
import signal
import sys
import tempfile
from collections.abc import Coroutine
from pathlib import Path

from tests.chaos.plan import Plan, PlanError
from tests.chaos.report import Result, keep
from tests.chaos.run import run

DOCUMENT = Path(__file__).parents[2] / "docs" / "chaos.md"


def main() -> int:
    """Go through with it; 0 when nothing was lost, doubled or stuck and everybody was told."""
    try:
        plan = Plan.from_environment()
    except PlanError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    folder = Path(tempfile.mkdtemp(prefix="doorway-chaos-"))
    minutes = f"{plan.talking / 60:g} minutes and a while"
    _say(f"{plan.residents} residents on {plan.store}, seed {plan.seed}: {minutes} …\n")
    result = asyncio.run(_stoppable(run(plan, folder)))
    _say(result.section())
    keep(result.section(), DOCUMENT)
    if result.is_good:
        shutil.rmtree(folder)
        return 0
    _say(f"Not all went well. Databases and logs are in {folder}\n")
    return 1


async def _stoppable(work: Coroutine[None, None, Result]) -> Result:
    """Let it be told to stop: then too nothing may be left running."""
    task = asyncio.ensure_future(work)
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    return await task


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
