"""Every document in the folder: readable, complete, masked by design, and drawn with its own barcode."""

import re
from functools import cache

import pytest

from forms import documents
from printing import blocks, reading, sheets
from tests.forms.documents import samples
from tests.printing import pdfs

NAMES = documents.names()


#: The number of the reply slip below the packing list; the journal's anchor on sheets of a day or month.
SECOND_CODE = {
    "packing_list": samples.REPLY,
    **dict.fromkeys(("day_sheet", "month_sheet", "sampling_sheet"), samples.ANCHOR),
}


@cache
def single(name: str) -> bytes:
    """The sample of a document, printed once for all that is asked of it."""
    document = documents.load(name)
    return sheets.render(documents.fill(document, samples.facts(name)), page=document.page)


def test_the_papers_of_a_case_are_there() -> None:
    """Being a folder with a document.md is being registered (the envelope's face is no document)."""
    assert set(NAMES) >= {
        "acceptance",
        "day_sheet",
        "dunning_letter",
        "guidance",
        "handover_sheet",
        "intake_slip",
        "month_sheet",
        "non_acceptance",
        "notice",
        "packing_list",
        "pledge",
        "postage_statement",
        "proof_of_service",
        "sampling_sheet",
        "shift_handover",
    }


@pytest.mark.parametrize("name", NAMES)
def test_the_samples_hold_every_fact_of_the_document(name: str) -> None:
    """Whoever adds a fact to a wording adds its sample, and so the list of facts stays complete."""
    given = samples.facts(name)

    lists = {key: value for key, value in given.items() if not isinstance(value, str)}
    known = set(given) | {f"{key}.{cell}" for key, rows in lists.items() for row in rows for cell in row}
    assert documents.load(name).facts <= known


@pytest.mark.parametrize("name", NAMES)
def test_every_fact_reaches_the_paper(name: str) -> None:
    """Each value given for a fact of the document can be read on the finished paper."""
    document = documents.load(name)
    given = samples.facts(name, paper__copy_mark="副本 2")

    copied = pdfs.text(sheets.render(documents.fill(document, given), page=document.page))

    # What is drawn as a QR code is no text.
    for fact in document.facts - {"manifest.code"}:
        value = given.get(fact, "")
        assert isinstance(value, str)
        assert "".join(value.split()) in copied, fact


def test_the_packing_list_carries_its_rows_as_a_qr_code() -> None:
    """Beside the totals, on the page with the signatures; a reprint carries the same."""
    document = documents.load("packing_list")
    for mark in ("", "副本 2"):
        given = samples.facts("packing_list", paper__copy_mark=mark)
        pdf = sheets.render(documents.fill(document, given), page=document.page)

        assert samples.SYMBOL in reading.codes(pdf, with_squares=True)


@pytest.mark.parametrize("rows", [1, 5, 8])
def test_a_short_packing_list_is_one_page_and_its_slip(rows: int) -> None:
    """The QR code takes no page of its own, and the slip stays in one piece."""
    document = documents.load("packing_list")
    given = samples.facts("packing_list", manifest__code="88" + "1234567890" * 70)
    pieces = [{**samples.ROWS["packing_list"][0], "seq": str(n)} for n in range(1, rows + 1)]

    pages = pdfs.texts(sheets.render(documents.fill(document, {**given, "rows": pieces}), page=document.page))

    assert [("验视人员签名" in page, "回执短码" in page) for page in pages] == [(True, False), (False, True)]


@pytest.mark.parametrize("name", NAMES)
def test_the_paper_carries_its_own_number_as_barcode(name: str) -> None:
    """A scan of any paper says the paper's own number; a reply slip has its own too."""
    pdf = single(name)

    second = [SECOND_CODE[name]] if name in SECOND_CODE else []
    assert pdfs.codes(pdf) == [samples.NUMBER, *second]
    assert pdfs.codes(pdf, dpi=203) == [samples.NUMBER, *second]
    assert pdfs.embeds_its_fonts(pdf)


@pytest.mark.parametrize("name", NAMES)
def test_each_copy_is_the_whole_paper(name: str) -> None:
    """With its name on every page, its own count of pages and the one number of them all."""
    document = documents.load(name)
    parts = documents.fill(document, samples.facts(name))
    alone = pdfs.texts(single(name))

    pdf = sheets.render(parts, page=document.page, copies=document.copies)

    pages = pdfs.texts(pdf)
    assert len(pages) == len(document.copies) * len(alone)
    for at, page in enumerate(pages):
        copy, number = divmod(at, len(alone))
        assert document.copies[copy] in page
        assert page.replace(document.copies[copy], "") == alone[number].replace(document.copies[copy], "")
    assert pdfs.codes(pdf, dpi=203).count(samples.NUMBER) == len(document.copies)


