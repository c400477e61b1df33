"""What Alembic runs: the steps of this folder, on the connection it is handed."""

from api.persistence.tables import METADATA
from common.runtime.database.migrations import run

run(METADATA)
