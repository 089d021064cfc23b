"""The errors of the layers below, each put into the clerk's words; a test keeps the list complete."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from forms.documents import DocumentError, MissingFact, Slip, TemplateFault, UnknownDocument, WrongFact
from forms.identifiers import InvalidIdentifier
from forms.items import InvalidItem, UnknownItem
from workstation.acts import labels
from workstation.domain.codes import CodeError, NotAnAnchor
from workstation.domain.manifest import ManifestError, MissingParts
from workstation.domain.times import local
from workstation.errors import Explained, OutsideFailed, Refused, WrongUsage
from workstation.store.ledger import ClockSetBack
from workstation.store.personal import SealBroken
from workstation.store.protocols import StoreFailed

_LONGEST_DETAIL = 40

#: What an identifier is called on the counter.
KINDS = {
    "citizen_id": "居民身份证号码",
    "residence_permit": "港澳台居民居住证号码",
    "foreigner_card": "外国人永久居留身份证号码",
    "passport": "护照号码",
    "travel_permit": "通行证号码",
    "foreign_passport": "外国护照号码",
    "unified_credit_code": "统一社会信用代码",
    "organisation_name": "单位名称",
    "person_name": "姓名",
    "mobile": "手机号码",
    "landline": "固定电话",
    "address": "地址",
    "plain_text": "文字",
}

#: Why an identifier is not right, and what to do.
IDENTIFIER_REASONS = {
    "empty": ("没有填写。", "请填写后再试。"),
    "too_long": ("太长了。", "请删短后再试。"),
    "control": ("含有看不见的控制字符。", "请删去后重新输入，不要从别处整段粘贴。"),
    "invisible": ("含有不可见或改变文字方向的字符。", "请删去后重新输入，不要从别处整段粘贴。"),
    "surrogate": ("含有损坏的字符（半个编码）。", "请重新输入该字。"),
    "private_use": (
        "含有自造字（私用区编码），别处显示不出。",
        "请改用国家标准编码的字，或按证件上的注音处理。",
    ),
    "damaged": ("含有损坏的字符（�）。", "请对照证件重新输入。"),
    "characters": ("含有不该出现的字符。", "请对照证件重新输入。"),
    "form": ("书写形式不对（间隔号、空格或连字符的位置）。", "请对照证件重新输入。"),
    "legacy": ("是 15 位的旧号码，2013 年起已停用。", "请按现行证件填写 18 位号码。"),
    "length": ("位数不对。", "请数清位数后重新输入。"),
    "check_digit": ("校验位不符，可能有一位抄错。", "请对照证件逐位核对。"),
    "date": ("其中的日期在日历上不存在。", "请对照证件核对出生日期各位。"),
    "future": ("其中的出生日期在今天之后。", "请对照证件核对出生日期各位。"),
    "area": ("区号不对。", "请按“区号-号码”填写，如 0591-87654321。"),
    "number": ("号码位数不对。", "请按“区号-号码”填写，如 0591-87654321。"),
    "extension": ("分机号不对。", "分机号为 1 至 6 位数字。"),
    "prefix": ("不是手机号码的号段。", "手机号码为 1 开头的 11 位数字。"),
    # An identifier's reason may be another kind: it is a right number under the wrong kind of document.
    "citizen_id": ("填成了居民身份证的号码。", "请看证件，把证件种类改为居民身份证。（命令：citizen_id）"),
    "residence_permit": (
        "填成了港澳台居民居住证的号码。",
        "请看证件，把证件种类改为港澳台居民居住证。（命令：residence_permit）",
    ),
    "foreigner_card": (
        "填成了外国人永久居留身份证的号码。",
        "请看证件，把证件种类改为外国人永久居留身份证。（命令：foreigner_card）",
    ),
    "alphabet": (
        "含有代码不用的字符：只用数字和大写字母，不用 I、O、Z、S、V。",
        "请对照证照重新输入，留意 0 与 O、1 与 I、2 与 Z、5 与 S。",
    ),
    "division": ("第 3 至 8 位不是六位数字的行政区划代码。", "请对照证照逐位核对第 3 至 8 位。"),
    "organisation_code": ("第 9 至 17 位（组织机构代码）的校验位不符。", "请对照证照逐位核对第 9 至 17 位。"),
    "too_short": ("太短了，至少要有两个汉字或字母。", "请按证照上的全称填写。"),
}

#: The same, where a kind can say it more exactly.
KIND_REASONS = {
    ("citizen_id", "length"): ("位数不对，应为 18 位。", "请数清位数后重新输入。"),
    ("residence_permit", "length"): ("位数不对，应为 18 位。", "请数清位数后重新输入。"),
    ("foreigner_card", "length"): (
        "位数不对：新证 18 位，以 9 开头；旧证 15 位，为 3 个字母加 12 位数字。",
        "请对照证件数清位数后重新输入。",
    ),
    ("foreigner_card", "characters"): (
        "含有不该出现的字符：18 位号码除末位可为 X 外都是数字。",
        "请对照证件重新输入。",
    ),
    ("passport", "form"): (
        "不是已知的中国护照号码样式（如 E 加 8 位数字）。",
        "请对照护照重新输入；外国护照请把证件种类改为外国护照。（命令：foreign_passport）",
    ),
    ("travel_permit", "form"): (
        "不是已知的通行证号码样式：往来内地为 H 或 M 加 8 位数字，台胞证 8 位数字，往来港澳为 C 开头 9 位。",
        "请对照证件重新输入。",
    ),
    ("foreign_passport", "form"): ("位数不对，应为 5 至 20 位字母或数字。", "请对照护照重新输入。"),
    ("unified_credit_code", "length"): ("位数不对，应为 18 位。", "请对照证照数清位数后重新输入。"),
    ("unified_credit_code", "check_digit"): (
        "校验位不符，可能有一位抄错。",
        "请对照证照逐位核对。",
    ),
    ("organisation_name", "characters"): ("含有单位名称里不该出现的字符。", "请按证照上的全称重新输入。"),
}

#: Why a code is none of ours.
CODE_REASONS = {
    "code": "这不是本系统的编号。",
    "length": "本系统编号为 20 位数字。",
    "characters": "本系统编号只有数字。",
    "check_digit": "校验位不符，扫描或抄写有误。",
    "kind": "首位不是已知的编号种类。",
    "place": "其中的行政区划、大厅或窗口不可能。",
    "day": "其中的日期不存在。",
    "serial": "其中的流水号不可能。",
    "range": "链首码超出范围。",
    "serial_exhausted": "本窗口今天的流水号已用到 9999。",
}

#: Why a text is no anchor 链首码.
ANCHOR_REASONS = {
    "code": "这不是链首码。",
    "length": "链首码为 40 位数字。",
    "characters": "链首码只有数字。",
    "check_digit": "校验位不符，抄写有误。",
    "range": "这些数字超出链首码的范围，抄写有误。",
}

#: Why the symbols of a packing list do not make one; single ones are explained where they are scanned.
MANIFEST_REASONS = {
    "form": "这不是内件清单二维码的数字。",
    "truncated": "数字不全，没有扫完。",
    "length": "数字多了，可能两次扫描连在了一起。",
    "check": "校验不符，有数字读错了。",
    "version": "二维码的版本比本机的程序新，本机不认识。",
    "missing": "二维码没有扫齐。",
    "mixed": "这些二维码不是同一份清单的，或清单改过、重新装过袋。",
    "digest": "各个二维码都读出来了，但合起来与打印时的清单不一致。",
    "content": "读出来的不是一份内件清单。",
    "too_long": "清单太长，二维码放不下。",
}

#: Why the store could not do it, and what to do.
STORE_REASONS = {
    "disk_full": (
        "磁盘已满，写不进去。",
        "请清理磁盘（可先清出纸盘），再重新办理。（命令：目录 tray）",
    ),
    "read_only": ("数据目录只读，不能写入。", "请管理员检查目录权限或磁盘是否被挂为只读。"),
    "unreachable": ("连不上大厅的数据库服务器。", "请检查网络；草稿照常保存，恢复后再办。"),
    "busy": ("账本正被别的窗口占用，等待超时。", "请稍候重试。"),
    "damaged": ("账本文件已损坏或不是数据库。", "请停止使用并联系管理员，用备份恢复。"),
    "foreign": (
        "这个文件是别的程序的数据库，不是本系统的账本。",
        "请管理员核对数据目录；本系统没有改动它。（命令：--home）",
    ),
    "newer": ("账本由更新版本的工作站写过，本版本不认识。", "请升级工作站程序后再用。"),
    "network_file_system": (
        "账本放在网络文件系统上，文件锁不可靠，可能丢账。",
        "请放到本机磁盘，或改用 PostgreSQL。",
    ),
    "failed": ("账本读写失败。", "请稍后再试；仍不行请联系管理员检查。（命令：doctor）"),
}

_FRONT, _COPIES, _RULE = "page: A4", "copies:", "|---|---|"
#: How a wording is to be written, by what was written wrongly in it.
SLIPS = {
    Slip.NO_FRONT: f"开头要有三行：---、{_FRONT}、---。",
    Slip.FRONT: f"开头两行 --- 之间，先写 {_FRONT}（或 A5），分联的再写一行 {_COPIES} 和各联名称，不写别的。",
    Slip.COPIES: "联名写一至五个，用顿号隔开，各不相同，每个不超过 12 个字。",
    Slip.NO_TITLE: "没有标题：要有一行以 # 和空格开头。",
    Slip.MARKUP: "这种写法文书里不用。",
    Slip.TABLE: f"表格要有表头，表头下面一行写 {_RULE}，列数和表头一样多。",
    Slip.CODE: "条码要写成 [条码 {{事实}}]，后面写说明。",
    Slip.FIELD: "栏目要写成“- 名称：内容”，两边都不能空。",
    Slip.CELLS: "这一行的格子比表头多。",
    Slip.ROW: "清单里的一格只能写在表格的一行里，一行只用一张清单。",
    Slip.BRACES: "事实要写成 {{名称}}，左右各两个大括号。",
    Slip.NAME: "大括号里的不是事实的名称：只用小写英文字母、数字、下划线和点。",
    Slip.NESTED: "这里面不能再套别的写法，也不能空着。",
}


@contextmanager
def explained() -> Iterator[None]:
    """Whatever the layers below raise in here leaves as an `Explained`."""
    try:
        yield
    except ClockSetBack as error:
        raise _clock(error) from error
    except StoreFailed as error:
        raise _store(error) from error
    except SealBroken as error:
        raise _seal(error) from error
    except InvalidIdentifier as error:
        raise identifier(error) from error
    except CodeError as error:
        raise code(error) from error
    except ManifestError as error:
        raise _manifest(error) from error
    except (DocumentError, InvalidItem, UnknownItem) as error:
        raise _form(error) from error


@contextmanager
def explained_afterwards() -> Iterator[None]:
    """As `explained`, for what follows a commit: it must not read as if the act itself had failed."""
    try:
        with explained():
            yield
    except Explained as error:
        if error.code == "tray-failed":
            raise
        raise OutsideFailed(
            "paper-failed",
            what="事情已办成并记账，但有纸面没有做成。",
            why=error.why,
            next="不必重办；排除原因后，下一次办理时会自动补做，也可从办件的纸面里取出。"
            "（命令：paper show 编号）",
        ) from error


def identifier(error: InvalidIdentifier, field: str = "") -> Explained:
    """A value that is not of its kind; `field` names where it stood. The value itself is not repeated."""
    why, then = KIND_REASONS.get((error.kind, error.reason)) or IDENTIFIER_REASONS[error.reason]
    name = KINDS[error.kind]
    said = labels.label(field) or name
    return WrongUsage(
        f"{error.kind.replace('_', '-')}-{error.reason.replace('_', '-')}",
        what=f"{said}不能这样登记。",
        why=f"{said if error.kind == 'plain_text' else name}{why}{labels.at(field)}",
        next=then,
    )


def code(error: CodeError) -> Explained:
    """A code that cannot be one of ours."""
    if error.reason == "serial_exhausted":
        return Refused(
            "serial-exhausted",
            what="今天本窗口的编号已经用完，这一步没有办成。",
            why=CODE_REASONS[error.reason],
            next="请换一个窗口号继续，或次日再办。（命令：--window）",
        )
    if isinstance(error, NotAnAnchor):
        return WrongUsage(
            f"anchor-{error.reason.replace('_', '-')}",
            what="链首码不对。",
            why=ANCHOR_REASONS[error.reason],
            next="请对照日清单上印的链首码逐位核对。",
        )
    return WrongUsage(
        f"code-{error.reason.replace('_', '-')}",
        what="编号不对，没有办理。",
        why=CODE_REASONS[error.reason],
        next="请重新扫描，或对照纸面逐位核对。",
    )


def _manifest(error: ManifestError) -> Explained:
    why, then = MANIFEST_REASONS[error.reason], "请把这份清单的二维码逐个重新扫一遍。"
    if isinstance(error, MissingParts):
        absent = "、".join(map(str, error.missing))
        why = f"这份清单有 {error.count} 个二维码，还缺第 {absent} 个。"
        then = "请把缺的也扫上，先后不限。"
    return Refused(
        f"manifest-{error.reason.replace('_', '-')}",
        what="没有读成内件清单。",
        why=why,
        next=then,
    )


def _clock(error: ClockSetBack) -> Explained:
    last, now = (local(at).strftime("%Y-%m-%d %H:%M:%S") for at in (error.last, error.now))
    return Refused(
        "clock-set-back",
        what="本机时钟被拨回，暂停办理。",
        why=f"上一笔账记于 {last}，现在时钟是 {now}，差了五分钟以上。",
        next="请校正时钟；若上一笔的时间才是错的，请值班长办“确认时钟”。（命令：clock accept）",
    )


def _store(error: StoreFailed) -> Explained:
    why, then = STORE_REASONS[error.reason]
    detail = f"（{error.detail}）" if error.detail else ""
    return OutsideFailed(
        f"store-{error.reason.replace('_', '-')}",
        what="账本没有写成或读成，这一步没有办成。",
        why=f"{why}{detail}",
        next=then,
    )


def _seal(error: SealBroken) -> Explained:
    return OutsideFailed(
        "seal-broken",
        what="一项加密的个人信息打不开。",
        why=f"密钥不对，或这一项被改动、被挪到了别的行：{error}。",
        next="请审计员核验留痕账，查明是哪一行，并联系管理员。（命令：journal verify）",
    )


def wording(error: DocumentError) -> str:
    """What is wrong with a wording, and in which line of it."""
    place = f"第 {error.line} 行：" if error.line else ""
    match error:
        case TemplateFault():
            found = f"写的是“{error.detail[:_LONGEST_DETAIL]}”。" if error.detail else ""
            return f"{place}{SLIPS[error.slip]}{found}"
        case MissingFact():
            return f"{place}没有“{error.fact}”这一项事实。"
        case WrongFact():
            return f"{place}“{error.fact}”是一张清单，却当作一段文字，或者相反。"
        case UnknownDocument():
            return "没有这种文书。"
    return f"{place}{error.problem}。"


def _form(error: Exception) -> Explained:
    why = f"{error.document}：{wording(error)}" if isinstance(error, DocumentError) else str(error)
    return OutsideFailed(
        "form-broken",
        what="文书或事项的文件有误，不能使用。",
        why=why,
        next="请管理员改正该文件。",
    )
