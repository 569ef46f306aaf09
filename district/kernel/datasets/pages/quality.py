"""Quality: scores of all resources; of one with its trend and rules; a rule to change; rows that fail."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import OuterRef, Subquery
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseForbidden
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from district.kernel.datasets.lake_rows import NoVersion
from district.kernel.datasets.models import Dimension, QualityRule, QualityScore, Resource, RuleKind, Version
from district.kernel.datasets.pages.quality_form import RuleForm
from district.kernel.datasets.posts import may_offer, visible_resources
from district.kernel.datasets.quality import actions
from district.kernel.datasets.quality.failing import check_in, failing_rows, masks_of, may_see, sees_all
from district.kernel.datasets.quality.outcome import weakest
from district.kernel.datasets.quality.score import DIMENSIONS, LEAST_TOTAL
from district.kernel.datasets.quality.words import condition
from district.kernel.datasets.versions import ROWS_A_VERSION
from district.kernel.people.access import allow
from district.kernel.people.audit import record_look
from district.kernel.people.refused import Refused
from district.kernel.ui.chart import Limit, Line, Trace
from district.kernel.ui.form import PageForm
from district.kernel.ui.render import page
from district.kernel.ui.table import Column, Table

TREND = 60
YES_NO = {True: gettext_lazy("是"), False: gettext_lazy("否")}


@allow("staff")
@require_safe
def quality(request: HttpRequest) -> HttpResponseBase:
    """The last score of every resource the reader may see."""
    last = QualityScore.objects.filter(resource=OuterRef("pk"))
    found = visible_resources(request.user).annotate(last=Subquery(last.values("pk")[:1])).exclude(last=None)
    scores = QualityScore.objects.in_bulk([each.last for each in found])
    rows = [_row(each, scores[each.last]) for each in found.select_related("provider")]
    table = Table(
        "quality",
        columns=[
            Column("title", _("资源"), filter="text", link=lambda row: reverse("datasets:resource_quality", args=[row["pk"]])),
            Column("provider", _("提供方"), filter="choice"),
            Column("total", _("总分"), format=1, filter="number"),
            *(Column(kind, Dimension(kind).label, format="percent", filter="number") for kind in DIMENSIONS),
            Column("weakest", _("最弱维度"), filter="choice", choices=dict(Dimension.choices)),
            Column("at", _("评价时间"), format="moment", filter="date"),
        ],
        source=rows, order="total", title=_("数据质量"), empty=_("还没有评分"),
    )  # fmt: skip
    below = sum(row["total"] < LEAST_TOTAL for row in rows)
    context = {"table": table, "below": below, "count": len(rows), "mark": LEAST_TOTAL}
    return table.respond(request) or page(request, "datasets/quality.html", context)


def _row(resource: Resource, score: QualityScore) -> dict[str, Any]:
    return {
        "pk": resource.pk, "title": resource.title, "provider": resource.provider.name, "total": score.total,
        "at": score.at, "weakest": weakest(score), **{kind: _points(score.shares.get(kind)) for kind in DIMENSIONS},
    }  # fmt: skip


@allow("staff")
@require_safe
def resource_quality(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One resource: its trend, how the last delivery stood the test, its rules."""
    resource = get_object_or_404(visible_resources(request.user), pk=pk)
    scores = list(resource.scores.select_related("version")[:TREND])[::-1]
    judged = next((each for each in reversed(scores) if each.version_id), None)
    titles = dict(resource.items.values_list("name", "title"))
    results = _results(judged, titles, request.user)
    rules = _rules(resource, titles)
    context = {
        "resource": resource, "score": scores[-1] if scores else None, "judged": judged, "trend": _trend(scores),
        "results": results, "rules": rules, "kinds": RuleKind.choices, "dimensions": dict(Dimension.choices),
        "is_editable": may_offer(request.user, resource.provider),
    }  # fmt: skip
    answer = results.respond(request) or rules.respond(request)
    return answer or page(request, "datasets/resource_quality.html", context)


