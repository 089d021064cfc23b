"""From the modes of an item to what the counter does with it."""

from __future__ import annotations

from itertools import pairwise

import pytest

from forms import items
from forms.items import MODE_WORDS, PATH_WORDS, Mode, NoPath, Path


def on(path: Path) -> list[int]:
    """The national items on a path."""
    return [int(item.code) for item in items.all_items() if item.path is path]


def test_the_37_received_items() -> None:
    """15 collected elsewhere (异地代收代办, 异地代办) and 22 with papers by post (邮政寄递)."""
    collected = [*range(58, 67), 76, 77, 83, 99, 130, 131]
    by_post = [*range(31, 45), 46, 47, *range(109, 115)]

    assert (len(collected), len(by_post)) == (15, 22)
    assert on(Path.RECEIVED) == sorted(collected + by_post)


def test_the_other_100_items() -> None:
    """4 joint, 68 online, 6 local, 19 pending, 2 on site, 1 Fujian has not, none by self-service alone."""
    assert on(Path.JOINT) == [9, 10, 12, 105]
    assert on(Path.LOCAL) == [1, 2, 3, 4, 68, 69]
    assert on(Path.PENDING) == [28, *range(52, 58), *range(100, 105), *range(123, 130)]
    assert on(Path.ONSITE) == [132, 133]
    assert on(Path.NOT_IN_PROVINCE) == [14]
    assert on(Path.SELF_SERVICE) == []
    assert len(on(Path.ONLINE)) == 68


@pytest.mark.parametrize(
    ("mode", "path"),
    [
        (Mode.COLLECT_ELSEWHERE, Path.RECEIVED),
        (Mode.POSTAL, Path.RECEIVED),
        (Mode.NOT_IN_PROVINCE, Path.NOT_IN_PROVINCE),
        (Mode.ONSITE, Path.ONSITE),
        (Mode.PENDING, Path.PENDING),
        (Mode.JOINT, Path.JOINT),
        (Mode.ONLINE, Path.ONLINE),
        (Mode.ONLINE_APPLICATION, Path.ONLINE),
        (Mode.NATIONWIDE, Path.LOCAL),
        (Mode.SELF_SERVICE, Path.SELF_SERVICE),
    ],
)
def test_each_mode_alone(mode: Mode, path: Path) -> None:
    """网上预审 beside it changes nothing."""
    assert items.path_of((mode,)) is path
    assert items.path_of((Mode.ONLINE_PRECHECK, mode)) is path


def test_the_first_match_decides_whatever_the_order() -> None:
    """Received before all, 本省无该事项 before the others' self-service, joint before online."""
    order = [
        Mode.POSTAL, Mode.NOT_IN_PROVINCE, Mode.ONSITE, Mode.PENDING, Mode.JOINT, Mode.ONLINE,
        Mode.NATIONWIDE, Mode.SELF_SERVICE,
    ]  # fmt: skip

    for first, second in pairwise(order):
        assert items.path_of((first, second)) is items.path_of((second, first)) is items.path_of((first,))


@pytest.mark.parametrize("modes", [(), (Mode.ONLINE_PRECHECK,)])
def test_modes_that_decide_nothing_are_refused(modes: tuple[Mode, ...]) -> None:
    """A path is never guessed."""
    with pytest.raises(NoPath):
        items.path_of(modes)


def test_papers_are_taken_in_on_two_paths() -> None:
    """Received, and joint with a consignment for each authority; everybody else is guided."""
    assert [path for path in Path if path.is_received] == [Path.RECEIVED, Path.JOINT]


def test_every_mode_and_path_has_its_word() -> None:
    """Each has one, and no two have the same."""
    assert set(MODE_WORDS) == set(Mode)
    assert set(PATH_WORDS) == set(Path)
    assert len(set(PATH_WORDS.values())) == len(Path)
    assert PATH_WORDS[Path.PENDING] == "2020年清单未载明方式"
