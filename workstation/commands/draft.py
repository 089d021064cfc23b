"""Noun `draft` 草稿: what is being typed; begun, saved, parked, gone on with, discarded."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from workstation.acts import drafts
from workstation.acts.drafts import Listing
from workstation.commands import output, shown
from workstation.commands.output import Result
from workstation.commands.parser import Verbs, argument
from workstation.commands.session import Context
from workstation.domain.draft import KINDS, Draft, word
from workstation.domain.times import minute
from workstation.errors import WrongUsage

HELP = "草稿：列出、查看、保存、搁置、继续、丢弃"

#: Stands in the examples.
_SAMPLE = "d03-261120-090012-7"

_ID = argument("id", metavar="草稿号", help="如 d03-261120-090012-7")
_STATE = argument("--state", choices=("open", "parked"), help="只列这个状态：open 填写中，parked 已搁置")
_YES = argument("--yes", action="store_true", help="确定丢弃")
_SAVE = (
    argument("--kind", choices=tuple(KINDS), help="开始一份新草稿：种类"),
    argument("--object", metavar="编号", help="新草稿关于哪一件"),
    argument("--id", metavar="草稿号", help="改写已有的草稿"),
)
EXAMPLE = {"item": "59", "applicant": {"name": "覃"}, "remark": "可以只填一半"}

#: Fields whose values say nothing about a person; all others are shown masked.
_CLEAR = frozenset(
    {"item", "basis_place", "id_kind", "row", "form", "copies", "pages", "office", "code", "division"}
    | {"postcode", "defects", "not_applicable", "piece", "outcome", "result_mode", "consignments", "without"}
)


def register(verbs: Verbs) -> None:
    """The verbs of drafts."""
    verbs.add(
        "list", _list, help="列出本人和本窗口的草稿", shows="--state parked --as 1001", arguments=[_STATE]
    )
    verbs.add(
        "show", _show, help="显示一份草稿的各栏，个人信息遮盖", shows=f"{_SAMPLE} --as 1001", arguments=[_ID]
    )
    verbs.add(
        "save",
        _save,
        help="保存：新开一份或改写一份（--json -）",
        shows=(
            "--kind intake --json - --as 1001 < 收件.json",
            f"--id {_SAMPLE} --json - --as 1001 < 收件.json",
        ),
        arguments=_SAVE,
        reads=(dict, EXAMPLE),
    )
    verbs.add("park", _park, help="搁置", shows=f"{_SAMPLE} --as 1001", arguments=[_ID])
    verbs.add("resume", _resume, help="继续填写", shows=f"{_SAMPLE} --as 1001", arguments=[_ID])
    verbs.add(
        "discard", _discard, help="丢弃，找不回来", shows=f"{_SAMPLE} --yes --as 1001", arguments=[_ID, _YES]
    )


def _list(context: Context, args: Namespace) -> Result:
    found = drafts.listed(context.at_window(), state=args.state)
    rows = [
        (d.id, word(d.kind), d.object, f"{d.operator}（{d.window} 号窗口）", _state(d), minute(d.changed_at))
        for d in found.drafts
    ]
    text = output.table(("草稿号", "种类", "对象", "谁开始的", "状态", "改于"), rows)
    data = {"drafts": [_plain(draft) for draft in found.drafts], "checked": found.checked}
    return Result(data, text=text + _unchecked(found))


def _unchecked(found: Listing) -> str:
    return "" if found.checked else "\n连不上账本：其中可能有已经办成的，恢复后会自动消失；工号没有核对密码。"


def _show(context: Context, args: Namespace) -> Result:
    draft = drafts.show(context.at_window(), args.id)
    rows = [(path, value) for path, value in _fields(_masked("", draft.body))]
    text = f"{_head(draft)}\n\n{output.table(('栏', '内容'), rows)}\n\n{_continues(draft)}"
    return Result({"draft": {**_plain(draft), "body": _masked("", draft.body)}}, text=text)


def _save(context: Context, args: Namespace) -> Result:
    if (args.kind is None) == (args.id is None) or (args.id and args.object):
        raise WrongUsage(
            "draft-which",
            what="没有说明存哪一份草稿。",
            why="新开一份写 --kind（可加 --object），改写一份只写 --id。",
            next="用 draft save --help 查看写法。",
        )
    body: Mapping[str, Any] = context.read(dict)
    desk = context.at_window()
    if args.id:
        drafts.show(desk, args.id)  # one that has been used would take the new text with it
        draft = drafts.save(desk, args.id, body, seen=context.options.seen)
    else:
        draft = drafts.begin(desk, args.kind, body, object=args.object)
    return _done(context, draft, "已保存")


def _park(context: Context, args: Namespace) -> Result:
    return _done(context, drafts.park(context.at_window(), args.id), "已搁置")


def _resume(context: Context, args: Namespace) -> Result:
    draft = drafts.resume(context.at_window(), args.id)
    return _done(context, draft, "可以继续填写", _continues(draft))


def _discard(context: Context, args: Namespace) -> Result:
    draft = drafts.discard(context.desk(), args.id, confirmed=args.yes)
    return _done(context, draft, "已丢弃")


def _done(context: Context, draft: Draft, said: str, then: str = "") -> Result:
    drafts.sync(context.at_window())
    return Result({"draft": _plain(draft)}, text=f"{said}：{_head(draft)}\n{then}".rstrip())


def _head(draft: Draft) -> str:
    about = f"，关于 {draft.object}" if draft.object else ""
    return f"草稿 {draft.id}（{_state(draft)}，第 {draft.version} 版）：{drafts.whose(draft)}{about}"


def _state(draft: Draft) -> str:
    return word(draft.state) if draft.body is not None else f"{word(draft.state)}，打不开"


def _continues(draft: Draft) -> str:
    if draft.kind == "intake":
        return f"办理：case register --draft {draft.id}（内容就取自草稿）。"
    return f"办理时加上 --draft {draft.id}，办成后草稿消失。"


def _plain(draft: Draft) -> dict[str, object]:
    """A draft without what was typed."""
    record = shown.record(draft)
    del record["title"], record["body"]
    return {**record, "opens": draft.body is not None}


def _masked(name: str, value: Any) -> Any:
    """What was typed under this name, as it may stand on a screen."""
    if isinstance(value, dict):
        return {key: _masked(key, inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_masked(name, inner) for inner in value]
    if value is None or isinstance(value, bool) or name in _CLEAR:
        return value
    return shown.mask(name, str(value))


def _fields(value: Any, path: str = "") -> Iterator[tuple[str, object]]:
    """Each value with its path, such as `applicant.name` or `materials[1].row`."""
    inner: Sequence[tuple[str, Any]] = ()
    if isinstance(value, dict):
        inner = [(f"{path}.{key}" if path else key, each) for key, each in value.items()]
    elif isinstance(value, list):
        inner = [(f"{path}[{position}]", each) for position, each in enumerate(value, start=1)]
    else:
        yield path, value
    for name, each in inner:
        yield from _fields(each, name)
