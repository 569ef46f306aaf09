"""重点工作: what the plan set, who leads it, by when, and how far it is."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from district.kernel.ui.languages import pick
from district.kernel.ui.render import page
from district.kernel.ui.table import Column, Table

from ..models import PlanTask


def tasks(request: HttpRequest) -> HttpResponseBase:
    table = Table(
        "tasks",
        columns=[
            Column("clause", _("条款")),
            Column("zh", _("重点工作"), filter="text", cell=pick),
            Column("lead.name", _("牵头单位"), filter="text"),
            Column("due_on", _("完成时限"), filter="date", format="day"),
        ],
        source=PlanTask.objects.select_related("lead"), order="clause", title=_("重点工作"), empty=_("还没有重点工作"),
    )
    return table.respond(request) or page(request, "programme/tasks/tasks.html", {"table": table})
