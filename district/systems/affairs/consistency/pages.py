"""数据核实: what different sources say differently, and who settles it by when."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from district.kernel.clock import now
from district.kernel.datasets.models import Grade
from district.kernel.forms.models import Register, RegisterItem
from district.kernel.people import masking
from district.kernel.people.access import may
from district.kernel.people.audit import record_look
from district.kernel.people.models import Organisation
from district.kernel.people.refused import Refused
from district.kernel.ui.form import PageForm
from district.kernel.ui.render import page
from district.kernel.ui.routing import part
from district.kernel.ui.table import Column, Table

from ..models import Contradiction, ItemRule
from .forms import PassOnForm, RuleForm, SettleForm
from .queries import contradictions_visible_to, figures_of, items_of
from .settling import may_settle, pass_on, settle

STATES = {Contradiction.State.OPEN: "orange", Contradiction.State.SETTLED: "green", Contradiction.State.GONE: "secondary"}
STAFF = ("affairs.clerk", "affairs.town", "affairs.asker", "affairs.manager")


def consistency(request: HttpRequest) -> HttpResponseBase:
    rows = contradictions_visible_to(request.user)
    titles = dict(RegisterItem.objects.filter(register__in=rows.values("entity__register")).values_list("name", "title"))
    sees_names = may(request.user, *STAFF)
    table = Table("contradictions", [
        Column("entity.register.title", _("台账"), filter="choice"),
        Column("entity.label", _("记录"), format="" if sees_names else masking.person_name,
               link=lambda row: reverse("affairs:contradiction", args=[row.pk])),
        Column("item", _("信息项"), choices=titles, filter="choice"),
        Column("rule_id", _("问题"), value=_rule_words),
        Column("state", _("状态"), choices=dict(Contradiction.State.choices), badge=STATES, filter="choice"),
        Column("settler.name", _("核实单位")),
        Column("found_at", _("发现时间"), format="moment", filter="date"),
        Column("case.due_at", _("期限"), format="moment"),
        Column("settled_at", _("核定时间"), format="moment", shown=False),
        Column("division_code", _("区划代码"), filter="text", shown=False),
    ], rows, order="-found_at", title=_("数据矛盾"), empty=_("没有发现矛盾"),
        row_class=lambda row: "table-warning" if _is_late(row) else "")  # fmt: skip
    return table.respond(request) or page(request, "affairs/consistency/consistency.html", {
        "table": table, "figures": figures_of(rows), "keeps_rules": may(request.user, "affairs.manager"),
    })  # fmt: skip


@part(of="consistency", path="consistency/<int:pk>/", methods=("GET", "POST"))
def contradiction(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The values side by side: who says what since when; whoever may, settles."""
    row = get_object_or_404(contradictions_visible_to(request.user), pk=pk)
    item = items_of([row]).get((row.entity.register_id, row.item))
    settles = row.state == Contradiction.State.OPEN and may_settle(request.user, row)
    is_masked = bool(item and item.grade >= Grade.THREE and not settles)
    form = _settle_form(request, row, item) if settles else None
    passing = PageForm(PassOnForm(prefix="pass"), action=reverse("affairs:contradiction_pass", args=[pk]),
                       submit=_("转村核实") if not row.is_village else _("转数源部门核实"))  # fmt: skip
    if form is not None and request.method == "POST" and form.is_valid():
        chosen: Any = form.form
        return _done(request, row, lambda: settle(row, chosen.settled, request.user, chosen.cleaned_data["note"]))
    if item and item.grade >= Grade.THREE and not is_masked:
        record_look(request.user, "forms.entity", row.entity_id, _("核实数据矛盾"), (row.item,))
    return page(request, "affairs/consistency/contradiction.html", {
        "row": row, "item": item, "title": item.title if item else row.item,
        "label": row.entity.label if may(request.user, *STAFF) else masking.person_name(row.entity.label),
        "claims": [_shown(claim, item, is_masked) for claim in row.said],
        "value": _words(row.value, item, is_masked), "form": form,
        "passing": passing if settles and _can_pass(row, item) else None,
        "colours": STATES, "is_late": _is_late(row),
    })  # fmt: skip


@part(of="consistency", path="consistency/<int:pk>/pass/", methods=("POST",), roles=("clerk", "town", "asker", "manager"))
def contradiction_pass(request: HttpRequest, pk: int) -> HttpResponseBase:
    row = get_object_or_404(contradictions_visible_to(request.user), pk=pk)
    form = PassOnForm(request.POST, prefix="pass")
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    return _done(request, row, lambda: pass_on(row, request.user, reason))


