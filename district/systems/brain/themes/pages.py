"""主题与基础库, and the three lists: 责任清单, 需求清单, 负面清单."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from district.kernel.clock import now
from district.kernel.datasets.models import Resource, Shelf
from district.kernel.datasets.pages import words
from district.kernel.datasets.posts import is_steward, offered_units
from district.kernel.grants.pages.words import ACTORS
from district.kernel.people.access import may
from district.kernel.people.refused import Refused
from district.kernel.ui.chart import Bar, Trace
from district.kernel.ui.form import PageForm
from district.kernel.ui.render import page
from district.kernel.ui.routing import part
from district.kernel.ui.table import Column, Table

from ..models import ThemeLink
from . import queries
from .actions import link_resource, unlink_resource
from .expectations import STATES, Standing

STATE_WORDS = {
    "missing": gettext_lazy("未编目"), "catalogued": gettext_lazy("已编目未挂接"), "late": gettext_lazy("更新逾期"),
    "partial": gettext_lazy("信息项不全"), "delivered": gettext_lazy("已落实"),
}  # fmt: skip
STATE_COLOURS = {
    "missing": "red",
    "catalogued": "orange",
    "late": "yellow",
    "partial": "azure",
    "delivered": "green",
}
BAR_COLOURS = {
    "missing": "#d63939", "catalogued": "#f76707", "late": "#f59f00", "partial": "#4299e1", "delivered": "#2fb344",
}  # fmt: skip
INDICATORS = {
    "hooked": (gettext_lazy("目录挂接率"), gettext_lazy("已挂接数据的资源 / 已发布的资源")),
    "on_time": (gettext_lazy("数据更新及时率"), gettext_lazy("未超过更新周期的资源 / 已入湖的资源")),
    "satisfied": (gettext_lazy("需求满足率"), gettext_lazy("同意的申请 / 已答复的申请")),
    "answered_in_time": (gettext_lazy("按时响应率"), gettext_lazy("期限内答复的申请 / 到期或已答复的申请")),
}


class LinkForm(forms.Form):
    resource = forms.CharField(label=gettext_lazy("资源代码或机器名"), max_length=120)

    def clean_resource(self) -> Resource:
        text = self.cleaned_data["resource"].strip()
        published = Resource.objects.filter(shelf=Shelf.PUBLISHED)
        found = published.filter(code=text).first() or published.filter(name=text).first()
        if found is None:
            raise forms.ValidationError(_("目录里没有已发布的资源“%(value)s”") % {"value": text})
        return found


def themes(request: HttpRequest) -> HttpResponseBase:
    """All maps: how much of each is there, and every expectation."""
    at = now()
    found = queries.all_standings(at)
    table = _table(found, _("资源落实情况"))
    answer = table.respond(request)
    if answer is not None:
        return answer
    counts = queries.counted(found)
    context = {
        "table": table, "themes": _cards(counts, "theme"), "libraries": _cards(counts, "library"),
        "charts": [_chart(counts, "theme", _("九大主题")), _chart(counts, "library", _("基础库"))],
        "indicators": [
            {"title": INDICATORS[each.key][0], "meaning": INDICATORS[each.key][1], "figure": each}
            for each in queries.indicators(at)
        ],
    }  # fmt: skip
    return page(request, "brain/themes/themes.html", context)


@part(of="themes", path="themes/<slug:kind>/<slug:key>/")
def theme(request: HttpRequest, kind: str, key: str) -> HttpResponseBase:
    """One theme or library."""
    known = _maps(kind)
    if key not in known:
        raise Http404(key)
    found = [
        each
        for each in queries.all_standings(now())
        if (each.expectation.kind, each.expectation.map) == (kind, key)
    ]
    table = _table(found, known[key])
    context = {"table": table, "title": known[key], "chart": _fields_chart(found), "standings": found}
    return table.respond(request) or page(request, "brain/themes/theme.html", context)


@part(of="themes", path="themes/expected/<slug:key>/", methods=("GET", "POST"))
def expected(request: HttpRequest, key: str) -> HttpResponseBase:
    """One expectation: its fields, the entries that answer it, and what a steward says of it."""
    found = next((each for each in queries.all_standings(now()) if each.expectation.key == key), None)
    if found is None:
        raise Http404(key)
    form = PageForm(LinkForm(request.POST or None), submit=_("认定"))
    if request.method == "POST" and form.is_valid():
        try:
            link_resource(key, form.form.cleaned_data["resource"], request.user)
        except Refused as refused:
            form.form.add_error("resource", str(refused))
        else:
            messages.success(request, _("已认定"))
            return redirect("brain:expected", key)
    units = queries.units_by_code()
    context = {
        "standing": found, "state": STATE_WORDS[found.state], "colour": STATE_COLOURS[found.state],
        "map": _maps(found.expectation.kind)[found.expectation.map],
        "units": [units[code].label if code in units else code for code in found.expectation.units],
        "links": ThemeLink.objects.filter(expectation=key).select_related("resource", "by"),
        "form": form if is_steward(request.user) else None,
    }  # fmt: skip
    return page(request, "brain/themes/expected.html", context, status=422 if form.form.is_bound else 200)


@part(of="themes", path="themes/links/<int:pk>/remove/", methods=("POST",), roles=("steward",))
def remove_link(request: HttpRequest, pk: int) -> HttpResponseBase:
    link = get_object_or_404(ThemeLink.objects.select_related("resource"), pk=pk)
    unlink_resource(link, request.user)
    messages.success(request, _("已取消认定"))
    return redirect("brain:expected", link.expectation)


def duties(request: HttpRequest) -> HttpResponseBase:
    """责任清单: what each department owes; a department's own officer sees its own first."""
    units = queries.units_by_code()
    rows = [
        {**_row(each), "unit": units[code].label if code in units else code, "unit_code": code}
        for each in queries.all_standings(now())
        for code in each.expectation.units
    ]
    scope = offered_units(request.user)
    mine = None if scope.is_whole or scope.is_empty else {
        code for code, unit in units.items() if scope.covers(unit.pk)
    }  # fmt: skip
    if mine is not None and request.GET.get("all") != "1":
        rows = [row for row in rows if row["unit_code"] in mine]
    table = Table(
        "duties", columns=[Column("unit", _("责任单位"), filter="choice"), *_columns()], source=rows,
        order="unit", title=_("责任清单"), empty=_("没有责任条目"),
    )  # fmt: skip
    owed: dict[str, int] = {}
    for row in rows:
        if row["state"] != "delivered":
            owed[row["unit"]] = owed.get(row["unit"], 0) + 1
    ranked = sorted(owed.items(), key=lambda pair: -pair[1])
    chart = Bar(
        x=[name for name, _n in ranked], traces=[Trace(_("未落实"), [n for _name, n in ranked])], unit=_("条"), decimals=0,
        title=_("各单位未落实的条目"), horizontal=True,
    )  # fmt: skip
    context = {
        "table": table,
        "chart": chart if ranked else None,
        "is_own": mine is not None and request.GET.get("all") != "1",
    }
    return table.respond(request) or page(request, "brain/themes/duties.html", context)


