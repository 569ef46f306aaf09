"""人员变动与权限清理: notices of the personnel office, how fast rights were withdrawn, what should be gone and is not."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from district.kernel.clock import now
from district.kernel.people.refused import Refused
from district.kernel.ui.chart import Bar, Limit, Trace
from district.kernel.ui.overview import Figure
from district.kernel.ui.render import page
from district.kernel.ui.routing import part
from district.kernel.ui.table import Column, Table

from ...models import StaffNotice
from ..acting import acted, form_of, is_keeper, pressed, shown, simulated, status_of
from ..fields import MomentField, UnitField
from ..people.measuring import minutes_taken, withdrawn_in_time
from ..people.notices import COLUMNS, Notice, give_notice, read_list, withdraw_notice
from ..people.orphans import orphans

STATE_COLOURS = {
    "waiting": "azure",
    "done": "green",
    "nothing": "secondary",
    "refused": "red",
    "withdrawn": "secondary",
}
KINDS = {
    "leaver": gettext_lazy("离职人员仍有权限"),
    "notice": gettext_lazy("通知未执行"),
    "access": gettext_lazy("供应商超期"),
    "role": gettext_lazy("角色已不存在"),
    "unit": gettext_lazy("账号无单位"),
    "expired": gettext_lazy("职责已过期"),
    "idle": gettext_lazy("长期未用"),
    "secret": gettext_lazy("密钥须更换"),
}
MOST_BYTES = 500_000


class NoticeForm(forms.Form):
    kind = forms.ChoiceField(label=gettext_lazy("事项"), choices=StaffNotice.Kind.choices, initial="left")
    username = forms.CharField(label=gettext_lazy("工号"), max_length=40)
    effective_at = MomentField(label=gettext_lazy("生效时间"), initial=now)
    organisation = UnitField(label=gettext_lazy("到任单位"), required=False)
    reason = forms.CharField(label=gettext_lazy("依据（文号）"), max_length=120)


class ListForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("人事名单（CSV）"), widget=forms.FileInput(attrs={"accept": ".csv"})
    )

    def clean_file(self) -> str:
        upload = self.cleaned_data["file"]
        if upload.size > MOST_BYTES:
            raise forms.ValidationError(_("名单不能超过 500 KB"), code="too_large")
        content = upload.read()
        for encoding in ("utf-8-sig", "gb18030"):
            try:
                return str(content.decode(encoding))
            except UnicodeDecodeError:
                continue
        raise forms.ValidationError(_("名单的编码须为 UTF-8 或 GB18030"), code="encoding")


def staff_changes(request: HttpRequest) -> HttpResponseBase:
    back = reverse("programme:staff_changes")
    notice_form, list_form = form_of(request, "give", NoticeForm), form_of(request, "list", ListForm)
    done = acted(
        request, notice_form, "give", lambda said: give_notice(request.user, Notice(**said)), back
    ) or acted(
        request, list_form, "list", lambda said: _take_list(request, said["file"]), back, _("名单已处理")
    )
    if done is None and request.GET.get("notice", "").isdigit():
        notice = get_object_or_404(StaffNotice, pk=request.GET["notice"])
        done = pressed(request, {"withdraw": lambda: withdraw_notice(request.user, notice)}, back)
    rows = StaffNotice.objects.select_related("given_by", "organisation", "case", "account")
    table = Table(
        "notices",
        title=_("人事通知"),
        source=rows,
        order="-given_at",
        per_page=20,
        empty=_("没有人事通知"),
        columns=[
            Column("username", _("工号"), filter="text"),
            Column("kind", _("事项"), filter="choice", choices=dict(StaffNotice.Kind.choices)),
            Column("effective_at", _("生效时间"), format="moment", filter="date"),
            Column("reason", _("依据"), filter="text"),
            Column("given_by.name", _("通知人")),
            Column("given_at", _("通知时间"), format="moment"),
            Column(
                "state",
                _("状态"),
                filter="choice",
                choices=dict(StaffNotice.State.choices),
                badge=STATE_COLOURS,
            ),
            Column("done_at", _("执行时间"), format="second"),
            Column("minutes", _("用时（分钟）"), sortable=False, value=minutes_taken, format=1),
            Column("ended", _("收回"), sortable=False, format=_ended),
            Column("problem", _("原因")),
            Column(
                "case.number",
                _("交接办件"),
                link=lambda row: reverse("cases:case", args=[row.case.number]) if row.case else None,
            ),
            simulated(),
        ],
    )
    answer = done or table.respond(request)
    if answer is not None:
        return answer
    in_time, total = withdrawn_in_time()
    left = len(orphans())
    waiting = rows.filter(state=StaffNotice.State.WAITING).first() if is_keeper(request) else None
    return page(
        request,
        "programme/security/desk.html",
        {
            "title": _("人员变动"),
            "tables": [table],
            "charts": [_minutes(rows)],
            "lead": _(
                "调动、离职到生效时间由平台自动收回会话、职责、令牌和采集手机，1 小时内完成；逐条计时。"
            ),
            "figures": [
                Figure(
                    _("1 小时内收回"),
                    f"{in_time}/{total}" if total else _("无数据"),
                    colour="d-good" if in_time == total else "d-bad",
                ),
                Figure(_("待生效通知"), rows.filter(state="waiting").count()),
                Figure(
                    _("应清理的权限"),
                    left,
                    colour="d-bad" if left else "d-good",
                    url=reverse("programme:orphan_rights"),
                ),
            ],
            "links": [(_("权限清理"), reverse("programme:orphan_rights"))],
            "posts": [
                (_("撤回 %(n)s 的待生效通知") % {"n": waiting.username}, f"?act=withdraw&notice={waiting.pk}")
            ]
            if waiting
            else [],
            "forms": [
                shown(_("登记人事通知"), notice_form, "give", _("登记并执行")),
                shown(
                    _("导入人事名单（列：%(n)s）") % {"n": "、".join(COLUMNS)},
                    list_form,
                    "list",
                    _("导入"),
                    columns=1,
                ),
            ]
            if is_keeper(request)
            else [],
        },
        status=status_of(request),
    )


def _take_list(request: HttpRequest, text: str) -> None:
    """Each line by itself; those that cannot be taken are told with their number and reason, the rest go on."""
    taken = 0
    for line, found in read_list(text):
        try:
            if isinstance(found, Refused):
                raise found
            give_notice(request.user, found)
            taken += 1
        except Refused as refusal:
            messages.error(
                request,
                _("第 %(n)s 行：%(field)s %(value)s %(why)s")
                % {"n": line, "field": refusal.field, "value": refusal.value or "", "why": str(refusal)},
            )
    messages.info(request, _("接收 %(n)s 条") % {"n": taken})


def _ended(ended: Any) -> str:
    names = {"sessions": _("会话"), "duties": _("职责"), "tokens": _("令牌"), "phones": _("手机")}
    return (
        "、".join(f"{names[key]} {count}" for key, count in (ended or {}).items() if count and key in names)
        or "—"
    )


def _minutes(rows: Any) -> Bar:
    done = list(rows.filter(state="done").exclude(kind="joined").order_by("-done_at")[:40])[::-1]
    return Bar(
        title=_("收回权限用时"),
        unit=_("分钟"),
        decimals=2,
        x=[f"{each.username} {each.done_at.astimezone():%m-%d}" for each in done],
        traces=[Trace(_("用时"), [minutes_taken(each) for each in done])],
        limits=[Limit(_("1 小时"), 60)],
    )


@part(of="staff_changes", path="staff-changes/orphans/")
def orphan_rights(request: HttpRequest) -> HttpResponseBase:
    found = [
        {
            "kind": each.kind,
            "username": each.username,
            "name": each.name,
            "what": each.what,
            "since": each.since,
        }
        for each in orphans()
    ]
    table = Table(
        "orphans",
        title=_("应清理的权限"),
        source=found,
        order="",
        per_page=50,
        empty=_("没有：每项权限都有在岗的人"),
        columns=[
            Column("kind", _("类别"), filter="choice", choices=KINDS),
            Column("username", _("工号"), filter="text"),
            Column("name", _("姓名")),
            Column("what", _("权限"), filter="text"),
            Column("since", _("起始时间"), format="moment"),
        ],
    )
    note = (
        ("success", _("没有应清理的权限"))
        if not found
        else ("warning", _("有 %(n)s 项应清理，目标为 0") % {"n": len(found)})
    )
    return table.respond(request) or page(
        request,
        "programme/security/desk.html",
        {
            "title": _("权限清理"),
            "tables": [table],
            "notes": [note],
            "links": [(_("人员变动"), reverse("programme:staff_changes"))],
        },
    )
