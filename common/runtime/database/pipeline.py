"""Several statements in one trip to a server, which costs more than what is done there.

See psycopg's pipeline mode. Statements are still done in order, each seeing those before it.
"""

from collections.abc import Sequence

from psycopg import AsyncConnection, Error
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.util import await_only

from common.runtime.database.quick import Prepared, Row, Values

Ready = tuple[Prepared, Values]


def ask_at_once(connection: Connection, statements: Sequence[Ready]) -> list[Sequence[Row]]:
    """The rows of each.

    Raises:
        DBAPIError: the server refuses one of them; none of them counts then.
    """
    driver = connection.connection.driver_connection
    if not isinstance(driver, AsyncConnection):
        raise TypeError("only psycopg's asynchronous connection is known here")
    try:
        found = await_only(_asked(driver, statements))
    except Error as error:
        if driver.closed:
            connection.invalidate(error)
        # Like the connection's own errors it must not quote what was being stored.
        raise DBAPIError.instance(
            "", None, error, Error, hide_parameters=True, connection_invalidated=driver.closed
        ) from error
    return [prepared.converted(rows) for (prepared, _), rows in zip(statements, found, strict=True)]


async def _asked(
    driver: "AsyncConnection[Row]", statements: Sequence[Ready]
) -> list[Sequence[Row]]:
    async with driver.pipeline():
        cursors = [
            await driver.execute(prepared.text, prepared.by_name(values))
            for prepared, values in statements
        ]
    return [await cursor.fetchall() for cursor in cursors]
