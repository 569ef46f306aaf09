"""Sources: the list, and one with its deliveries."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from district.kernel.connectors.file_deliveries import start_file
from district.kernel.connectors.files.reading import SUFFIXES
from district.kernel.connectors.inboxes import folder_of
from district.kernel.connectors.models import Kind, Mode, Run, Source
from district.kernel.connectors.pages.words import runs_table, source_of
from district.kernel.connectors.queries import runs_seen_by, sources_seen_by
from district.kernel.connectors.refused import Refused
from district.kernel.connectors.uploads import keep_delivery
from district.kernel.files.refusal import Refusal
from district.kernel.people.access import allow
from district.kernel.people.roles import PROVIDER, STEWARD, holders
from district.kernel.ui.form import PageForm
from district.kernel.ui.render import page
from district.kernel.ui.table import Column, Table

DELIVERERS = holders(STEWARD, PROVIDER)


class UploadForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("数据文件"), widget=forms.ClearableFileInput(attrs={"accept": ",".join(SUFFIXES)})
    )


class SourceForm(forms.ModelForm):
    """What may be changed of a source after it was made."""

    class Meta:
        model = Source
        fields = ("name", "mode", "on_new_column", "cursor_item", "is_active")

    def clean_cursor_item(self) -> str:
        name = self.cleaned_data["cursor_item"].strip()
        if name and not self.instance.resource.items.filter(name=name).exists():
            raise forms.ValidationError(_("资源没有字段“%(name)s”") % {"name": name}, code="no_such_item")
        return name

    def clean_mode(self) -> str:
        mode = self.cleaned_data["mode"]
        if mode == Mode.UPSERT and not self.instance.resource.items.filter(is_key=True).exists():
            raise forms.ValidationError(_("资源没有主键，不能按主键更新"), code="no_key")
        return mode


@allow(*DELIVERERS)
@require_safe
def sources(request: HttpRequest) -> HttpResponseBase:
    """The sources the reader answers for, and the latest deliveries of all of them."""
    table = Table(
        "sources",
        columns=[
            Column("name", _("来源名称"), filter="text", link=lambda row: reverse("connectors:source", args=[row.pk])),
            Column("resource.title", _("资源"), filter="text"),
            Column("resource.provider.name", _("提供方"), filter="text"),
            Column("kind", _("类型"), filter="choice", choices=dict(Kind.choices)),
            Column("mode", _("入库方式"), filter="choice", choices=dict(Mode.choices)),
            Column("schedule", _("时间表")),
            Column("is_active", _("启用"), format=lambda value: _("是") if value else _("否")),
            Column("created_at", _("登记时间"), format="moment", shown=False),
        ],
        source=sources_seen_by(request.user).select_related("resource__provider"), order="name", title=_("数据来源"),
        empty=_("还没有数据来源，可以从一个文件新建"),
    )  # fmt: skip
    runs = runs_table(None, runs_seen_by(request.user))
    return (
        table.respond(request)
        or runs.respond(request)
        or page(request, "connectors/sources.html", {"table": table, "runs": runs})
    )


@allow(*DELIVERERS)
def source(request: HttpRequest, pk: int) -> HttpResponseBase:
    found = source_of(request, pk)
    form = SourceForm(request.POST if request.method == "POST" else None, instance=found)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("已保存"))
        return redirect("connectors:source", pk)
    table = runs_table(found, Run.objects.filter(source=found))
    table.bind(request)
    answer = table.respond(request) if request.method == "GET" else None
    return answer or page(request, "connectors/source.html", {
        "source": found, "table": table, "form": PageForm(form, submit=_("保存"), columns=2),
        "folder": f"inbox/{folder_of(found).name}" if found.kind == Kind.FOLDER else "",
        "mapping": _mapping(found), 
        "upload": PageForm(UploadForm(), submit=_("上传并接入"), action=reverse("connectors:deliver", args=[pk])),
    })  # fmt: skip


def _mapping(found: Source) -> list[tuple[str, str]]:
    titles = dict(found.resource.items.values_list("name", "title"))
    given = found.settings.get("mapping", {})
    return [(column, titles.get(item, item) if item else _("忽略")) for column, item in given.items()]


@allow(*DELIVERERS)
@require_POST
def deliver(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A new file for a source; what is wrong with it is said on the page of the run."""
    found = source_of(request, pk)
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, _("请选择要上传的文件"))
        return redirect("connectors:source", pk)
    try:
        delivery = start_file(found, keep_delivery(form.cleaned_data["file"], request.user), request.user)
    except (Refusal, Refused) as refusal:
        messages.error(request, str(refusal))
        return redirect("connectors:source", pk)
    return redirect("connectors:run", delivery.pk)
