"""A turn that only one process of all has at a time; on SQLite there is only one process."""

from api.services.turns import Turn
from tests.support.intake_api import Api


def test_one_process_has_the_turn_until_it_lets_go_or_dies(api: Api) -> None:
    first, second = Turn(api.desk, "listening"), Turn(api.desk, "listening")
    shared = api.desk.database.shared
    assert api.run(first.hold)
    assert api.run(first.hold)
    assert api.run(second.hold) is not shared
    api.run(second.let_go)  # it has nothing to let go of
    assert api.run(second.hold) is not shared

    api.run(first.let_go)
    assert api.run(second.hold)
    api.clock.move(seconds=59)
    assert api.run(first.hold) is not shared
    api.clock.move(seconds=1)
    assert api.run(first.hold)
    assert api.run(Turn(api.desk, "something else").hold)
