"""The help card: every route to help at once, never one that a machine has chosen."""

from bot.dialogue.effects import Lines, Say, Words, words
from bot.dialogue.world import Scene

ALSO = (
    *("text", "domestic_abuse_men", "domestic_abuse_lgbt", "honour_abuse", "police"),
    *("housing_tonight", "child_social_care", "adult_safeguarding"),
)
"""Helplines that are shown by their own names while somebody has confirmed them."""


def help_card(scene: Scene) -> Say:
    """One card for everybody. Its numbers come from the helplines' list, never from a text."""
    # As the review names an answer: a name of its own and a number need no other words.
    lines, names = scene.world.helplines, scene.world.names
    others = tuple(
        Words("review", "line", {"label": names[one], "answer": lines[one]})
        for one in ALSO
        if one in names and one in lines
    )
    return Say(
        (
            words("help_card", "title"),
            words("help_card", "emergency", number=lines["emergency"]),
            words("help_card", "crisis", number=lines["crisis"]),
            words("help_card", "talk", number=lines["talk"]),
            words("help_card", "domestic_abuse", number=lines["domestic_abuse"]),
            words("help_card", "child", number=lines["child"]),
            *((Lines(others),) if others else ()),
            words("help_card", "nobody_reads_live"),
        )
    )
