"""What the api keeps, for the commands that see to it."""

from api.persistence.sealed import SEALED
from api.persistence.store import JOBS, KEYS, MIGRATIONS
from api.settings import ApiSettings
from common.runtime.upkeep.holding import Holding


def holding(settings: ApiSettings) -> Holding:
    """The store that these settings name."""
    return Holding(
        url=settings.database_url,
        ring=settings.vault,
        migrations=MIGRATIONS,
        jobs=JOBS,
        keys=KEYS,
        sealed=SEALED,
    )
