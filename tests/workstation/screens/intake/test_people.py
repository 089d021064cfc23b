"""申请人 and 代办人: checked as typed, what the number says, another kind of document, legal persons."""

from __future__ import annotations

import pytest

from tests.workstation.screens.conftest import Opened
from tests.workstation.screens.intake import typing
from tests.workstation.screens.intake.typing import LEGAL_PERSON, NAME, NUMBER, PHONE, Intake, field, here
from tests.workstation.screens.stage import Clerk
from workstation.widgets.field import Field

AGENT = "11010519491231002X"
RARE = "𠮷𬀩㐂·买买提"


def beside(clerk: Clerk, name: str) -> str:
    """What stands beside a field."""
    return str(field(clerk, name)._beside.text)


def test_the_number_says_birth_sex_and_division(intake: Intake) -> None:
    """Beside it and below; the division with the warning that people move away."""

    async def story(clerk: Clerk) -> None:
        await typing.put(clerk, "applicant.id_number", NUMBER)
        clerk.sees("✓ 1990-03-07 出生 36 周岁 女", "广西壮族自治区南宁市青秀区（首次登记地，请核对）")
        await typing.put(clerk, "applicant.id_number", "")
        clerk.misses("首次登记地")

    intake.play(story)


def test_half_a_number_is_told_mildly_and_a_wrong_one_is_wrong(intake: Intake) -> None:
    """While one types: ·; after leaving: ✗; a digit that does not fit: ✗ at once. All of it stands below."""

    async def story(clerk: Clerk) -> None:
        await typing.put(clerk, "applicant.id_number", NUMBER[:10])
        assert beside(clerk, "applicant.id_number").startswith("· 居民身份证号码位数不对")
        clerk.sees("✗ 居民身份证号码位数不对，应为 18 位。请数清位数后重新输入。")
        await clerk.press("enter")
        assert beside(clerk, "applicant.id_number").startswith("✗")
        clerk.misses("请数清位数后重新输入")
        await typing.put(clerk, "applicant.id_number", NUMBER[:-1] + "5")
        assert beside(clerk, "applicant.id_number").startswith("✗ 居民身份证号码校验位不符")

    intake.play(story)


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("name", "覃3", "✗ 姓名"),
        ("phone", "12345678901", "✗ 手机号码"),
        ("phone", "0771-5550000", "✓"),
        ("address", "示例路\u202e1 号", "✗ 地址含有不可见"),
        ("valid_to", "2026-02-30", "✗"),
        ("valid_to", "2030-05-01", "✓"),
    ],
)
def test_each_field_is_checked(intake: Intake, name: str, text: str, said: str) -> None:
    """After leaving it, what is right and wrong of it stands beside it."""

    async def story(clerk: Clerk) -> None:
        await typing.put(clerk, f"applicant.{name}", text)
        typing.hand_in(clerk).remark.enter()
        await clerk.settle()
        assert beside(clerk, f"applicant.{name}").startswith(said)

    intake.play(story)


def test_pasted_control_characters_are_refused_at_the_door(intake: Intake, opened: Opened) -> None:
    """The field says so, the cursor is sent there, and all the rest is kept; nothing steers the terminal."""

    async def story(clerk: Clerk) -> None:
        await typing.everything(clerk)
        await typing.put(clerk, "applicant.name", "")
        await typing.paste(clerk, "覃\x1b]0;x\x07示例")
        clerk.sees("✗ 姓名含有看不见的控制字符。", PHONE)
        await typing.put(clerk, "remark", "\x9b31m")
        await clerk.press("ctrl+s")
        assert here(clerk) == "field-applicant-name"
        assert "\x1b" not in clerk.text
        await typing.put(clerk, "applicant.name", NAME)
        await clerk.press("ctrl+s")
        assert here(clerk) == "field-remark"
        assert "控制字符" in clerk.message

    intake.play(story)

    assert (intake.cases, opened) == ([], [])


@pytest.mark.parametrize("name", [RARE, "[bold]x[/]", "[/oops]", "[@click=app.quit]x[/]", "覃" * 60])
def test_rare_and_hostile_names_are_text(intake: Intake, name: str) -> None:
    """They stand there as they are, whether a name may be so or not, in the question on leaving too."""

    async def story(clerk: Clerk) -> None:
        await typing.put(clerk, "applicant.name", name)
        assert field(clerk, "applicant.name").value == name
        clerk.sees(name[:8])
        await clerk.press("escape")
        clerk.sees(f"{name[:20]}")

    intake.play(story)

    assert [draft.title for draft in intake.drafts] == [name]


