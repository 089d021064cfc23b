"""Sample facts for every document: what a counter would put on the paper, values as they come (masked)."""

from collections.abc import Mapping, Sequence

Entry = Mapping[str, str]

NUMBER = "43508241203263240018"
REPLY = "53508241203263240019"
SYMBOL = "88010062" + "1234567890" * 5 + "1234"
"""Digits of a QR code; what they say is not the paper's business."""

ANCHOR = "0000052331006062428060509553957313612959"
"""链首码 of a journal, forty digits."""

_COMMON: dict[str, str] = {
    "hall.name": "龙岩市武平县政务服务中心",
    "hall.address": "福建省龙岩市武平县平川街道政务路1号",
    "hall.phone": "0597-4821234",
    "hall.postcode": "364300",
    "window": "3",
    "paper.number": NUMBER,
    "paper.copy_mark": "",
    "paper.printed_at": "2026-11-20 09:14",
    "case.number": "13508241203263240017",
    "case.received_at": "2026-11-20 09:12",
    "item.name": "夫妻投靠户口迁移",
    "item.mode": "异地代收代办",
    "item.path": "本窗口收件，寄往业务属地部门办理",
    "office.name": "南宁市公安局青秀分局跨省通办窗口",
    "office.address": "广西壮族自治区南宁市青秀区民族大道100号",
    "applicant.name": "张𬱟",
    "applicant.id_kind": "居民身份证",
    "applicant.id_number": "350824********002X",
    "applicant.phone": "138******34",
    "agent.name": "",
    "agent.id_kind": "",
    "agent.id_number": "",
    "clerk.name": "林晓（C03）",
    "shift.from": "1001",
    "shift.to": "1002",
    "shift.at": "2026-11-20 17:05",
    "count.open": "5",
    "count.handed": "2",
    "carrier.name": "中国邮政（EMS）",
    "retention": "办结后 90 日",
    "slip.way": (
        "形式审查通过后，材料封装编号，由中国邮政（EMS）寄往南宁市公安局青秀分局跨省通办窗口；"
        "封套外面不写申请人、事项和证件号码。"
    ),
    "notice.ordinal": "1",
    "notice.told_at": "2026-11-20 09:30",
    "notice.limit": "收件之日起5个工作日内，至 2026-11-27",
    "notice.given": "收件当日告知",
    "notice.due": "2026-12-11",
    "envelope.number": "23508241203263240014",
    "envelope.purpose": "首次寄送",
    "envelope.packed_at": "2026-11-20 10:02",
    "manifest.code": SYMBOL,
    "manifest.told": "扫二维码可得到本清单的电子版。",
    "reply.number": REPLY,
    "reply.short_code": "0001-9",
    "batch.number": "33508241203263240011",
    "batch.closed_at": "2026-11-20 11:03",
    "service.authority": "南宁市公安局青秀分局",
    "service.at": "2026-12-02 15:20",
    "service.mode": "窗口直接送达",
    "service.place": "武平县政务服务中心 3 号窗口",
    "service.refusal": "",
    "recipient.name": "张𬱟",
    "recipient.identity": "居民身份证，读卡核验",
    "substitute.name": "",
    "substitute.relation": "",
    "substitute.reason": "",
    "issuer.name": "林晓（C03）",
    "guidance.channel": "全程网办",
    "guidance.entry": "示例政务服务平台“跨省通办”专区，搜索事项名称",
    "guidance.why": "本事项全程网办，不必到现场提交材料，申请之后可以随时在网上查询进度",
    "guidance.assist": "已在窗口协助网上提交：示例政务服务平台，网上办件编号 示例0001",
    "agreement.number": "未载文号",
    "credit.source": "示例信用查询网站",
    "pledge.verification": "属地收到补交材料时核对",
    "pledge.consequence": "按属地的容缺办理规定终止办理",
    "credit.checked_at": "2026-11-20 09:25",
    "acceptance.legal_basis": "经办人员填写的法律依据（示例）",
    "acceptance.at": "2026-11-20 09:40",
    "acceptance.by": "陈二河（C02）",
    "acceptance.limit": "自受理之日起20个工作日（示例）",
    "materials.names": "户口迁移申请表（夫妻投靠）、结婚证",
    "non_acceptance.reason": "申请事项不属于本机关职权范围（示例）",
    "non_acceptance.legal_basis": "《中华人民共和国行政许可法》第三十二条第一款第（二）项",
    "non_acceptance.right_authority": "示例市民政局婚姻登记处",
    "non_acceptance.remedies": "经办人员填写的救济途径和期限（示例）",
    "non_acceptance.at": "2026-11-20 09:45",
    "non_acceptance.by": "陈二河（C02）",
    "mail.told": "2026-11-20 11:03 交寄，中国邮政（EMS），运单号 1136281381675",
    "consignment.told": "2026-11-24 10:20 属地签收",
    "dun.ordinal": "2",
    "dun.earlier": "1 次，最近 2026-12-01 09:10",
    "dun.awaited": "贵单位是否受理的告知",
    "dun.request": "请告知办理情况。已经受理的，请告知受理时间和预计作出决定的时间。",
    "day.date": "2026-11-20",
    "day.taken_at": "2026-11-20 17:02",
    "day.standing": "本单是 2026-11-20 的日清单：第 1 次日清，当日已日清，之后不再登记当日的办理。",
    "month.name": "2026-11",
    "month.taken_at": "2026-12-01 09:05",
    "month.standing": "本单是 2026-11 的月结单：第 1 次月结，由当月各日现行的日清相加而成。有 1 处不符。",
    "count.closes": "1",
    "count.differences": "1",
    "sample.id": "2026-11-20-1",
    "sample.span": "2026-11-20 至 2026-11-20",
    "sample.drawn_at": "2026-11-20 16:50",
    "sample.drawn_by": "C01",
    "sample.seed": ANCHOR,
    "sample.share": "50",
    "sample.population": "26",
    "sample.digest": "5f6e1c2b5f6e1c2b5f6e1c2b5f6e1c2b5f6e1c2b5f6e1c2b5f6e1c2b5f6e1c2b",
    "count.left": "1",
    "postage.month": "2026-11",
    "postage.taken_at": "2026-11-30 17:02",
    "total.amount": "44.50",
    "journal.entries": "326",
    "journal.anchor": ANCHOR,
    "count.rows": "2",
    "count.cases": "1",
    "count.parcels": "3",
    "count.unknown": "1",
    "count.pieces": "3",
    "count.originals": "2",
    "count.photocopies": "1",
}

