"""供应商访问: asked for, approved by another, and over by itself."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from district.kernel.clock import now
from district.kernel.people.models import AuditEntry, SignIn
from district.kernel.people.roles import all_roles, role_label
from district.kernel.ui.overview import Figure
from district.kernel.ui.render import page
from district.kernel.ui.routing import part
from district.kernel.ui.table import Column, Table

from ...models import Contract, SupplierAccess
from ..acting import acted, form_of, is_keeper, is_reader, pressed, shown, simulated, status_of
from ..fields import MomentField, UnitField
from ..people.suppliers import NEVER, Wanted, approve_access, ask_access, end_access, refuse_access

STATE_COLOURS = {"asked": "azure", "open": "green", "refused": "secondary", "ended": "secondary"}


class AccessForm(forms.Form):
    contract = forms.ModelChoiceField(label=gettext_lazy("合同"), queryset=Contract.objects.none())
    person = forms.CharField(label=gettext_lazy("人员"), max_length=40)
    username = forms.RegexField(r"^[A-Za-z0-9][A-Za-z0-9._-]{2,39}$", label=gettext_lazy("工号"))
    role = forms.ChoiceField(label=gettext_lazy("角色"))
    organisation = UnitField(label=gettext_lazy("责任单位"))
    from_at = MomentField(label=gettext_lazy("开始时间"), initial=now)
    until_at = MomentField(label=gettext_lazy("截止时间"))
    purpose = forms.CharField(label=gettext_lazy("事由"), max_length=200)

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        contract: Any = self.fields["contract"]
        contract.queryset = Contract.objects.filter(state=Contract.State.APPROVED).select_related("firm")
        role: Any = self.fields["role"]
        role.choices = [(each.key, role_label(each.key)) for each in all_roles() if each.key not in NEVER]


class RefusalForm(forms.Form):
    words = forms.CharField(label=gettext_lazy("说明"), max_length=200)


def seen_by(request: HttpRequest) -> QuerySet[SupplierAccess]:
    """Readers see all, who asks sees his own."""
    rows = SupplierAccess.objects.select_related(
        "contract__firm", "asked_by", "decided_by", "organisation", "account"
    )
    return rows if is_reader(request) else rows.filter(asked_by=request.user)


def supplier_access(request: HttpRequest) -> HttpResponseBase:
    form = form_of(request, "ask", AccessForm)
    done = acted(
        request,
        form,
        "ask",
        lambda said: ask_access(request.user, Wanted(**said)),
        reverse("programme:supplier_access"),
        _("已提交，由另一人审批"),
    )
    rows = seen_by(request)
    table = Table(
        "accesses",
        title=_("供应商访问"),
        source=rows,
        order="-asked_at",
        per_page=20,
        empty=_("没有供应商访问"),
        columns=[
            Column(
                "person",
                _("人员"),
                filter="text",
                link=lambda row: reverse("programme:supplier_access_record", args=[row.pk]),
            ),
            Column("contract.firm.name", _("单位"), filter="text"),
            Column("contract.number", _("合同"), filter="text"),
            Column("role", _("角色"), format=role_label),
            Column("from_at", _("开始时间"), format="moment"),
            Column("until_at", _("截止时间"), format="moment", filter="date"),
            Column(
                "state",
                _("状态"),
                filter="choice",
                choices=dict(SupplierAccess.State.choices),
                badge=STATE_COLOURS,
            ),
            Column("asked_by.name", _("申请人")),
            Column("decided_by.name", _("审批人")),
            Column("ended_at", _("结束时间"), format="second"),
            simulated(),
        ],
    )
    answer = done or table.respond(request)
    if answer is not None:
        return answer
    over = rows.filter(state="open", until_at__lte=now()).count()
    return page(
        request,
        "programme/security/desk.html",
        {
            "title": _("供应商访问"),
            "tables": [table],
            "lead": _("凭已批准的合同申请，另一人审批后开通；到时账号立即失效，平台每分钟收回其会话与职责。"),
            "figures": [
                Figure(_("已开通"), rows.filter(state="open").count()),
                Figure(_("待审批"), rows.filter(state="asked").count()),
                Figure(_("到期未结束"), over, colour="d-bad" if over else "d-good"),
            ],
            "forms": [shown(_("申请访问"), form, "ask", _("提交"))],
        },
        status=status_of(request),
    )


@part(of="supplier_access", path="supplier-access/<int:pk>/", methods=("GET", "POST"))
def supplier_access_record(request: HttpRequest, pk: int) -> HttpResponseBase:
    access = get_object_or_404(seen_by(request), pk=pk)
    back = reverse("programme:supplier_access_record", args=[pk])
    form = form_of(request, "refuse", RefusalForm)

    def approve() -> None:
        _opened, password = approve_access(request.user, access)
        told = {"u": access.username, "p": password}
        messages.warning(request, _("账号 %(u)s 首次登录密码（只显示这一次）：%(p)s") % told)

    done = acted(
        request, form, "refuse", lambda said: refuse_access(request.user, access, said["words"]), back
    ) or pressed(
        request, {"approve": approve, "end": lambda: end_access(request.user, access, _("提前结束"))}, back
    )
    if done is not None:
        return done
    keeper = is_keeper(request)
    may_decide = keeper and access.state == "asked" and access.asked_by_id != request.user.pk
    buttons = (
        [(_("批准并开通"), "approve", _("开通后告知首次登录密码，确定？"), "primary")] if may_decide else []
    )
    if keeper and access.state == "open":
        buttons.append((_("立即结束"), "end", _("立即收回其全部权限，确定？"), "outline-danger"))
    own = keeper and access.state == "asked" and not may_decide
    return page(
        request,
        "programme/security/record.html",
        {
            "title": access.person,
            "lead": access.purpose,
            "buttons": buttons,
            "badges": [(STATE_COLOURS[access.state], access.get_state_display())]
            + ([("secondary", _("模拟"))] if access.is_simulated else []),
            "notes": [("info", _("须由另一人审批"))] if own else [],
            "links": [(_("全部供应商访问"), reverse("programme:supplier_access"))],
            "facts": [
                (_("单位"), access.contract.firm.name),
                (_("合同"), f"{access.contract.number} {access.contract.title}"),
                (_("工号"), access.username),
                (_("角色"), role_label(access.role)),
                (_("责任单位"), access.organisation.name),
                (_("开始时间"), f"{access.from_at.astimezone():%Y-%m-%d %H:%M}"),
                (_("截止时间"), f"{access.until_at.astimezone():%Y-%m-%d %H:%M}"),
                (_("申请人"), access.asked_by.name),
                (_("审批人"), access.decided_by.name if access.decided_by else ""),
                (_("说明"), access.words),
            ],
            "forms": [shown(_("驳回"), form, "refuse", _("驳回"))] if may_decide else [],
            "tables": _log(access),
        },
        status=status_of(request),
    )


def _log(access: SupplierAccess) -> list[Table]:
    """What was done with the account: sign-ins, and every act that is audited."""
    if access.account is None:
        return []
    acts = AuditEntry.objects.filter(account_id=access.account_id)
    return [
        Table(
            "sessions",
            title=_("登录"),
            source=SignIn.objects.filter(account=access.account),
            order="-started_at",
            per_page=20,
            exports=False,
            columns=[
                Column("started_at", _("登录时间"), format="second"),
                Column("ended_at", _("结束时间"), format="second"),
                Column("end", _("结束原因"), choices=dict(SignIn.End.choices)),
                Column("address", _("网络地址")),
            ],
            empty=_("没有登录"),
        ),
        Table(
            "acts",
            title=_("行为"),
            source=acts,
            order="-seq",
            per_page=20,
            empty=_("没有行为"),
            columns=[
                Column("at", _("时间"), format="second"),
                Column("action", _("行为")),
                Column("subject", _("对象")),
                Column("result", _("结果")),
            ],
        ),
    ]
