"""What goes out with the words: the helplines, the phrases that are listened for, the voices."""

from datetime import date

from sqlalchemy import Connection

from api.domain.helplines import blocked_by
from api.domain.wording import Name
from api.persistence import clips, helplines, phrases, shipped_lists
from common.contract.publication import Clip, HeardPhrase, Helpline, Publication

Beside = tuple[tuple[Helpline, ...], tuple[HeardPhrase, ...], tuple[Clip, ...]]


def beside(connection: Connection) -> Beside:
    """The helplines, the phrases and the clips as they would go out now."""
    return (
        helplines.for_publication(connection),
        phrases.for_publication(connection),
        clips.for_publication(connection),
    )


def has_changed(connection: Connection, newest: Publication | None) -> bool:
    """Whether any of it is another than in the newest publication."""
    if newest is None:
        return True
    return beside(connection) != (newest.helplines, newest.phrases, newest.clips)


class Helplines:
    """Which helplines messages name, and whether those may be shown today."""

    def __init__(self, connection: Connection, today: date) -> None:
        self._lines = helplines.every(connection)
        self._uses = shipped_lists.helpline_uses()
        self._today = today

    def may_all_be_shown(self, name: Name) -> bool:
        """Whether residents may see all helplines that this message names."""
        return not blocked_by(name.step, name.id, self._lines, self._uses, self._today)