def needs(request: HttpRequest) -> HttpResponseBase:
    """需求清单."""
    table = Table(
        "needs",
        columns=[
            Column("title", _("需要什么数据"), filter="text"),
            Column("organisation.name", _("需求部门"), filter="choice"),
            Column("holder.name", _("可能的提供部门"), filter="choice"),
            Column("resource.title", _("对应资源"), filter="text", link=_resource_of),
            Column("at", _("提出时间"), format="moment", filter="date"),
            Column("met_at", _("满足时间"), format="moment", filter="date"),
            Column("is_simulated", _("模拟数据"), filter="choice", choices=words.YES_NO, shown=False),
        ],
        source=queries.needs(), order="-at", title=_("需求清单"), empty=_("没有登记的数据需求"),
    )  # fmt: skip
    return table.respond(request) or page(request, "brain/themes/list.html", {
        "table": table, "lead": _("各部门缺少的数据。提出和答复在共享申请中办理。"),
        "door": (reverse("grants:needs"), _("登记需求")) if may(request.user, *ACTORS) else None,
    })  # fmt: skip


def closed(request: HttpRequest) -> HttpResponseBase:
    """负面清单."""
    table = Table(
        "closed",
        columns=[
            Column("title", _("信息资源名称"), filter="text", value=lambda row: row.label, link=_address),
            Column("provider.name", _("提供方"), filter="choice", value=lambda row: row.provider.label),
            Column("code", _("资源代码"), filter="text"), Column("legal_ground", _("不予共享的依据"), filter="text"),
            Column("published_at", _("发布时间"), format="day", filter="date"),
            Column("is_simulated", _("模拟数据"), filter="choice", choices=words.YES_NO, shown=False),
        ],
        source=queries.closed_resources(), order="code", title=_("负面清单"), empty=_("没有不予共享的资源"),
    )  # fmt: skip
    return table.respond(request) or page(request, "brain/themes/list.html", {
        "table": table, "lead": _("以共享为原则、不共享为例外；不予共享的逐条写明法律、法规或政策依据。"),
    })  # fmt: skip


