"""The listener over the exact-phrase list: what was found in a text, as signals to the dialogue."""

from collections.abc import Iterable
from pathlib import Path
from typing import Self

from bot.dialogue.inbound import Signals
from common.listening.matching import Matcher
from common.listening.phrases import CHECK, FILE_NAME, URGENT, Phrase, PhrasesError, read_phrases


class PhraseListener:
    """A `Listener` over the phrases of all languages at once, since people mix languages."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self._matcher = Matcher(phrases)

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read `<language>/phrases.txt` of every language under `path`.

        Raises:
            PhrasesError: a list is broken, or there is none: a deaf listener must not start.
        """
        files = sorted(path.glob(f"*/{FILE_NAME}"))
        if not files:
            raise PhrasesError(f"no {FILE_NAME} in any folder of {path.name}/")
        return cls(phrase for file in files for phrase in read_phrases(file))

    async def hear(self, text: str) -> Signals:
        """The signals in this text. Never raises."""
        return self.signals(text)

    def signals(self, text: str) -> Signals:
        """The same, for whoever need not wait."""
        tiers = self._matcher.tiers(text)
        return Signals(urgent=URGENT in tiers, check=CHECK in tiers)