@part(of="consistency", path="consistency/rules/", roles=("manager",))
def item_rules(request: HttpRequest) -> HttpResponseBase:
    rules = ItemRule.objects.select_related("register")
    titles = dict(RegisterItem.objects.filter(register__in=rules.values("register")).values_list("name", "title"))
    table = Table("rules", [
        Column("register.title", _("台账"), filter="choice"), Column("item", _("信息项"), choices=titles),
        Column("kind", _("规则"), choices=dict(ItemRule.Kind.choices)),
        Column("order", _("关系"), choices=dict(ItemRule.Order.choices)), Column("other", _("另一信息项"), choices=titles),
        Column("absolute", _("允许相差"), format="number"), Column("percent", _("允许相差（%）"), format="number"),
        Column("within_days", _("多少天内比较"), format=0),
        Column("is_active", _("启用"), link=lambda row: reverse("affairs:item_rule", args=[row.pk])),
    ], rules, order="register.title", title=_("一致性规则"),
        empty=_("还没有另设规则：各处说法不同即为矛盾"))  # fmt: skip
    return table.respond(request) or page(request, "affairs/consistency/rules.html", {
        "table": table, "registers": Register.objects.order_by("title"),
    })  # fmt: skip


@part(of="consistency", path="consistency/rules/new/<int:register>/", methods=("GET", "POST"), roles=("manager",))
def new_item_rule(request: HttpRequest, register: int) -> HttpResponseBase:
    of = get_object_or_404(Register, pk=register)
    form = PageForm(RuleForm(request.POST or None, register=of), submit=_("保存规则"),
                    cancel=reverse("affairs:item_rules"), columns=2)  # fmt: skip
    if request.method == "POST" and form.is_valid():
        made: Any = form.form
        made.instance.created_by = request.user
        made.save()
        messages.success(request, _("规则已保存，下次比对时生效"))
        return redirect("affairs:item_rules")
    return page(request, "affairs/consistency/rule.html", {"form": form, "register": of, "rule": None})


@part(of="consistency", path="consistency/rules/<int:pk>/", methods=("GET", "POST"), roles=("manager",))
def item_rule(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One rule, to be stopped or taken up again; what it found stays."""
    rule = get_object_or_404(ItemRule.objects.select_related("register"), pk=pk)
    if request.method == "POST":
        rule.is_active = not rule.is_active
        rule.save(update_fields=("is_active",))
        return redirect("affairs:item_rules")
    return page(request, "affairs/consistency/rule.html", {
        "rule": rule, "register": rule.register, "form": None,
        "titles": dict(rule.register.items.values_list("name", "title")),
    })  # fmt: skip


def _settle_form(request: HttpRequest, row: Contradiction, item: RegisterItem | None) -> PageForm:
    claims = row.said[:1] if row.rule_id else row.said
    values = {claim["value"]: _words(claim["value"], item, False) for claim in claims}
    data = request.POST if request.method == "POST" else None
    return PageForm(SettleForm(data, values=list(values.items())), submit=_("核定"),
                    confirm=_("核定后各处以此为准，原来的说法不再引起核实。继续？"))  # fmt: skip


def _done(request: HttpRequest, row: Contradiction, act: Any) -> HttpResponseBase:
    try:
        act()
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("已办理"))
    back = contradictions_visible_to(request.user).filter(pk=row.pk).exists()
    return redirect("affairs:contradiction", row.pk) if back else redirect("affairs:consistency")


def _shown(claim: dict[str, Any], item: RegisterItem | None, is_masked: bool) -> dict[str, Any]:
    unit = Organisation.objects.filter(pk=claim["organisation"]).first() if claim["organisation"] else None
    return claim | {
        "value": _words(claim["value"], item, is_masked), "at": datetime.fromisoformat(claim["at"]),
        "unit": unit.label if unit else "", "is_source": claim["origin"].startswith("source:"),
    }  # fmt: skip


def _words(value: str, item: RegisterItem | None, is_masked: bool) -> str:
    if is_masked:
        return masking.HIDDEN * 4
    return str(item.choices.get(value, value)) if item else value


def _can_pass(row: Contradiction, item: RegisterItem | None) -> bool:
    return bool(item and item.holder_id) if row.is_village else bool(row.division_code)


def _rule_words(row: Contradiction) -> str:
    return _("各处说法不同") if row.rule is None else _("两项大小不合")


def _is_late(row: Contradiction) -> bool:
    due = row.case.due_at if row.case else None
    return row.state == Contradiction.State.OPEN and due is not None and due < now()
