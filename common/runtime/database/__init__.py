"""The database: a file for one process, or a server for any number of them, behind one port."""

from common.runtime.database.opening import open_database
from common.runtime.database.port import Database, DatabaseError

__all__ = ["Database", "DatabaseError", "open_database"]
