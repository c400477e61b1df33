"""What a process would print of an error by itself is logged, without the error's own words."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.sources import ROOT

MARK = "zanzimark"
BEGIN = f"""
import asyncio, gc, threading, warnings
from common.runtime import logs
logs.take_over(json=True)
said = "Amina {MARK} of 1 Albion Road"
class Odd:
    def __del__(self):
        raise ValueError(said)
def fail():
    raise ValueError(said)
async def alone():
    task = asyncio.ensure_future(in_vain())
    await asyncio.wait([task])
async def in_vain():
    fail()
async def in_a_callback():
    asyncio.get_running_loop().call_soon(fail)
    await asyncio.sleep(0)
"""


@pytest.mark.parametrize(
    ("ends", "code", "told"),
    [
        ("fail()", 1, "process.failed"),
        (
            "one = threading.Thread(target=fail); one.start(); one.join()",
            0,
            "error.passed",
        ),
        ("Odd(); gc.collect()", 0, "error.passed_over"),
        ("asyncio.run(alone()); gc.collect()", 0, "library.says"),
        ("asyncio.run(in_a_callback())", 0, "library.says"),
        ("warnings.simplefilter('always'); warnings.warn(said)", 0, "library.says"),
        ("raise ExceptionGroup(said, [ValueError(said)])", 1, "process.failed"),
    ],
)
def test_an_error_that_nobody_caught(tmp_path: Path, ends: str, code: int, told: str) -> None:
    script = tmp_path / f"{MARK}.py"
    script.write_text(BEGIN + ends, encoding="utf-8")
    command = [sys.executable, "-c", f"exec(open({str(script)!r}).read())"]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=30, check=False)
    assert (ran.returncode, ran.stdout) == (code, "")
    assert told in ran.stderr
    assert MARK not in ran.stderr
