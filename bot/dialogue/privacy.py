"""The privacy notice: who controls the data, why, who gets it, for how long, which rights."""

from bot.dialogue.effects import Words, counted, words
from bot.dialogue.world import Scene
from common.contract.choices import Channel


def privacy_notice(scene: Scene) -> tuple[Words, ...]:
    """What UK GDPR articles 13 and 14 ask to be told, in plain words; facts from settings."""
    service = scene.world.service
    telegram = scene.session.channel == Channel.TELEGRAM
    return (
        words("privacy", "controller", controller=service.controller),
        words("privacy", "officer", officer=service.data_protection_officer),
        words("privacy", "purpose"),
        words("privacy", "recipients"),
        *((words("privacy", "abroad"),) if telegram else ()),
        counted("privacy", "kept_one_day", "kept_days", scene.world.expire_after.days),
        words("privacy", "rights", email=service.email),
        words("privacy", "page", page=service.privacy_page),
    )
