"""排班: who stands where when."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from markupsafe import Markup

from district.kernel.clock import now
from district.kernel.people.access import may, scope_of
from district.kernel.ui.form import PageForm
from district.kernel.ui.render import page
from district.kernel.ui.routing import part
from district.kernel.ui.table import Column, Table

from ...models import Shift
from ..actions.rosters import book_shift, cancel_shift
from ..refused import Refused
from .forms import ShiftForm, report

KEPT_DAYS = 30


def shifts_visible_to(request: HttpRequest) -> QuerySet[Shift]:
    """Those of the reader's area for a supervisor, else one's own."""
    rows = Shift.objects.filter(cancelled_at=None, ends_at__gt=now() - timedelta(days=KEPT_DAYS))
    rows = rows.select_related("account", "post")
    if not may(request.user, "governance.officer", "governance.dispatcher"):
        return rows.filter(account=request.user)
    scope = scope_of(request.user, "governance")
    if scope.is_whole:
        return rows
    return scope.filter(rows, division_field="post__division_code") | scope.filter(
        rows, division_field="cell_code"
    )


def rosters(request: HttpRequest) -> HttpResponseBase:
    is_officer = may(request.user, "governance.officer")
    form = ShiftForm(request.POST or None)
    if request.method == "POST" and is_officer and form.is_valid():
        given = form.cleaned_data
        try:
            book_shift(
                given["account"], given["starts_at"], given["ends_at"], post=given["post"], cell_code=given["cell_code"],
                note=given["note"], account=request.user,
            )  # fmt: skip
        except Refused as refusal:
            report(form, refusal)
        else:
            messages.success(request, _("已排班"))
            return redirect(reverse("governance:rosters"))
    table = Table(
        "shifts",
        columns=[
            Column("starts_at", _("开始"), format="moment", filter="date"),
            Column("ends_at", _("结束"), format="moment"),
            Column("account.name", _("值班人"), filter="text"),
            Column("post.name", _("岗点"), filter="text"),
            Column("cell_code", _("网格"), filter="text"),
            Column("note", _("备注")),
            Column("pk", _("操作"), sortable=False, cell=_cancel if is_officer else lambda row: Markup("")),
        ],
        source=shifts_visible_to(request), order="starts_at", title=_("班次"), empty=_("近期没有班次"),
    )  # fmt: skip
    context = {
        "table": table, "form": PageForm(form, submit=_("排班"), columns=3) if is_officer else None,
        "on_duty": [shift for shift in shifts_visible_to(request) if shift.starts_at <= now() < shift.ends_at],
    }  # fmt: skip
    return table.respond(request) or page(request, "governance/grid/rosters.html", context)


def _cancel(row: Shift) -> Markup:
    if row.ends_at <= now():
        return Markup("")
    url = reverse("governance:cancel_roster", args=[row.pk])
    text = _("取消")
    label = _("取消 %(name)s 的班次") % {"name": row.account.name}
    return Markup('<a class="btn btn-sm" href="{}" aria-label="{}">{}</a>').format(url, label, text)


@part(of="rosters", path="rosters/<int:shift_id>/cancel", methods=("GET", "POST"), roles=("officer",))
def cancel_roster(request: HttpRequest, shift_id: int) -> HttpResponseBase:
    found = get_object_or_404(shifts_visible_to(request), pk=shift_id)
    if request.method == "POST":
        cancel_shift(found)
        messages.success(request, _("班次已取消"))
        return redirect(reverse("governance:rosters"))
    return page(request, "governance/grid/cancel_roster.html", {"shift": found})