_PIECE = {"seq": "1", "case": "1", "kind": "原件", "copies": "1", "pages": "3"}

ROWS: dict[str, list[Entry]] = {
    "intake_slip": [
        {**_PIECE, "name": "结婚证", "handling": "当场退还"},
        {**_PIECE, "seq": "2", "name": "户口簿（首页、本人页）", "kind": "复印件", "handling": "随件寄送"},
    ],
    "notice": [
        {
            "seq": "1",
            "material": "户口簿复印件",
            "problem": "缺变更页",
            "standard": "首页、本人页、变更页齐全，字迹清晰",
            "remedy": "携带户口簿原件到本窗口重新复印",
        }
    ],
    "guidance": [{"seq": "1", "name": "居民身份证"}, {"seq": "2", "name": "居民户口簿"}],
    "pledge": [
        {
            "seq": "1",
            "material": "结婚证",
            "kind": "容缺后补",
            "standard": "有双方姓名、证件号码和登记日期的页；影像清晰，印章可辨",
            "due": "2026-12-11",
        },
        {
            "seq": "2",
            "material": "被投靠人在迁入地的住所材料",
            "kind": "告知承诺",
            "standard": "写明地址和权利人或者承租人姓名",
            "due": "2026-12-18",
        },
    ],
    "acceptance": [
        {"seq": "1", "name": "户口迁移申请表（夫妻投靠）", "kind": "原件", "copies": "1"},
        {"seq": "2", "name": "结婚证", "kind": "复印件（核对原件）", "copies": "1"},
    ],
    "non_acceptance": [],
    "packing_list": [
        {**_PIECE, "name": "结婚证", "after": "须退回"},
        {**_PIECE, "seq": "2", "name": "户口簿（首页、本人页）", "kind": "复印件", "after": "存档"},
    ],
    "handover_sheet": [
        {
            "seq": "1",
            "envelope": "23508241203263240014",
            "office": "成都市武侯区政务服务中心",
            "place": "A-01",
        },
        {"seq": "2", "envelope": "23508241203263240022", "office": "海口市政务服务中心", "place": "A-02"},
    ],
    "proof_of_service": [
        {"seq": "1", "name": "准予迁入证明", "number": "桂公迁〔2026〕第 12 号", "copies": "1"},
        {"seq": "2", "name": "结婚证（退还）", "number": "", "copies": "1"},
    ],
}

_STEPS = {"registered": "4", "to_correct": "1", "resubmitted": "1", "reviewed": "3", "sealed": "3"}
_STEPS |= {"handed_over": "2", "acknowledged": "2", "accepted": "1", "decided": "1", "result_arrived": "0"}
_STEPS |= {"done": "1", "closed": "1"}

#: What leaves the window names nobody in clear.
_MASKED = {"dunning_letter": {"applicant.name": "张*"}}

