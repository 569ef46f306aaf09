"""The catalogue of data that systems lend to each other."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from district.kernel.datasets.catalogue import Entry, UnknownDataset, entries, entry
from district.kernel.datasets.models import DatasetSize
from district.kernel.people.access import allow
from district.kernel.ui.languages import pick
from district.kernel.ui.render import page
from district.kernel.ui.table import Column, Table

SHARES = {
    "open": gettext_lazy("无条件共享"),
    "conditional": gettext_lazy("有条件共享"),
    "closed": gettext_lazy("不予共享"),
}
UPDATES = {
    "realtime": gettext_lazy("实时"),
    "hourly": gettext_lazy("每小时"),
    "daily": gettext_lazy("每日"),
    "monthly": gettext_lazy("每月"),
    "yearly": gettext_lazy("每年"),
}
COLOURS = {"open": "green", "conditional": "yellow", "closed": "red"}
TYPES = {
    "text": gettext_lazy("文本"),
    "integer": gettext_lazy("整数"),
    "number": gettext_lazy("数值"),
    "boolean": gettext_lazy("是否"),
    "date": gettext_lazy("日期"),
    "datetime": gettext_lazy("时间"),
}
GRADES = {1: gettext_lazy("一级"), 2: gettext_lazy("二级"), 3: gettext_lazy("三级"), 4: gettext_lazy("四级")}


@allow("staff")
@require_safe
def catalogue(request: HttpRequest) -> HttpResponseBase:
    """All lent datasets: owner, share class, frequency, size."""
    table = Table(
        "datasets",
        columns=[
            Column(
                "title",
                _("数据集"),
                filter="text",
                link=lambda row: reverse("datasets:dataset", args=row["address"]),
            ),
            Column("system", _("系统"), filter="choice"),
            Column("owner", _("提供单位"), filter="choice"),
            Column("share", _("共享属性"), filter="choice", choices=SHARES, badge=COLOURS),
            Column("updates", _("更新频率"), filter="choice", choices=UPDATES),
            Column("is_open", _("向社会开放"), filter="choice", choices={True: _("是"), False: _("否")}),
            Column("columns", _("字段数"), format=0),
            Column("rows", _("行数"), format=0),
            Column("counted_at", _("统计时间"), format="moment", shown=False),
            Column("problem", _("问题"), sortable=False),
        ],
        source=_rows(),
        title=_("数据目录"),
        empty=_("还没有共享数据集"),
    )
    return table.respond(request) or page(request, "datasets/catalogue.html", {"table": table})


@allow("staff")
@require_safe
def dataset(request: HttpRequest, system: str, key: str) -> HttpResponseBase:
    """One dataset and its columns."""
    try:
        found = entry(system, key)
    except UnknownDataset as error:
        raise Http404(str(error)) from error
    table = Table(
        "columns",
        columns=[
            Column("name", _("字段"), filter="text"),
            Column("zh", _("含义"), filter="text"),
            Column("type", _("类型"), filter="choice", choices=TYPES),
            Column("unit", _("单位")),
            Column("sensitivity", _("敏感级别"), filter="choice", choices=GRADES),
        ],
        source=found.dataset.columns,
        title=_("字段"),
    )
    return table.respond(request) or page(
        request,
        "datasets/dataset.html",
        {
            "entry": found,
            "table": table,
            "share": SHARES[found.dataset.share],
            "updates": UPDATES.get(found.dataset.updates, found.dataset.updates),
            "colour": COLOURS[found.dataset.share],
        },
    )


def _rows() -> list[dict[str, Any]]:
    sizes = {(size.system, size.key): size for size in DatasetSize.objects.all()}
    return [_row(each, sizes.get((each.system.name, each.dataset.key))) for each in entries()]


def _row(each: Entry, size: DatasetSize | None) -> dict[str, Any]:
    lent = each.dataset
    return {
        "title": pick(lent),
        "system": pick(each.system),
        "owner": each.system.lead,
        "share": lent.share,
        "updates": lent.updates,
        "is_open": lent.is_open_to_public,
        "columns": len(lent.columns),
        "address": [each.system.name, lent.key],
        "rows": size.rows if size else None,
        "counted_at": size.counted_at if size else None,
        "problem": size.problem if size else "",
    }
