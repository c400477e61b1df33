"""Spoken clips for tests: none at all, or a few files."""

from dataclasses import dataclass, field
from pathlib import Path


class NoVoices:
    """Where nothing was recorded."""

    async def sound(self, clip: str) -> Path | None:  # noqa: ARG002 there is none of any name
        """Nothing."""
        return None


@dataclass
class FewVoices:
    """Files by the names of their clips, such as `syl/postcode`; `asked` are those sought."""

    files: dict[str, Path] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    async def sound(self, clip: str) -> Path | None:
        """The file, if there is one of that name."""
        self.asked.append(clip)
        return self.files.get(clip)
