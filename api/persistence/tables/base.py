"""The root of the api's tables, with metadata of its own: the bot's store is another one."""

from sqlalchemy import MetaData, Table
from sqlalchemy.orm import registry
from sqlmodel import SQLModel


class Row(SQLModel, registry=registry()):
    """What every table of the api descends from."""

    metadata = MetaData()


def table_of(model: type[SQLModel]) -> Table:
    """The Core table of a model: statements are written in Core, the unit of work is not used."""
    return Row.metadata.tables[str(model.__tablename__)]