@pytest.mark.parametrize("name", NAMES)
def test_a_reprint_says_which_copy_it_is(name: str) -> None:
    """副本 n stands in the title; a first print leaves no gap there."""
    document = documents.load(name)

    first = documents.fill(document, samples.facts(name))
    second = documents.fill(document, samples.facts(name, paper__copy_mark="副本 2"))

    assert ("title", ((document.title,),)) in first
    assert ("title", ((f"{document.title}　副本 2",),)) in second


@pytest.mark.parametrize("name", NAMES)
def test_every_kind_of_part_can_be_drawn_and_previewed(name: str) -> None:
    """The wording uses no kind of part that printing does not know."""
    parts = documents.fill(documents.load(name), samples.facts(name))

    assert {kind for kind, _ in parts} <= blocks.KINDS.keys() | {"tear"}
    assert samples.NUMBER in documents.preview(parts)


@pytest.mark.parametrize("name", NAMES)
def test_two_people_sign(name: str) -> None:
    """Each paper has at least two places to sign, each with its date beside it or its seal."""
    parts = documents.fill(documents.load(name), samples.facts(name))

    signed = [label for kind, rows in parts if kind == "signatures" for (label,) in rows]
    assert len([label for label in signed if re.search("签名|签收|盖章|姓名", label)]) >= 2
    assert any(label.startswith("日期") for label in signed)


def test_the_intake_slip_says_what_it_is_not() -> None:
    """收件 is not 受理: in a heading of its own; purpose, carrier and retention are told."""
    parts = documents.fill(documents.load("intake_slip"), samples.facts("intake_slip"))

    assert ("heading", (("收件不等于受理",),)) in parts
    told = documents.preview(parts)
    assert "办理方式：本窗口收件，寄往业务属地部门办理\n" in told
    assert "首问责任人：林晓（C03）\n" in told
    assert "只用于办理上列事项" in told
    assert "由中国邮政（EMS）寄往南宁市公安局青秀分局跨省通办窗口" in told
    assert "保存期限：办结后 90 日" in told


def test_no_paper_of_the_window_is_a_decision() -> None:
    """What the home authority decides is never printed here; 受理 only where an agreement grants it."""
    loaded = [documents.load(name) for name in NAMES]
    accepting = [document for document in loaded if "受理" in document.title]

    assert not any(word in document.title for document in loaded for word in ("决定", "批准"))
    assert {document.name for document in accepting} == {"acceptance", "non_acceptance"}
    assert all({"agreement.number", "office.name"} <= document.facts for document in accepting)


def test_the_notice_says_until_when_telling_is_in_time() -> None:
    """The limit of 行政许可法 32(4) stands on the paper, and whether it was told on the day itself."""
    told = documents.preview(documents.fill(documents.load("notice"), samples.facts("notice")))

    assert "告知次数：第 1 次（收件当日告知）\n" in told
    assert "告知时限：收件之日起5个工作日内，至 2026-11-27\n" in told


def test_the_handover_sheet_has_no_person_and_no_item() -> None:
    """The courier sees envelopes, offices and places; no fact about people or matters can get there."""
    facts = documents.load("handover_sheet").facts

    assert not any(
        word in fact
        for fact in facts
        for word in ("applicant", "agent", "item", "case", "clerk", "recipient")
    )


def test_the_reply_slip_asks_for_a_call_and_a_mark_for_each_row() -> None:
    """Below the tear line: the telephone number, the short code and three boxes for each piece."""
    parts = documents.fill(documents.load("packing_list"), samples.facts("packing_list"))

    slip = parts[[kind for kind, _ in parts].index("tear") :]
    table = next(rows for kind, rows in slip if kind == "table")
    assert table[0][-3:] == ("收到", "缺", "损")
    assert [row[-3:] for row in table[1:]] == [("□", "□", "□")] * 2
    assert "致电 0597-4821234，报出单位名称和回执短码 0001-9" in documents.preview(slip)


@pytest.mark.parametrize("name", ["day_sheet", "month_sheet", "postage_statement", "sampling_sheet"])
def test_lists_of_the_hall_have_no_fact_about_people(name: str) -> None:
    """Figures, codes and places: what is asked in and told out has no place on them."""
    facts = documents.load(name).facts

    assert not any(word in fact for fact in facts for word in ("applicant", "agent", "recipient", "phone_"))


def test_a_dunning_letter_is_one_page() -> None:
    """Also with an office and an item of long names."""
    document = documents.load("dunning_letter")
    given = samples.facts(
        "dunning_letter",
        office__name="示例壮族自治区示例市示例区政务服务和大数据发展局（行政审批局）户政业务受理中心" * 2,
        item__name="户口迁移（夫妻投靠、老年人投靠子女、未成年子女投靠父母）" * 2,
    )

    assert len(pdfs.texts(sheets.render(documents.fill(document, given), page=document.page))) == 1
