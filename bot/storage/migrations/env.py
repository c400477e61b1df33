"""What Alembic runs: the steps of this folder, on the connection it is handed."""

from bot.storage.tables import BotTable
from common.runtime.database.migrations import run

run(BotTable.metadata)
