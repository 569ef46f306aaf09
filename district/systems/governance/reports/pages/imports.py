"""批量导入: a table of reports from elsewhere; rows that are refused stay, with what is wrong with them."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from district.kernel.ui.form import PageForm
from district.kernel.ui.render import page
from district.kernel.ui.table import Column, Table

from ...models import RefusedRow, ReportImport
from ..importing import Unreadable
from ..importing import import_reports as read_in

LARGEST_MB = 20


class ImportForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("文件（xlsx 或 csv）"),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
    )


def import_reports(request: HttpRequest) -> HttpResponseBase:
    """The form, the batch just read, and all refused rows."""
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            if upload.size > LARGEST_MB * 1_000_000:
                raise Unreadable(_("文件超过 %(n)s MB") % {"n": LARGEST_MB})
            made = read_in(upload.name, upload.read(), request.user)
        except Unreadable as error:
            form.add_error("file", str(error))
        else:
            return redirect(f"{reverse('governance:import_reports')}?batch={made.pk}")
    given = request.GET.get("batch", "")
    batch = ReportImport.objects.filter(pk=int(given)).first() if given.isdecimal() else None
    table = Table(
        "refused",
        columns=[
            Column("batch.name", _("文件"), filter="text"),
            Column("row", _("行号"), format=0),
            Column("field", _("字段"), filter="text"),
            Column("value", _("内容")),
            Column("text", _("原因"), filter="text"),
            Column("batch.at", _("导入时间"), format="moment"),
        ],
        source=RefusedRow.objects.select_related("batch").order_by("-pk"), order="-batch.at", title=_("未导入的行"),
    )  # fmt: skip
    context = {"form": PageForm(form, submit=_("导入")), "table": table, "batch": batch,
               "refused": batch.refused.count() if batch else 0}  # fmt: skip
    return table.respond(request) or page(request, "governance/reports/import.html", context)