def _trend(scores: list[QualityScore]) -> Line | None:
    if len(scores) < 2:
        return None
    measured = [kind for kind in DIMENSIONS if any(kind in each.shares for each in scores)]
    shares = [
        Trace(Dimension(kind).label, [_points(each.shares.get(kind)) for each in scores], dashed=True)
        for kind in measured
    ]
    return Line(
        title=_("质量走势"), x=[each.at for each in scores], unit="分", decimals=1,
        traces=[Trace(_("总分"), [each.total for each in scores]), *shares],
        limits=[Limit(_("提醒线"), LEAST_TOTAL)],
    )  # fmt: skip


def _points(share: float | None) -> float | None:
    return None if share is None else 100 * share


def _results(score: QualityScore | None, titles: dict[str, str], account: Any) -> Table:
    is_shown = score is not None and score.version is not None and may_see(account, score.version)

    def link(row: dict[str, Any]) -> str | None:
        if not is_shown or not row["failing"] or row["kind"] == "freshness":
            return None
        assert score is not None
        return reverse("datasets:failing_rows", args=[score.pk, row["key"]])

    rows = [
        {
            **each, "item": titles.get(each["item"], each["item"]), "what": condition(each["kind"], each["parameters"], titles),
            "share": 100 * (1 - each["failing"] / each["checked"]) if each["checked"] else None,
        }
        for each in (score.results if score else [])
    ]  # fmt: skip
    return Table(
        "results",
        columns=[
            Column("item", _("信息项"), filter="text"),
            Column("kind", _("规则"), filter="choice", choices=dict(RuleKind.choices)),
            Column("what", _("要求"), sortable=False),
            Column("dimension", _("维度"), filter="choice", choices=dict(Dimension.choices)),
            Column("checked", _("检查行数"), format=0),
            Column("failing", _("不合格行数"), format=0, link=link),
            Column("share", _("合格率"), format="percent"),
            Column("is_blocking", _("不合格不入库"), choices=YES_NO, shown=False),
            Column("problem", _("问题"), sortable=False, shown=False),
        ],
        source=rows, order="share", title=_("最近一次交付"), empty=_("还没有可检查的交付"),
    )  # fmt: skip


def _rules(resource: Resource, titles: dict[str, str]) -> Table:
    return Table(
        "rules",
        columns=[
            Column("kind", _("规则"), filter="choice", choices=dict(RuleKind.choices),
                   link=lambda row: reverse("datasets:quality_rule", args=[row.pk])),
            Column("item", _("信息项"), filter="text", format=lambda item: str(titles.get(item, item))),
            Column("what", _("要求"), sortable=False, value=lambda row: condition(row.kind, row.parameters, titles)),
            Column("dimension", _("维度"), filter="choice", choices=dict(Dimension.choices)),
            Column("is_blocking", _("不合格不入库"), filter="choice", choices=YES_NO),
            Column("least_share", _("最低合格率"), format=2),
            Column("is_active", _("启用"), filter="choice", choices=YES_NO),
            Column("changed_at", _("修改时间"), format="moment", shown=False),
        ],
        source=QualityRule.objects.filter(resource=resource), order="pk", title=_("质量规则"),
        empty=_("还没有另设规则；必填、主键、代码表和号码格式按信息项自动检查"),
    )  # fmt: skip


@allow("staff")
@require_http_methods(["GET", "HEAD", "POST"])
def new_quality_rule(request: HttpRequest, pk: int, kind: str) -> HttpResponseBase:
    resource = get_object_or_404(visible_resources(request.user), pk=pk)
    if kind not in RuleKind.values:
        raise Http404(kind)
    return _edited(request, QualityRule(resource=resource, kind=kind))