def _table(found: list[Standing], title: Any) -> Table:
    units = queries.units_by_code()
    rows = [
        {
            **_row(each),
            "unit": "、".join(
                units[code].label if code in units else code for code in each.expectation.units
            ),
        }
        for each in found
    ]
    columns = [*_columns(), Column("unit", _("责任单位"), filter="text")]
    return Table(
        "expected", columns=columns, source=rows, order="place", title=title, empty=_("没有责任条目")
    )


def _columns() -> list[Column]:
    return [
        Column(
            "title",
            _("应提供的资源"),
            filter="text",
            link=lambda row: reverse("brain:expected", args=[row["key"]]),
        ),
        Column("place", _("主题或基础库"), filter="choice"),
        Column("state", _("情况"), filter="choice", choices=STATE_WORDS, badge=STATE_COLOURS),
        Column("since", _("自何时起"), format="day", filter="date"),
        Column("fields", _("信息项"), sortable=False),
        Column("missing_fields", _("缺少的信息项"), filter="text"),
        Column("answers", _("对应的目录资源"), filter="text"),
    ]


def _row(each: Standing) -> dict[str, Any]:
    wanted = each.expectation
    since: datetime = each.since
    return {
        "key": wanted.key, "title": wanted.title, "place": _maps(wanted.kind)[wanted.map], "state": each.state,
        "since": since, "fields": f"{len(wanted.fields) - len(each.missing_fields)} / {len(wanted.fields)}",
        "missing_fields": "、".join(each.missing_fields), "answers": "、".join(offer.title for offer in each.offers),
    }  # fmt: skip


def _maps(kind: str) -> dict[str, str]:
    return {"theme": words.themes(), "library": words.libraries()}.get(kind, {})


def _cards(counts: dict[tuple[str, str], Any], kind: str) -> list[dict[str, Any]]:
    return [
        {
            "title": title, "url": reverse("brain:theme", args=[kind, key]), "total": counts[kind, key].total(),
            "delivered": counts[kind, key]["delivered"] + counts[kind, key]["partial"], "missing": counts[kind, key]["missing"],
        }
        for key, title in _maps(kind).items() if (kind, key) in counts
    ]  # fmt: skip


def _chart(counts: dict[tuple[str, str], Any], kind: str, title: str) -> Bar:
    shown = [(key, name) for key, name in _maps(kind).items() if (kind, key) in counts]
    return Bar(
        x=[name for _key, name in shown], horizontal=True, stacked=True, decimals=0, unit=_("项"), title=title,
        traces=[
            Trace(STATE_WORDS[state], [counts[kind, key][state] for key, _name in shown], colour=BAR_COLOURS[state])
            for state in reversed(STATES)
        ],
    )  # fmt: skip


def _fields_chart(found: list[Standing]) -> Bar:
    have = [len(each.expectation.fields) - len(each.missing_fields) for each in found]
    return Bar(
        x=[each.expectation.title for each in found], stacked=True, decimals=0, unit=_("个"), title=_("信息项落实情况"),
        horizontal=True,
        traces=[
            Trace(_("已有"), have, colour=BAR_COLOURS["delivered"]),
            Trace(_("缺少"), [len(each.missing_fields) for each in found], colour=BAR_COLOURS["missing"]),
        ],
    )  # fmt: skip


def _address(row: Resource) -> str:
    return reverse("datasets:resource", args=[row.name])


def _resource_of(row: Any) -> str | None:
    return _address(row.resource) if row.resource else None
