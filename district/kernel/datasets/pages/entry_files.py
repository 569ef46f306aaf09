"""批量登记: entries from a file, and what of it was refused."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from district.kernel.datasets import actions
from district.kernel.datasets.actions.entry_files import SUFFIXES
from district.kernel.datasets.classes import rows_of
from district.kernel.datasets.models import EntryFile
from district.kernel.datasets.pages import words
from district.kernel.datasets.pages.catalogue import address
from district.kernel.datasets.posts import offered_units
from district.kernel.people.access import allow
from district.kernel.people.models import Organisation
from district.kernel.people.roles import PROVIDER, STEWARD, holders
from district.kernel.ui.form import PageForm
from district.kernel.ui.render import page
from district.kernel.ui.table import Column, Table

ITEM_LABELS = (
    "信息项名称",
    "字段名",
    "数据类型",
    "数据长度",
    "单位",
    "敏感级别",
    "脱敏方式",
    "代码表",
    "主键",
    "必填",
)


class EntryFileForm(forms.Form):
    provider = forms.ModelChoiceField(
        Organisation.objects.none(), label=gettext_lazy("提供方"), empty_label=None
    )
    file = forms.FileField(
        label=gettext_lazy("目录文件"), widget=forms.ClearableFileInput(attrs={"accept": ",".join(SUFFIXES)}),
        help_text=gettext_lazy("Excel（xlsx）或 CSV：一行一条，或一行一个信息项，或每条一张核心元数据表单"),
    )  # fmt: skip
    is_submitted = forms.BooleanField(label=gettext_lazy("同时提交审核"), required=False)

    def __init__(self, account: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = Organisation.objects.exclude(kind__in=("village", "enterprise", "board"))
        field: Any = self.fields["provider"]
        field.queryset = offered_units(account).filter(units, organisation_field="pk")
        field.label_from_instance = lambda unit: unit.label
        field.initial = account.organisation_id


@allow(*holders(STEWARD, PROVIDER))
@require_http_methods(["GET", "HEAD", "POST"])
def entry_files(request: HttpRequest) -> HttpResponseBase:
    """The form for a file, and the files handed in so far."""
    table = Table(
        "files",
        columns=[
            Column("name", _("文件"), filter="text", link=_address),
            Column("provider.name", _("提供方"), filter="choice", value=lambda row: row.provider.label),
            Column("at", _("提交时间"), format="moment", filter="date"),
            Column("by.name", _("提交人"), filter="text"),
            Column("read", _("读取条数"), format=0), Column("added", _("新增"), format=0),
            Column("changed", _("更新"), format=0), Column("refused", _("退回"), format=0),
        ],
        source=_visible(request.user), order="-at", title=_("目录文件"), empty=_("还没有提交过目录文件"),
    )  # fmt: skip
    form = EntryFileForm(request.user, request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        upload, given = form.cleaned_data["file"], form.cleaned_data
        try:
            taken = actions.take_file(
                upload.name,
                upload.read(),
                provider=given["provider"],
                account=request.user,
                is_submitted=given["is_submitted"],
            )
        except actions.Refused as refused:
            form.add_error("file", str(refused))
        else:
            said = _("读取 %(read)s 条：新增 %(added)s，更新 %(changed)s，退回 %(refused)s")
            messages.success(request, said % {
                "read": taken.read, "added": taken.added, "changed": taken.changed, "refused": taken.refused,
            })  # fmt: skip
            return redirect("datasets:entry_file", taken.pk)
    context = {"table": table, "form": PageForm(form, submit=_("读取文件"), columns=2)}
    status = 422 if form.is_bound else 200
    return table.respond(request) or page(request, "datasets/entry_files.html", context, status=status)


@allow(*holders(STEWARD, PROVIDER))
@require_safe
def entry_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What was taken of a file, and why the rest was not."""
    found = get_object_or_404(_visible(request.user), pk=pk)
    refusals = Table(
        "refusals",
        columns=[
            Column("position", _("位置"), filter="text"), Column("title", _("资源名称"), filter="text"),
            Column("field", _("字段"), filter="choice"), Column("value", _("值")),
            Column("words", _("原因"), filter="text"), Column("code", _("代码"), filter="choice", shown=False),
        ],
        source=found.refusals.all(), order="", title=_("退回的条目"), empty=_("没有退回的条目"),
    )  # fmt: skip
    taken = Table(
        "taken",
        columns=[
            Column("title", _("信息资源名称"), filter="text", link=address), Column("code", _("资源代码"), filter="text"),
            Column("shelf", _("状态"), filter="choice", choices=words.SHELVES, badge=words.SHELF_COLOURS),
        ],
        source=found.resources.all(), order="code", title=_("已登记的条目"), empty=_("没有登记的条目"),
    )  # fmt: skip
    context = {"file": found, "refusals": refusals, "taken": taken}
    return (
        refusals.respond(request)
        or taken.respond(request)
        or page(request, "datasets/entry_file.html", context)
    )


@allow(*holders(STEWARD, PROVIDER))
@require_safe
def entry_template(request: HttpRequest) -> HttpResponseBase:
    """An empty file to fill in: the core metadata as columns, then those of an item."""
    labels = [
        row["field_zh"] for row in rows_of("catalog_core_metadata.csv") if row["field_zh"] != "信息项信息"
    ]
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="catalogue-template.csv"'
    answer.write("\ufeff" + ",".join([*labels, *ITEM_LABELS]) + "\r\n")
    return answer


def _visible(account: Any) -> QuerySet[EntryFile]:
    found = EntryFile.objects.select_related("provider", "by")
    return offered_units(account).filter(found, organisation_field="provider")


def _address(row: EntryFile) -> str:
    return reverse("datasets:entry_file", args=[row.pk])
