"""Every journey is a readable talk: what a person does, and word for word what Doorway says."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.support.journeys import play
from tests.support.world import translator
from tests.support.yamls import read_yaml

JOURNEYS = sorted((Path(__file__).parent / "journeys").glob("*.yaml"))


class _Readable(yaml.SafeDumper):
    """Writes texts of several lines as they are read."""


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.Node:
    style = "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Readable.add_representer(str, _text)


@pytest.mark.parametrize("path", JOURNEYS, ids=lambda path: path.stem)
def test_a_journey_is_answered_as_written(path: Path, request: pytest.FixtureRequest) -> None:
    journey: dict[str, Any] = read_yaml(path)
    mine = [turn["me"] for turn in journey["turns"]]
    talk, said = play(journey, mine)
    outcome = {"taps": talk.taps, "flags": list(talk.session.flags), "step": talk.session.step}
    if request.config.getoption("--update"):
        told = {**journey, "outcome": outcome}
        told["turns"] = [{"me": me, "doorway": texts} for me, texts in zip(mine, said, strict=True)]
        path.write_text(
            yaml.dump(told, Dumper=_Readable, allow_unicode=True, sort_keys=False, width=100),
            encoding="utf-8",
        )
        return
    for turn, texts in zip(journey["turns"], said, strict=True):
        assert texts == turn["doorway"], turn["me"]
    assert outcome == journey.get("outcome", outcome), "a talk kept from the terminal has none yet"


def test_there_are_journeys_in_every_language() -> None:
    languages = {read_yaml(path)["language"] for path in JOURNEYS}
    assert languages >= set(translator().languages)


@pytest.mark.parametrize(
    ("journey", "most"),
    [(f"{code}_short_path", 15) for code in translator().languages]
    + [(f"{code}_poster", 12) for code in translator().languages],
)
def test_the_short_paths_stay_short(journey: str, most: int) -> None:
    path = Path(__file__).parent / "journeys" / f"{journey}.yaml"
    written = read_yaml(path)
    talk, said = play(written, [turn["me"] for turn in written["turns"]])
    assert "(delivers referral)" in [text for texts in said for text in texts]
    assert talk.taps <= most