_SUMS: list[Entry] = [
    {"payer": "本窗口", "leg": "寄出", "parcels": "2", "amount": "44.50", "unknown": "0"},
    {"payer": "业务属地", "leg": "寄回", "parcels": "1", "amount": "0.00", "unknown": "1"},
]
#: What the sheets of a day and of a month have alike.
_OF_DAYS: dict[str, list[Entry]] = {
    "step_rows": [
        {
            "case": "收件",
            "cases": "4",
            "consignment": "封装",
            "consignments": "3",
            "envelope": "装袋",
            "envelopes": "3",
        },
        {
            "case": "一次性告知",
            "cases": "1",
            "consignment": "交寄",
            "consignments": "2",
            "envelope": "",
            "envelopes": "",
        },
    ],
    "item_rows": [{"name": "夫妻投靠户口迁移", **_STEPS}],
    "office_rows": [{"name": "南宁市公安局青秀分局跨省通办窗口", **_STEPS}],
    "postage_rows": _SUMS,
}

_PARCEL = {"leg": "寄出", "office": "南宁市公安局青秀分局跨省通办窗口", "payer": "本窗口"}

#: Lists besides `rows`.
_QUEUED: Entry = {
    "reason": "沉默属地",
    "case": "13508241203263240017",
    "office": "南宁市公安局青秀分局跨省通办窗口",
    "since": "2026-11-13 09:30",
    "due": "2026-11-17",
}
LISTS: dict[str, dict[str, list[Entry]]] = {
    "day_sheet": {
        **_OF_DAYS,
        "exception_rows": [
            {
                "at": "10:25",
                "what": "拆封",
                "object": "23508241203263240014",
                "reason": "漏放材料",
                "by": "C03",
                "second": "S01",
            },
            {
                "at": "15:40",
                "what": "没有随批次交寄",
                "object": "23508241203263240022",
                "reason": "暂缓交寄",
                "by": "C03",
                "second": "",
            },
        ],
        "reason_rows": [
            {
                "kind": "封套",
                "object": "23508241203263240022",
                "why": "封装后应揽未揽",
                "reason": "等下一次揽收",
                "by": "S01",
            }
        ],
        "sample_rows": [{"id": "2026-11-20-1", "span": "2026-11-20", "cases": "2", "found": "2"}],
        "clerk_rows": [{"name": "C03", **_STEPS}],
        "envelope_rows": [
            {"state": "已封装", "place": "A-01", "count": "3"},
            {"state": "已交寄", "place": "", "count": "8"},
        ],
        "task_rows": [
            {
                "reason": "退回",
                "object": "23508241203263240014",
                "opened_at": "2026-11-20 15:40",
                "opened_by": "C03",
            }
        ],
        "print_rows": [
            {
                "kind": "收件凭证",
                "paper": "43508241203263240026",
                "printer": "激光机",
                "state": "不知打出没有",
            }
        ],
    },
    "shift_handover": {
        "reason_rows": [
            {"reason": "沉默属地", "open": "3", "handed": "2"},
            {"reason": "收件未审", "open": "2", "handed": "0"},
        ],
        "line_rows": [
            {**_QUEUED, "seq": "1", "object": "13508241203263240017-1", "since": "2026-11-12 10:20"},
            {**_QUEUED, "seq": "2", "object": "13508241203263240017-2", "due": ""},
        ],
    },
    "month_sheet": {
        **_OF_DAYS,
        "day_rows": [
            {"day": "2026-11-20", "ordinal": "第 1 次", **_STEPS, "paper": "63508241203263240015"},
        ],
        "difference_rows": [{"day": "2026-11-21", "figure": "办件收件", "closed": "3", "journal": "4"}],
    },
    "sampling_sheet": {
        "sample_rows": [
            {
                "seq": "1",
                "number": "13508241203263240017",
                "chosen": "随机",
                "finding": "没有问题",
                "note": "",
                "by": "C01",
            },
            {
                "seq": "2",
                "number": "13508241203263240025",
                "chosen": "二次告知",
                "finding": "",
                "note": "",
                "by": "",
            },
        ],
    },
    "postage_statement": {
        "parcel_rows": [
            {**_PARCEL, "seq": "1", "on": "2026-11-20", "waybill": "1136281381675", "amount": "22.00"},
            {**_PARCEL, "seq": "2", "on": "2026-11-23", "waybill": "EE123456785CN", "amount": "22.50"},
            {
                **_PARCEL,
                "seq": "3",
                "on": "2026-11-26",
                "waybill": "",
                "leg": "寄回",
                "payer": "业务属地",
                "amount": "未知",
            },
        ],
        "sum_rows": _SUMS,
    },
}

CASES: list[Entry] = [
    {"seq": "1", "number": "13508241203263240017", "item": "夫妻投靠户口迁移", "applicant": "张*"}
]


def facts(document: str, **changed: str) -> dict[str, str | Sequence[Entry]]:
    """All facts a document of this name can ask for; `paper__copy_mark="副本 2"` changes one."""
    given = {name.replace("__", "."): value for name, value in changed.items()}
    lists = {"rows": ROWS.get(document, []), "case_rows": CASES, **LISTS.get(document, {})}
    return {**_COMMON, **_MASKED.get(document, {}), **given, **lists}
