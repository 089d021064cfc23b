"""The papers in full: what `golden/` keeps is what comes out, so a change of wording is seen as one."""

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

    assert kept == {"acceptance", "guidance", "intake_slip", "non_acceptance", "notice", "pledge"}


def test_guidance_is_no_refusal() -> None:
    """It says so; the applicant may come back, the window helps online, the papers went back."""
    told = previewed("guidance")

    assert "本单不是不予收件，也不是不予受理；您可以凭本单随时回到本窗口" in told
    assert "不强制您到现场" in told
    assert "工作人员当场协助您在网上办理（帮办）" in told
    assert "已经当面全部退还" in told


def test_the_two_copies_of_a_pledge_say_the_same() -> None:
    """一式两份: but for whose copy it is, the applicant signs the same words twice."""
    parts = documents.fill(documents.load("pledge"), samples.facts("pledge"))
    tear = [kind for kind, _ in parts].index("tear")

    first, second = documents.preview(parts[:tear]), documents.preview(parts[tear + 1 :])

    assert "联别：申请人联，由申请人保存\n" in first
    kept = first.replace("申请人联，由申请人保存", "窗口联，由本窗口存档")
    assert kept.replace("（申请人联）", "（窗口联）") == second


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
