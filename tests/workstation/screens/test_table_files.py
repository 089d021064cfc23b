"""Table files on the screen: looked at first, taken in whole, written without covering anything unasked."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from tests import builders
from tests.builders import an_office, assert_explained, at
from tests.workstation.screens.filling import fill_in, send, values
from tests.workstation.screens.stage import WIDE, Clerk, Story, a_counter, play
from workstation.acts import office_files, offices, table_files
from workstation.acts.desk import Desk
from workstation.acts.table_files import Changed, Difference
from workstation.errors import Explained
from workstation.screens import table_files as files

HEADS = ("代码", "行政区划", "名称", "地址", "邮编", "电话")
NEW = ("450109-hz", "450109", "示例市邕宁公安局", "示例市示例区示例路 9 号", "530022", "0771-5550009")


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """The supervisor of a hall that knows an office."""
    supervising = at(desk, "2001")
    offices.add(supervising, an_office(1))
    return supervising


def a_file(folder: Path, *rows: Sequence[str], name: str = "目录.csv") -> Path:
    """A table file of offices."""
    path = folder / name
    path.write_bytes(table_files.written(path.suffix[1:], HEADS, rows, title="表"))
    return path


def known(desk: Desk) -> list[str]:
    """The codes in the directory."""
    return [office.code for office in offices.listed(desk)]


def told(desk: Desk, folder: Path, story: Story, **given: Any) -> None:
    """Play a story on the directory."""
    play(a_counter(desk, folder, "offices"), story, **given)


async def ask(clerk: Clerk, key: str, path: str | Path) -> None:
    """Name a file in the form of this key, and send it."""
    await clerk.press(key)
    await fill_in(clerk, path=str(path))
    await send(clerk)


# --- taken in


def test_what_would_change_is_shown_and_then_taken_in(desk: Desk, tmp_path: Path) -> None:
    """Records by sign and word, with the fields that change; ^S takes them in, the list shows them."""
    changed = ("450101-police", "450101", "改了名的派出所", *NEW[3:])
    path = a_file(tmp_path, NEW, changed)
    before = builders.head(desk)

    async def story(clerk: Clerk) -> None:
        await ask(clerk, "f5", path)
        clerk.sees("新增 1，更改 1，不变 0", "+ 新增", NEW[0], "! 更改", "名称、地址、电话")
        await clerk.press("down")
        clerk.sees("更改 450101-police：名称、地址、电话", "450101-police 改了名的派出所")
        assert builders.head(desk) == before
        await send(clerk)
        assert clerk.message.startswith("已导入：新增 1，更改 1，不变 0。")
        clerk.sees("改了名的派出所", "示例市邕宁公安局")

    told(desk, tmp_path, story)
    assert known(desk) == ["450101-police", NEW[0]]


def test_esc_at_what_would_change_takes_nothing_in(desk: Desk, tmp_path: Path) -> None:
    """The form comes back with the path in it; another Esc leaves it, and F5 opens it as it was."""
    path = a_file(tmp_path, NEW)

    async def story(clerk: Clerk) -> None:
        await ask(clerk, "f5", path)
        await clerk.press("escape")
        assert values(clerk)["path"] == str(path)
        await clerk.press("escape", "f5")
        assert values(clerk)["path"] == str(path)

    told(desk, tmp_path, story)
    assert known(desk) == ["450101-police"]


def test_all_that_is_wrong_is_one_list(desk: Desk, tmp_path: Path) -> None:
    """By row and column, the line under the cursor whole; mended, the same path is taken."""
    path = a_file(tmp_path, ("450109-hz", "4501", *NEW[2:]), ("", *NEW[1:4], "5322", NEW[5]))

    async def story(clerk: Clerk) -> None:
        await ask(clerk, "f5", path)
        clerk.sees("有 3 处不对", "行政区划", "第 2 行“行政区划”：", "不是 6 位数字")
        await clerk.press("down", "down")
        clerk.sees("第 3 行“邮编”")
        await clerk.press("escape")
        a_file(tmp_path, NEW)
        await send(clerk)
        clerk.sees("新增 1")
        await send(clerk)

    told(desk, tmp_path, story)
    assert NEW[0] in known(desk)


def test_a_file_that_is_none_is_told_in_the_form(desk: Desk, tmp_path: Path) -> None:
    """Not there, a folder, no table: said, and the path stays to be put right."""
    picture = tmp_path / "照片.csv"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")

    async def story(clerk: Clerk) -> None:
        for path, said in (
            (tmp_path / "没有.csv", "打不开这个文件"),
            (tmp_path, "不开这个文件"),
            (picture, "这不是表格"),
        ):
            await ask(clerk, "f5", path)
            clerk.sees(said)
            assert values(clerk)["path"] == str(path)
            await clerk.press("escape")

    told(desk, tmp_path, story)
    assert known(desk) == ["450101-police"]


def test_a_file_as_it_is_here_changes_nothing(desk: Desk, tmp_path: Path) -> None:
    """It says so and offers no ^S; what was exported imports so."""
    path = tmp_path / "目录.xlsx"
    path.write_bytes(office_files.export(desk, "xlsx"))
    before = builders.head(desk)

    async def story(clerk: Clerk) -> None:
        await ask(clerk, "f5", path)
        clerk.sees("和这里的一样，不用导入", "不变 1")
        clerk.misses("^S 导入")
        await send(clerk)
        clerk.sees("和这里的一样")

    told(desk, tmp_path, story, size=WIDE)
    assert builders.head(desk) == before


def test_a_name_of_hostile_characters_is_text(desk: Desk, tmp_path: Path) -> None:
    """Markup in the path and in the code of a row shows as it stands."""
    path = a_file(tmp_path, ("[bold]x[", *NEW[1:]), name="[@click=app.quit]x.csv")

    async def story(clerk: Clerk) -> None:
        await ask(clerk, "f5", path)
        clerk.sees("1 处不对")
        assert "[@click=app.quit]x.csv" in "".join(line.strip(" │") for line in clerk.lines)

    told(desk, tmp_path, story, size=WIDE)


# --- written


def test_an_export_is_told_where_it_lies(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name alone lies where the program was started; it is told as an absolute path, with what to mind."""
    monkeypatch.chdir(tmp_path)

    async def story(clerk: Clerk) -> None:
        await ask(clerk, "f6", "目录.csv")
        assert clerk.message == f"已导出到 {tmp_path / '目录.csv'}。联系人是明文，请妥善保管。"

    told(desk, tmp_path, story)
    again = office_files.import_file(desk, "目录.csv", tmp_path / "目录.csv", preview=True)
    assert again.is_empty


