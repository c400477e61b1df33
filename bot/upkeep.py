"""What the bot keeps, for the commands that see to it."""

from bot.settings import BotSettings
from bot.storage.sealed import SEALED
from bot.storage.tables import JOBS, KEYS, MIGRATIONS
from common.runtime.upkeep.holding import Holding


def holding(settings: BotSettings) -> Holding:
    """The store that these settings name."""
    return Holding(
        url=settings.database_url,
        ring=settings.vault,
        migrations=MIGRATIONS,
        jobs=JOBS,
        keys=KEYS,
        sealed=SEALED,
    )
