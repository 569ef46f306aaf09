"""Figures of the data centre: what the catalogue holds and what came in today."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q, Sum
from django.utils.translation import gettext as _

from district.kernel.datasets.models import Version
from district.kernel.ui.tile import Number, Shown

from .. import addresses
from ..data_records import resources, runs_today, versions_today


def show(account: Any) -> Shown:
    entries = resources().aggregate(n=Count("pk"), departments=Count("provider", distinct=True))
    stored = Version.objects.filter(state="published").aggregate(n=Count("pk"), rows=Sum("rows"))
    today = runs_today(account).aggregate(
        n=Count("pk"), rows=Sum("rows_taken"), failed=Count("pk", filter=Q(state="failed"))
    )
    return Shown(numbers=(
        Number(_("目录资源"), entries["n"], _("项"), addresses.records("resources"),
               _("%(n)d 个部门提供") % {"n": entries["departments"]}),
        Number(_("已发布版本"), stored["n"], _("个"), addresses.records("versions"),
               _("共 %(n)s 行") % {"n": f"{stored['rows'] or 0:,}"}),
        Number(_("今日发布"), versions_today().count(), _("个"), addresses.records("versions_today")),
        Number(_("今日入库"), today["rows"] or 0, _("行"), addresses.records("runs_today"),
               _("%(n)d 批") % {"n": today["n"]}),
        Number(_("今日失败"), today["failed"], _("批"), addresses.records("runs_failed"),
               colour="d-bad" if today["failed"] else ""),
    ))  # fmt: skip