def test_a_file_that_is_there_is_replaced_only_when_asked(desk: Desk, tmp_path: Path) -> None:
    """Enter keeps it and brings the form back, ^Y replaces it."""
    path = tmp_path / "目录.csv"
    path.write_text("别的", encoding="utf-8")

    async def story(clerk: Clerk) -> None:
        await ask(clerk, "f6", path)
        clerk.sees("替换它吗")
        await clerk.press("enter")
        assert values(clerk)["path"] == str(path)
        assert path.read_text(encoding="utf-8") == "别的"
        await send(clerk)
        await clerk.press("ctrl+y")
        assert "已导出到" in clerk.message

    told(desk, tmp_path, story)
    assert "450101-police" in path.read_text(encoding="utf-8-sig")


@pytest.mark.parametrize(
    ("name", "said"),
    [("目录", "没有写成"), ("没有这个文件夹/目录.csv", "没有写成"), ("挡路.csv/目录.csv", "没有写成")],
)
def test_what_cannot_be_written_is_told_in_the_form(desk: Desk, tmp_path: Path, name: str, said: str) -> None:
    """No ending, no such folder, a file in the way: why, and the path stays."""
    (tmp_path / "挡路.csv").write_text("", encoding="utf-8")

    async def story(clerk: Clerk) -> None:
        await ask(clerk, "f6", tmp_path / name)
        clerk.sees("✗", said)
        assert values(clerk)["path"] == str(tmp_path / name)

    told(desk, tmp_path, story)
    assert [path.name for path in tmp_path.glob("目录*")] == []


# --- names of files, and counts


def test_a_path_is_absolute_wherever_it_begins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From the folder one is in, from one's own with ~, or from the root."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", "/home/somebody")

    assert files.named({"path": " 甲.csv "}) == tmp_path / "甲.csv"
    assert files.named({"path": "~/甲.csv"}) == Path("/home/somebody/甲.csv")
    assert files.named({"path": "/甲.csv"}) == Path("/甲.csv")


@pytest.mark.parametrize("text", ["a\x00b.csv", "a\x1b]0;x\x07.csv", "a\nb.csv", "\udc80.csv"])
def test_a_path_with_control_characters_is_refused(text: str) -> None:
    """The file system would take some of them and choke on others."""
    with pytest.raises(Explained) as caught:
        files.named({"path": text})
    assert_explained(caught.value, "file-name")


def test_a_folder_that_is_gone_is_no_place_to_begin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Started in a folder that somebody has removed since, a name alone lies in one's own."""
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    monkeypatch.setenv("HOME", str(tmp_path))
    gone.rmdir()

    assert files.named({"path": "甲.csv"}) == tmp_path / "甲.csv"


def test_a_difference_in_words() -> None:
    """Each record with its sign; removed ones are counted only where there are some."""
    names = {"59/a": "申请书", "b": "示例局"}
    found = Difference(("59/a",), (Changed("b", ("name",)),), removed=("c",), names=names)

    lines = [(one.sign, one.key, one.head, one.fields) for one in files.differing(found, {"name": "名称"})]

    assert lines == [
        ("+", "59/a", "59 申请书", ""),
        ("!", "b", "b 示例局", "名称"),
        ("-", "c", "c", ""),
    ]
    assert files.counts(found) == "新增 1，更改 1，去掉 1，不变 0"
    assert files.counts(Difference()) == "新增 0，更改 0，不变 0"
