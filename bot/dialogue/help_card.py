"""The help card: every route to help at once, never one that a machine has chosen."""

from bot.dialogue.effects import Say, words
from bot.dialogue.world import Scene


def help_card(scene: Scene) -> Say:
    """One card for everybody. Its numbers come from the helplines' list, never from a text."""
    lines = scene.world.helplines
    return Say(
        (
            words("help_card", "title"),
            words("help_card", "emergency", number=lines["emergency"]),
            words("help_card", "crisis", number=lines["crisis"]),
            words("help_card", "talk", number=lines["talk"]),
            words("help_card", "domestic_abuse", number=lines["domestic_abuse"]),
            words("help_card", "child", number=lines["child"]),
            words("help_card", "nobody_reads_live"),
        )
    )
