"""What the fields of an act are called at the counter; their names in JSON are for the command line only."""

from __future__ import annotations

import re

from workstation.errors import Explained, command

PEOPLE = {"applicant": "申请人", "agent": "代办人"}
#: What a field is called beside its box and in a refusal; a dotted name is that field of that part.
LABELS = {
    # a hand-in
    "item": "事项",
    "basis_place": "属地依据",
    "remark": "备注",
    "name": "名称",
    "id_kind": "证件种类",
    "id_number": "证件号码",
    "phone": "电话",
    "address": "地址",
    "source": "来源",
    "offices": "业务属地部门",
    "materials": "材料",
    "applicant": "申请人",
    "agent": "代办人",
    "code": "代码",
    "division": "行政区划代码",
    "postcode": "邮编",
    "department": "部门类别",
    "contact": "联系人",
    "hours": "办公时间",
    "verified_on": "核实日期",
    "row": "清单行",
    "form": "形式",
    "copies": "份数",
    "pages": "页数",
    "office": "部门序号",
    "due": "期限",
    "day": "日期",
    "since": "起日",
    "until": "止日",
    # a hall and its people
    "digit": "大厅序号",
    "window": "窗口号",
    "users.code": "工号",
    "users.name": "姓名",
    # one case
    "reason": "原因",
    "finding": "抽查结果",
    "scope": "适用省份",
    "text": "说明",
    "note": "说明",
    "authority": "有权部门",
    "channel": "渠道",
    "entry": "到哪里办",
    "kind": "种类",
    "way": "提供方式",
    "method": "核验方式",
    "subject": "核验对象",
    "participants": "参加人员",
    "licence": "证照",
    "outcome": "结果",
    "rating": "评价",
    "grade": "评价等级",
    "recipient": "领取人",
    "person": "对方姓名",
    "how": "运单号的来处",
    "who": "联系谁",
    "next_on": "下次联系日期",
    "system": "外部系统",
    "value": "编号",
    "place": "货位",
    "step": "步骤",
    "received_on": "收到日期",
    "missing": "未交原因",
    "wanted.name": "材料名称",
    "standard": "要求",
    "results.name": "结果文书名称",
    "result_mode": "结果方式",
    "document_number": "文号",
    "legal_basis": "依据",
    "limit": "办理时限",
    "remedies": "救济途径",
    "licence_fault.kind": "错证缺证的种类",
    "licence_fault.what": "错证缺证的情形",
    "licence_fault.sent_to": "转送部门",
    "credit.source": "失信查询处",
    "credit.outcome": "失信查询结果",
    "verification": "核查标准",
    "consequence": "失信后果",
    # agreements, items and guides
    "powers": "授予的权力",
    "payer_out": "去程邮费",
    "payer_back": "回程邮费",
    "return_mode": "结果怎么来",
    "limits": "时限的一段",
    "calendar": "哪里的假日",
    "valid_from": "起期",
    "valid_to": "止期",
    "deferrable_rows": "可容缺的清单行",
    "pledgeable_rows": "可告知承诺的清单行",
    "on": "日期",
    "title": "事项名称",
    "scenario": "应用场景",
    "modes": "办理方式",
    "lead_ministry": "牵头单位",
    "cooperating_ministries": "配合单位",
    "provincial_department": "省牵头单位",
    "source_date": "来源日期",
    # printers
    "printer": "打印机名称",
    "uri": "打印机地址",
    "dpi": "分辨率",
    "certificate": "证书文件",
    "use": "用途",
    "left": "左边的距离",
    "top": "上边的距离",
    # carriers
    "carrier": "寄递企业",
    "environment": "环境",
    "numbers": "取号办法",
}
#: The same of a person, and of a home office.
_AT = re.compile(r"（命令：字段 ([^（）]+)）\Z")
_OF_PERSON = {"name": "姓名", "valid_to": "证件有效期至"}
_OF_OFFICE = {"name": "部门名称", "address": "部门地址", "phone": "部门电话", "code": "部门代码"}


def label(name: str) -> str:
    """What a field such as `agent.phone` or `materials[0].copies` is called; a label stays what it is."""
    *places, field = re.sub(r"\[\d+\]", "", name).split(".")
    place = places[-1] if places else ""
    if place in PEOPLE and field in LABELS:
        return PEOPLE[place] + _OF_PERSON.get(field, LABELS[field])
    if place in ("office", "offices") and field in _OF_OFFICE:
        return _OF_OFFICE[field]
    return LABELS.get(f"{place}.{field}") or LABELS.get(field) or name


def wrong(name: str, text: str) -> str:
    """What is wrong, said of the field as it is called."""
    return f"{label(name)}{text}{at(name)}"


def at(name: str) -> str:
    """The field's own name, for whoever typed it at the command line; a label has none."""
    return command(f"字段 {name}") if name.isascii() and name else ""


def named(error: Explained) -> str | None:
    """The field a refusal is about, by its own name, where it tells."""
    found = _AT.search(error.why)
    return found[1] if found else None
