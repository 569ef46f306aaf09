"""Rules: the list, and one to change; and times of silence."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseForbidden
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from district.kernel.alerts import actions
from district.kernel.alerts.models import Rule, Suppression
from district.kernel.alerts.models.rules import KINDS, SEVERITIES
from district.kernel.alerts.pages.alarms import SEVERITY_COLOURS, system_names
from district.kernel.alerts.pages.rule_form import RuleForm
from district.kernel.alerts.queries import may_change
from district.kernel.clock import now
from district.kernel.devices.models import Device
from district.kernel.people.access import OPERATOR, allow
from district.kernel.ui.form import PageForm
from district.kernel.ui.render import page
from district.kernel.ui.saying import said
from district.kernel.ui.table import Column, Table

PERIODS = {"realtime": gettext_lazy("实时"), "minute": gettext_lazy("分钟"), "hour": gettext_lazy("小时"),
           "day": gettext_lazy("日")}


@allow("staff")
@require_safe
def rules(request: HttpRequest) -> HttpResponseBase:
    table = Table(
        "rules",
        columns=[
            Column("name", _("名称"), filter="text", format=said, link=lambda row: reverse("alerts:rule", args=[row.pk])),
            Column("system", _("系统"), filter="choice", choices=system_names()),
            Column("kind", _("类型"), filter="choice", choices=dict(KINDS)),
            Column("severity", _("级别"), filter="choice", choices=dict(SEVERITIES), badge=SEVERITY_COLOURS),
            Column("item", _("监测项目"), filter="text", value=lambda row: row.item_name or row.item, format=said),
            Column("period", _("周期"), filter="choice", choices=PERIODS),
            Column("is_enabled", _("启用"), filter="choice", choices={True: _("是"), False: _("否")}),
            Column("changed_at", _("修改时间"), format="moment", shown=False),
        ],
        source=Rule.objects.all(), order="name", title=_("告警规则"), empty=_("还没有规则"),
    )
    return table.respond(request) or page(request, "alerts/rules.html", {"table": table, "kinds": KINDS})


@allow(OPERATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def new_rule(request: HttpRequest, kind: str) -> HttpResponseBase:
    if kind not in dict(KINDS):
        raise Http404(kind)
    return _edited(request, Rule(kind=kind))


@allow("staff")
@require_http_methods(["GET", "HEAD", "POST"])
def rule(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Everybody on duty may read a rule; the operator and those it tells may change it."""
    found = get_object_or_404(Rule, pk=pk)
    if request.method == "POST" and not may_change(request.user, found):
        return HttpResponseForbidden(_("您没有修改这条规则的权限"))
    return _edited(request, found)


def _edited(request: HttpRequest, found: Rule) -> HttpResponseBase:
    form = PageForm(RuleForm(found.kind, request.POST or None, instance=found), submit=_("保存"), columns=2)
    if request.method == "POST" and form.is_valid():
        found.changed_by_id, found.changed_at = request.user.pk, now()
        form.form.save()
        messages.success(request, _("规则已保存，数秒内在网关生效"))
        return redirect("alerts:rule", found.pk)
    history: Any = found.events.order_by("-pgh_id")[:20] if found.pk else []
    status = 422 if form.form.is_bound else 200
    return page(request, "alerts/rule.html", {
        "rule": found, "form": form, "kind": dict(KINDS)[found.kind], "history": history,
        "is_editable": found.pk is None or may_change(request.user, found),
    }, status=status)


class SuppressionForm(forms.Form):
    """A device (by its code), or a rule, or both."""

    device = forms.CharField(label=gettext_lazy("设备编码"), required=False, max_length=64)
    rule = forms.ModelChoiceField(Rule.objects.all(), label=gettext_lazy("规则"), required=False)
    start_at = forms.DateTimeField(
        label=gettext_lazy("开始时间"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"})
    )
    end_at = forms.DateTimeField(
        label=gettext_lazy("结束时间"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"})
    )
    reason = forms.CharField(label=gettext_lazy("原因"), max_length=200)

    def clean_device(self) -> int | None:
        code = self.cleaned_data["device"].strip()
        if not code:
            return None
        device = Device.objects.filter(code=code).first()
        if device is None:
            raise forms.ValidationError(_("没有编码为 %(code)s 的设备") % {"code": code})
        return device.pk


@allow("staff")
@require_http_methods(["GET", "HEAD", "POST"])
def suppressions(request: HttpRequest) -> HttpResponseBase:
    """Times of silence, and the form for a new one; for the operator and those the alarms of a rule tell."""
    form = PageForm(SuppressionForm(request.POST or None), submit=_("设置抑制"), columns=2)
    if request.method == "POST" and form.is_valid():
        given = dict(form.form.cleaned_data)
        try:
            actions.suppress(request.user, device_id=given.pop("device"), **given)
        except actions.Refused as refusal:
            form.form.add_error(None, str(refusal))
        else:
            messages.success(request, _("已设置"))
            return redirect("alerts:suppressions")
    names = dict(Device.objects.values_list("pk", "name"))
    table = Table(
        "suppressions",
        columns=[
            Column("start_at", _("开始时间"), format="moment", filter="date"),
            Column("end_at", _("结束时间"), format="moment", filter="date"),
            Column("device_id", _("设备"), format=lambda pk: names.get(pk, str(pk))),
            Column("rule.name", _("规则"), filter="text"),
            Column("reason", _("原因"), filter="text"),
            Column("by.name", _("设置人"), filter="text"),
        ],
        source=Suppression.objects.select_related("rule", "by"), order="-start_at", title=_("告警抑制"),
        empty=_("没有抑制"),
    )
    status = 422 if form.form.is_bound else 200
    context = {"table": table, "form": form}
    return table.respond(request) or page(request, "alerts/suppressions.html", context, status=status)
