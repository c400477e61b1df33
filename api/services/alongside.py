"""What goes out with the words: the helplines, the phrases that are listened for, the voices."""

from collections.abc import Iterator

from sqlalchemy import Connection

from api.domain.wording import Name
from api.persistence import shipped_lists
from common.contract.publication import Clip, HeardPhrase, Helpline, Publication


def helplines(_connection: Connection) -> Iterator[Helpline]:
    """Those that may be shown now."""
    return shipped_lists.helplines()


def phrases(_connection: Connection) -> Iterator[HeardPhrase]:
    """All that are listened for, by language."""
    return shipped_lists.phrases()


def clips(_connection: Connection) -> Iterator[Clip]:
    """The steps that are spoken aloud."""
    return iter(())


def has_changed(connection: Connection, newest: Publication | None) -> bool:
    """Whether any of it is another than in the newest publication."""
    if newest is None:
        return True
    now = tuple(helplines(connection)), tuple(phrases(connection)), tuple(clips(connection))
    return now != (newest.helplines, newest.phrases, newest.clips)


class Helplines:
    """Which helplines messages name, and whether those may be shown now."""

    def __init__(self, connection: Connection) -> None:
        self._shown = {one.key for one in helplines(connection)}

    def may_all_be_shown(self, name: Name) -> bool:
        """Whether residents may see all helplines that this message names."""
        return shipped_lists.named_by(name) <= self._shown
