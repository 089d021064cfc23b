"""The papers in full: what `golden/` keeps is what comes out, so a change of wording is seen as one."""

import re
from pathlib import Path

import pytest

from forms import documents
from tests.forms.documents import samples

GOLDEN = sorted((Path(__file__).parent / "golden").glob("*.txt"))


def previewed(name: str, **changed: str) -> str:
    """The whole paper as text, from the samples."""
    return documents.preview(documents.fill(documents.load(name), samples.facts(name, **changed)))


@pytest.mark.parametrize("kept", GOLDEN, ids=lambda path: path.stem)
def test_the_wording_is_the_one_kept(kept: Path) -> None:
    """Every word of these papers has been read by somebody; none changes by the way."""
    assert previewed(kept.stem) == kept.read_text(encoding="utf-8")


def test_the_papers_that_bind_somebody_are_kept() -> None:
    """What is signed, told in time or decided by agreement has its golden text."""
    kept = {path.stem for path in GOLDEN}

    assert kept == {
        "acceptance",
        "day_sheet",
        "dunning_letter",
        "guidance",
        "intake_slip",
        "month_sheet",
        "non_acceptance",
        "notice",
        "pledge",
        "postage_statement",
        "sampling_sheet",
        "shift_handover",
    }


def test_guidance_is_no_refusal() -> None:
    """It says so; the applicant may come back, the window helps online, the papers went back."""
    told = previewed("guidance")

    assert "本单不是不予收件，也不是不予受理；您可以凭本单随时回到本窗口" in told
    assert "不强制您到现场" in told
    assert "工作人员当场协助您在网上办理（帮办）" in told
    assert "已经当面全部退还" in told


@pytest.mark.parametrize("name", documents.names())
def test_a_paper_that_tells_of_its_copies_tells_the_truth(name: str) -> None:
    """一式三联 in the text means three names in the front matter, each of them in the text."""
    told = re.search(r"一式([两三])联[^1-9]*", previewed(name))

    if told:
        copies = documents.load(name).copies
        assert len(copies) == {"两": 2, "三": 3}[told[1]]
        assert all(copy.removesuffix("联").removesuffix("留存") in told[0] for copy in copies)


@pytest.mark.parametrize(
    ("name", "copies"),
    {
        "acceptance": ("申请人联", "窗口留存联", "业务属地联"),
        "day_sheet": ("大厅留存联",),
        "dunning_letter": ("业务属地联", "窗口留存联"),
        "guidance": ("申请人联", "窗口留存联"),
        "handover_sheet": ("窗口留存联", "邮政联"),
        "intake_slip": ("申请人联", "窗口留存联"),
        "month_sheet": ("大厅留存联",),
        "non_acceptance": ("申请人联", "窗口留存联", "业务属地联"),
        "notice": ("申请人联", "窗口留存联"),
        "packing_list": ("业务属地联",),
        "pledge": ("申请人联", "窗口留存联"),
        "postage_statement": ("大厅留存联",),
        "proof_of_service": ("窗口留存联", "申请人联"),
        "sampling_sheet": ("大厅留存联",),
        "shift_handover": ("大厅留存联",),
    }.items(),
)
def test_everybody_concerned_has_a_copy(name: str, copies: tuple[str, ...]) -> None:
    """Who handed in, who keeps the file, who decides, who carries; the packing list lies in the envelope."""
    assert documents.load(name).copies == copies


def test_a_pledge_tells_how_it_is_checked_and_what_follows() -> None:
    """厦审改办〔2024〕12号: both stand in it, as the home authority has ruled them; nobody has to pledge."""
    told = previewed("pledge")

    assert "事中事后核查：属地收到补交材料时核对" in told
    assert "失信后果：按属地的容缺办理规定终止办理" in told
    assert "由业务属地部门按上述失信后果处理" in told
    assert "不愿承诺的，可以备齐材料按一般方式办理，本窗口照常收件" in told
    assert not any(word in told for word in ("罚款", "黑名单", "撤销", "行政处罚"))


@pytest.mark.parametrize("name", ["acceptance", "non_acceptance"])
def test_who_accepts_does_so_by_agreement(name: str) -> None:
    """The window's power comes from the home authority, and the paper says by which document."""
    told = previewed(name, agreement__number="示例〔2026〕1号")

    assert "根据与南宁市公安局青秀分局跨省通办窗口的协议（示例〔2026〕1号）" in told
    assert "须加盖专用印章并注明日期" in told


@pytest.mark.parametrize("fact", ["legal_basis", "right_authority", "remedies", "reason"])
def test_law_and_remedies_are_no_fixed_wording(fact: str) -> None:
    """Articles and days come from who knows them; without one the paper is not made."""
    facts = samples.facts("non_acceptance")
    del facts[f"non_acceptance.{fact}"]

    with pytest.raises(documents.MissingFact):
        documents.fill(documents.load("non_acceptance"), facts)


def test_an_acceptance_is_no_grant() -> None:
    """受理 is not 准予: what is decided is the home authority's."""
    assert "受理不等于准予。受理之后由业务属地部门依法审查并作出决定" in previewed("acceptance")


def test_a_dunning_letter_tells_no_code_and_decides_nothing() -> None:
    """Whoever names the slip's code has opened the envelope; asked for is only where things stand."""
    told = previewed("dunning_letter")

    assert "第 2 次函请贵单位协助" in told
    assert "是否受理、作出何种决定，由贵单位依法办理" in told
    assert samples.REPLY not in told
    assert "0001-9" not in told
    assert (
        not {"reply.short_code", "reply.number", "applicant.id_number"}
        & documents.load("dunning_letter").facts
    )


def test_a_day_sheet_says_what_it_is() -> None:
    """The day's own sheet or a list: a fact says which, and either has the anchor and two signatures."""
    listed = previewed("day_sheet", day__standing="它不是日清，当日并未因此关闭")
    closing = previewed("day_sheet")

    assert "它不是日清，当日并未因此关闭" in listed
    assert "第 1 次日清，当日已日清" in closing
    assert samples.ANCHOR in closing.replace(" ", "")
    assert "值班长签名" in closing
    assert "复核人签名" in closing


def test_a_month_sheet_names_what_does_not_agree() -> None:
    """Day, figure, and both values; it has the anchor as the day's sheet has."""
    told = previewed("month_sheet")

    row = next(line for line in told.splitlines() if line.startswith("2026-11-21"))
    assert [cell.strip() for cell in row.split("│")] == ["2026-11-21", "办件收件", "3", "4"]
    assert samples.ANCHOR in told.replace(" ", "")


def test_a_sampling_sheet_says_how_it_can_be_drawn_again() -> None:
    """The seed in full, and by which rule the cases follow from it."""
    told = previewed("sampling_sheet")

    assert samples.ANCHOR in told.replace(" ", "")
    assert "“种子接办件编号”的 SM3 值从小到大排列" in told
    assert "随机抽出的应当相同" in told
