"""What goes wrong and how often, by the seed; and a count of what did."""

import asyncio
from collections import Counter
from collections.abc import Mapping
from random import Random

Odds = Mapping[str, float]
"""What may happen at one call, and how likely it is."""

# Telegram's answers: asked to wait, errors, an end before or after the thing was done.
TELEGRAM: Odds = {"429:1": 0.02, "500": 0.02, "garbage": 0.01, "reset": 0.02, "lost": 0.03}
# Whether the bot took an update stays unknown to Telegram, which then brings it again.
WEBHOOK: Odds = {"lost": 0.05}
# Between bot and api: an error, no answer at all, and an end before or after it was passed on.
INTAKE: Odds = {"500": 0.08, "before": 0.08, "after": 0.15, "slow": 0.03, "slow_after": 0.03}
# Between people, or Telegram, and the bot.
FRONT: Odds = {"before": 0.01, "after": 0.02}
# The post: not now (at the address or at the letter), and an end before or after it was taken.
POST: Odds = {"451": 0.08, "452": 0.08, "before": 0.05, "after": 0.05}


class Weather:
    """Decides at each call whether it goes wrong, until it is calm."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.calm = asyncio.Event()
        self.counted: Counter[str] = Counter()

    def telegram(self, method: str) -> str:
        """At a call of the bot to Telegram; method `webhook` is an answer to a posted update."""
        if method == "webhook":
            return self._draw("Telegram, update brought twice", WEBHOOK)
        return self._draw("Telegram", TELEGRAM)

    def intake(self) -> str:
        """At a call of the bot to the api."""
        return self._draw("between bot and api", INTAKE)

    def front(self) -> str:
        """At a request to the bot."""
        return self._draw("before the bot", FRONT)

    def post(self) -> str:
        """At a letter."""
        return self._draw("the post", POST)

    def note(self, what: str) -> None:
        """Count something that was done to them."""
        self.counted[what] += 1

    def _draw(self, where: str, odds: Odds) -> str:
        if self.calm.is_set():
            return ""
        point = self.random.random()
        for kind, likely in odds.items():
            point -= likely
            if point < 0:
                self.note(f"{where}: {SAYS[kind]}")
                return kind
        return ""


SAYS: Mapping[str, str] = {
    "429:1": "asked to wait (429)",
    "500": "error 500",
    "garbage": "an answer that is none (502)",
    "reset": "hung up before it was done",
    "lost": "done, but the answer lost",
    "before": "hung up before it was passed on",
    "after": "passed on, but the answer lost",
    "slow": "no answer, and not passed on",
    "slow_after": "no answer, but passed on",
    "451": "addressee refused for now (451)",
    "452": "letter refused for now (452)",
}
