"""The bot's own figures: turns, answers and their delays by channel, in codes only."""

from prometheus_client import Histogram

from common.runtime.metrics import Metrics

_SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0)


class BotMetrics:
    """What happens in conversations, counted (the `Watch` port)."""

    def __init__(self, metrics: Metrics) -> None:
        self._received = metrics.counter("received", "Things that people sent", "channel")
        self._refused = metrics.counter("refused", "Things that came too fast", "channel")
        self._broken = metrics.counter("broken_turns", "Turns that failed on a fault", "source")
        self._failed = metrics.counter(
            "sends_failed", "Tries to send that did not succeed", "channel", "how"
        )
        self._in_english = metrics.counter(
            "in_english", "Messages of which something had to be said in English", "language"
        )
        self._not_usable = metrics.counter(
            "words_not_usable", "Released texts that could not be used", "language", "why"
        )
        self._turns = Histogram(
            f"{metrics.name}_turn_seconds",
            "From when something was received to when its turn was stored",
            ("source",),
            buckets=_SECONDS,
            registry=metrics.registry,
        )
        self._answers = Histogram(
            f"{metrics.name}_answer_seconds",
            "From when something was received to when its answer was sent",
            ("channel",),
            buckets=_SECONDS,
            registry=metrics.registry,
        )

    def received(self, channel: str) -> None:
        self._received.labels(channel).inc()

    def refused(self, channel: str) -> None:
        self._refused.labels(channel).inc()

    def turned(self, source: str, seconds: float) -> None:
        self._turns.labels(source).observe(seconds)

    def broke(self, source: str) -> None:
        self._broken.labels(source).inc()

    def sent(self, channel: str, seconds: float) -> None:
        self._answers.labels(channel).observe(seconds)

    def send_failed(self, channel: str, how: str) -> None:
        self._failed.labels(channel, how).inc()

    def said_in_english(self, language: str) -> None:
        """A message in this language lacked words of it."""
        self._in_english.labels(language).inc()

    def not_usable(self, language: str, why: str) -> None:
        """A released text of this language would have broken a message."""
        self._not_usable.labels(language, why).inc()