def test_a_rare_name_is_registered_as_it_is(intake: Intake, opened: Opened) -> None:
    """Characters outside the basic plane and the middle dot reach the ledger."""

    async def story(clerk: Clerk) -> None:
        await typing.everything(clerk)
        await typing.put(clerk, "applicant.name", RARE)
        await clerk.press("ctrl+s")

    intake.play(story)

    assert intake.case.case.applicant_name == RARE


def test_a_number_of_another_kind_is_offered(intake: Intake) -> None:
    """The other kind is named with its key; before and after, the key says why it does nothing."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("ctrl+t")
        assert "号码不像别种证件" in clerk.message
        await typing.put(clerk, "applicant.id_number", "E12345678")
        clerk.sees("号码像护照：按 ^T 换成护照")
        await clerk.press("ctrl+t")
        clerk.sees("< 护照 >")
        assert beside(clerk, "applicant.id_number") == "✓ "
        clerk.misses("按 ^T")
        assert typing.hand_in(clerk).value["applicant"]["id_kind"] == "passport"

    intake.play(story)


def test_the_kind_is_chosen_with_the_arrow_keys(intake: Intake) -> None:
    """The number is checked anew, and Enter goes to it."""

    async def story(clerk: Clerk) -> None:
        await typing.put(clerk, "applicant.id_number", "AB1234567")
        await clerk.press("up", "left", "left", "enter")
        clerk.sees("< 外国护照 >")
        assert here(clerk) == "field-applicant-id-number"
        assert beside(clerk, "applicant.id_number") == "✓ "

    intake.play(story)


def test_a_legal_person_needs_somebody_who_acts_for_it(intake: Intake, opened: Opened) -> None:
    """The box is ticked by itself, the agent asked for, and a power of attorney in the checklist."""

    async def story(clerk: Clerk) -> None:
        await typing.item(clerk)
        await typing.place(clerk)
        await typing.put(clerk, "applicant.id_number", LEGAL_PERSON)
        await clerk.press("ctrl+t")
        clerk.sees("[x] 有代办人", "代办人号码")
        await typing.person(clerk, number=LEGAL_PERSON, name="示例科技有限公司")
        await clerk.press("ctrl+a", "ctrl+s")
        assert here(clerk) == "field-agent-id-number"
        for name, text in (("id_number", AGENT), ("name", "李四"), ("phone", PHONE)):
            await typing.put(clerk, f"agent.{name}", text)
        await clerk.press("ctrl+s")

    intake.play(story)

    case = intake.case.case
    assert (case.applicant_name, case.agent_name) == ("示例科技有限公司", "李四")
    assert {"authorisation", "agent_id"} <= {row.row_id for row in intake.case.rows if not row.condition}


def test_an_agent_comes_and_goes_with_one_key(intake: Intake, opened: Opened) -> None:
    """Whoever goes is not registered, but comes back with what was typed."""

    async def story(clerk: Clerk) -> None:
        await typing.everything(clerk)
        await clerk.press("ctrl+g")
        assert here(clerk) == "field-agent-id-number"
        await typing.put(clerk, "agent.name", "李四")
        await clerk.press("ctrl+g")
        assert "agent" not in typing.hand_in(clerk).value
        await clerk.press("ctrl+g")
        assert typing.hand_in(clerk).value["agent"]["name"] == "李四"
        await clerk.press("ctrl+g", "ctrl+s")

    intake.play(story)

    assert intake.case.case.agent_name is None


def test_an_agent_is_a_natural_person(intake: Intake) -> None:
    """No kind of document of legal persons is offered, not by a number that looks like one either."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("ctrl+g")
        await typing.put(clerk, "agent.id_number", LEGAL_PERSON)
        await clerk.press("ctrl+t")
        assert "号码不像别种证件" in clerk.message
        clerk.sees("代办人证件  < 居民身份证 >  1/6")

    intake.play(story)


def test_enter_goes_through_the_agent_to_the_papers(intake: Intake) -> None:
    """From the box that is ticked, through the person, to the checklist."""
    passed: list[str] = []

    async def story(clerk: Clerk) -> None:
        await clerk.press("ctrl+g", "up", "up")
        for _ in range(6):
            passed.append(here(clerk))
            await clerk.press("enter")
        assert isinstance(field(clerk, "remark"), Field)
        passed.append(here(clerk))

    intake.play(story)

    names = ["id-number", "name", "phone", "valid-to"]
    assert passed == ["field-has-agent", *(f"field-agent-{name}" for name in names), "materials", "materials"]
