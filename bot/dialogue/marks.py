"""When a conversation wants to be woken: for one reminder, and to be forgotten."""

from datetime import datetime, timedelta

from bot.dialogue.effects import Effect, Remember
from bot.dialogue.inbound import Due
from bot.dialogue.world import Scene, World


def first_marks(scene: Scene) -> tuple[Effect, ...]:
    """The reminder and the expiry that a new draft asks for."""
    return tuple(mark(scene.world, due, scene.now) for due in Due)


def mark(world: World, due: Due, since: datetime) -> Remember:
    """The wake-up for this, counted from when the person last did something."""
    return Remember(due, since + time_until(world, due))


def time_until(world: World, due: Due) -> timedelta:
    """How long after the person's last message this is due."""
    return world.remind_after if due is Due.REMINDER else world.expire_after
