"""Ratios are made round by round, so that a slow moment of the machine weighs on both."""

from benchmarks.measure import Contender, Spent, Work, ratio, side_by_side


async def test_contenders_take_turns_after_one_round_to_warm_up() -> None:
    done: list[str] = []

    def contender(name: str) -> Contender:
        def ready() -> Work:
            async def work() -> int:
                done.append(name)
                return 2

            return work

        return ready

    spent = await side_by_side({"a": contender("a"), "b": contender("b")}, rounds=2)

    assert done == ["a", "b", "a", "b", "b", "a"]
    assert {name: len(rounds) for name, rounds in spent.items()} == {"a": 2, "b": 2}


def test_the_middle_of_the_rounds_ratios_counts() -> None:
    ours = [Spent(1, 2), Spent(20, 40), Spent(3, 6)]
    theirs = [Spent(2, 2), Spent(10, 10), Spent(4, 4)]

    against = ratio({"ours": ours, "floor": theirs}, "ours", "floor")

    assert (against.cpu, against.wall) == (0.75, 1.5)
    assert against.spread == "0.50 to 2.00"
