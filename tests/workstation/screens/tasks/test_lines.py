"""What is said of a task: what it is about, how far it is, how a step gets done, how it ends."""

from __future__ import annotations

import pytest

from tests import builders
from tests.builders import a_consignment
from tests.workstation.screens.tasks.raised import back_here, by_carrier, incomplete, on_its_way, withdrawn
from workstation.acts import contacts, packing, results, tasks
from workstation.acts.desk import Desk
from workstation.acts.task_steps import Progress
from workstation.domain.consignment import ConsignmentState as S
from workstation.domain.tasks import KINDS, By, TaskKind
from workstation.screens.tasks import lines
from workstation.screens.tasks.lines import Line


def only(desk: Desk) -> Line:
    """The one line there is."""
    (line,) = lines.look(desk)
    return line


def test_a_line_names_object_and_office(desk: Desk) -> None:
    """The envelope by its end, since when, and how many steps are done."""
    envelope = back_here(desk, "lost")

    kind, about, office, since, count, by = only(desk).cells

    assert (kind, about, count, by) == ("丢失", f"封套 …{envelope[-5:]}", "0/4", "1001")
    assert office == "示例市第1公安局示例派出所"
    assert since.startswith("11-20 ")


def test_a_task_about_a_case_names_its_applicant_masked(desk: Desk) -> None:
    """There is no office to it."""
    case = withdrawn(desk)

    line = only(desk)

    assert (line.object, line.about) == (f"办件 …{case[-5:]}", "覃**")
    assert "覃示例" not in line.told


def test_a_task_about_a_consignment_is_told_with_its_ordinal(desk: Desk) -> None:
    """Several consignments of a case end alike."""
    own = a_consignment(desk, S.RESULT_RETURNING)
    results.arrive(desk, own.id, [], place="R-01")

    line = only(desk)

    assert line.object == f"送件 …{own.case_number[-5:]}-1"
    assert "涉及：户籍证明（办理结果）" in line.told
    assert "^S 到窗" in line.told


def test_missing_papers_are_told_by_name(desk: Desk) -> None:
    """What the act noted are their ids; people read names."""
    incomplete(desk, "2缺")

    line = only(desk)

    assert line.note == "涉及：申请人居民身份证（复印件）"
    assert "还差 3 步" in line.told


def test_what_was_typed_is_for_the_counter(desk: Desk) -> None:
    """An auditor reads the task, and not the remark."""
    back_here(desk, text="门卫说查无此单位")

    at_counter, auditing = only(desk), only(builders.at(desk, "4001"))

    assert "说明：门卫说查无此单位" in at_counter.told
    assert "门卫" not in auditing.told


def test_the_longest_open_stands_first(desk: Desk) -> None:
    """Whatever its object is called."""
    late, early = on_its_way(desk), on_its_way(desk)
    for envelope in (early, late):
        by_carrier(desk, envelope=envelope)

    assert [line.task.object for line in lines.look(desk)] == [early, late]


def test_an_envelope_with_two_cases_is_found_by_both(desk: Desk) -> None:
    """And its pieces at risk stand case by case, originals first."""
    first, second = (builders.a_case(desk).number for _ in range(2))
    envelope = packing.pack(desk, [first, second]).number
    for act in (builders.sealed, builders.handed_over):
        act(desk, envelope)
    by_carrier(desk, envelope=envelope)

    line = only(desk)

    assert [line.concerns(number) for number in (envelope, first, second, f"{first}-1", "1")] == [
        True, True, True, True, False,
    ]  # fmt: skip
    listed = line.at_risk.split("\n")
    assert [text for text in listed if text.startswith("办件")] == [f"办件 {first}", f"办件 {second}"]
    assert "原件" in listed[1]
    assert "复印件" in listed[3]


def test_each_step_says_how_it_gets_done(desk: Desk) -> None:
    """By hand, by another act with its key and no command, or done already."""
    task = by_carrier(desk, "signing_alarm")
    case = only(desk).cases[0].number
    office, carrier, _ = only(desk).steps

    told = [lines.how(office), lines.how(carrier)]
    contacts.add(desk, f"{case}-1", who="home_office", outcome="reached")
    tasks.do(desk, task.id, "call_carrier")
    done = only(desk)

    assert told == [
        "· 打电话问属地部门：在“联系登记”里记下（F3）。",
        "· 向寄递企业查问：办好了按 ^S 记下。",
    ]
    assert [lines.how(progress)[0] for progress in done.steps] == ["✓", "✓", "·"]
    assert done.next_step == 2
    cells = [lines.step_cells(progress) for progress in done.steps]
    assert [cell[0] for cell in cells] == ["✓", "✓", "·"]
    assert (cells[0][2], cells[1][2][-4:], cells[2][2]) == ("已登记", "1001", "")
    assert "没有步骤" in lines.how(None)


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_every_step_that_is_no_tick_names_a_key(kind: TaskKind) -> None:
    """And none of them a command."""
    facts = [step for step in kind.steps if step.by == By.FACT]

    told = [lines.how(Progress(step, done=False)) for step in facts]

    assert [text for text in told if "（" not in text or "命令" in text] == []


@pytest.mark.parametrize("kind", ["sent_back", "lost", "damaged"])
def test_what_another_act_ends_says_where(desk: Desk, kind: str) -> None:
    """By key, and nobody ends it here."""
    back_here(desk, kind)

    line = only(desk)

    assert "由“异常处理”了结：按 Enter 打开，^O 异常处理。" in line.told
    assert "异常处理" in (line.why_not_end or "")


def test_a_withdrawal_is_ended_on_its_case(desk: Desk) -> None:
    """F4 leads there."""
    withdrawn(desk)

    assert "按 F4 打开办件" in only(desk).told


def test_what_is_left_stands_in_the_way_of_the_end(desk: Desk) -> None:
    """Each step that is required, by its words; then nothing does."""
    task = by_carrier(desk)

    before = only(desk).why_not_end
    tasks.do(desk, task.id, "call_carrier")

    assert before == "还差：向寄递企业查问"
    assert only(desk).why_not_end is None
    assert "F5 了结" in only(desk).told


def test_a_step_that_is_done_is_not_ticked_again(desk: Desk) -> None:
    """Nor one that is a fact, nor none."""
    by_carrier(desk, "signing_doubtful")
    task = by_carrier(desk, envelope=only(desk).task.object)
    tasks.do(desk, task.id, "call_carrier")
    doubtful, stuck = lines.look(desk)

    assert "已经办了" in (stuck.why_not_do(stuck.steps[0]) or "")
    assert "不用手工勾" in (doubtful.why_not_do(doubtful.steps[0]) or "")
    assert "没有步骤" in (doubtful.why_not_do(None) or "")