@allow("staff")
@require_http_methods(["GET", "HEAD", "POST"])
def quality_rule(request: HttpRequest, pk: int) -> HttpResponseBase:
    found = get_object_or_404(QualityRule, pk=pk, resource__in=visible_resources(request.user))
    return _edited(request, found)


def _edited(request: HttpRequest, rule: QualityRule) -> HttpResponseBase:
    if not may_offer(request.user, rule.resource.provider):
        return HttpResponseForbidden(_("只有提供方和数据管理员可以维护质量规则"))
    form = PageForm(RuleForm(rule, request.POST or None), submit=_("保存"), columns=2)
    if request.method == "POST" and form.is_valid():
        try:
            _save(rule, request.user, form.form)
        except Refused as refusal:
            form.form.add_error(refusal.field if refusal.field in form.form.fields else None, str(refusal))
        else:
            messages.success(request, _("规则已保存，从下一次交付起检查"))
            return redirect("datasets:resource_quality", rule.resource_id)
    context = {"rule": rule, "form": form, "kind": RuleKind(rule.kind).label}
    return page(request, "datasets/quality_rule.html", context, status=422 if form.form.is_bound else 200)


def _save(rule: QualityRule, account: Any, form: Any) -> None:
    given = {key: form.cleaned_data[key] for key in ("is_blocking", "least_share", "note")}
    given["parameters"] = form.parameters()
    if rule.pk:
        actions.change_rule(rule, account, **given)
    else:
        item = form.cleaned_data.get("item", "")
        actions.add_rule(rule.resource, account, kind=rule.kind, item=item, **given)


@allow("staff")
@require_POST
def switch_quality_rule(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Suspends a rule, or takes it up again."""
    rule = get_object_or_404(QualityRule, pk=pk, resource__in=visible_resources(request.user))
    try:
        (actions.suspend_rule if rule.is_active else actions.resume_rule)(rule, request.user)
    except Refused as refusal:
        return HttpResponseForbidden(str(refusal))
    messages.success(request, _("规则已启用") if rule.is_active else _("规则已停用"))
    return redirect("datasets:resource_quality", rule.resource_id)


@allow("staff")
@require_safe
def failing_rows_page(request: HttpRequest, pk: int, key: str) -> HttpResponseBase:
    """The rows that broke a rule, for the provider and the steward; sensitive items masked for the latter."""
    score = get_object_or_404(QualityScore.objects.select_related("version__resource__provider"), pk=pk)
    version, check = score.version, check_in(score, key)
    if version is None or check is None:
        raise Http404(key)
    if not may_see(request.user, version):
        return HttpResponseForbidden(_("不合格数据只给提供方和数据管理员看"))
    if sees_all(request.user, version) and masks_of(version):
        record_look(
            request.user, "resource", version.resource.name, "data_quality", sorted(masks_of(version))
        )
    table = _failing(version, check, request.user)
    titles = {column["name"]: column["title"] for column in version.schema}
    context = {
        "table": table, "version": version, "resource": version.resource, "kind": RuleKind(check.kind).label,
        "item": titles.get(check.item, ""), "what": condition(check.kind, check.parameters, titles),
    }  # fmt: skip
    return table.respond(request) or page(request, "datasets/failing_rows.html", context)


def _place(row: int) -> str:
    """The version a row first came with, and its place in that delivery."""
    return f"v{row // ROWS_A_VERSION} · {row % ROWS_A_VERSION + 1}"


def _failing(version: Version, check: Any, account: Any) -> Table:
    try:
        rows = list(failing_rows(version, check, account))
    except NoVersion:
        rows = []
    return Table(
        "failing",
        columns=[
            Column("_row", _("行号"), format=_place),
            *(Column(column["name"], column["title"], filter="text" if column["type"] == "text" else "")
              for column in version.schema),
        ],
        source=rows, order="_row", title=_("不合格数据"), empty=_("数据已清除，或已没有不合格的行"),
    )  # fmt: skip
