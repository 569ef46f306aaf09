"""一档: the list of sources, and the life-long file of one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from district.kernel.clock import now, today
from district.kernel.people import masking
from district.kernel.people.access import may
from district.kernel.people.audit import record_look
from district.kernel.ui.form import PageForm
from district.kernel.ui.render import page
from district.kernel.ui.routing import part
from district.kernel.ui.table import Column, Table

from ..actions.file_records import RefusedRecord, add_record, amend_record, withdraw_record
from ..actions.state_marks import RefusedMark, mark_state
from ..models import FileRecord, Source, StateMark
from ..queries.permits import permit_warnings
from ..queries.sources import source_rows, sources_visible_to
from ..queries.timeline import kinds_of_entries, timeline, versions_of
from ..record_kinds import record_kinds
from .forms import ReasonForm, RecordForm, StateMarkForm, upload_of

OFFICER, MONITOR, ENTERPRISE = "officer", "monitor", "enterprise"


def sources(request: HttpRequest) -> HttpResponseBase:
    table = Table(
        "sources",
        columns=[
            Column("code", _("编号"), link=_file_url),
            Column("name", _("名称"), filter="text", link=_file_url),
            Column("industry", _("行业"), filter="choice"),
            Column("level", _("管理类别"), filter="choice", choices=dict(Source.Level.choices)),
            Column(
                "status",
                _("状态"),
                filter="choice",
                choices=dict(Source.Status.choices),
                badge={"running": "green", "suspended": "orange", "closed": "secondary"},
            ),
            Column("outlet_count", _("排口"), format=0),
            Column("device_count", _("在线设备"), format=0),
            Column("open_cases", _("未结督办"), format=0, filter="number"),
            Column("record_count", _("档案记录"), format=0),
            Column("permit_until_on", _("许可证到期"), format="day", filter="date"),
            Column("credit_code", _("统一社会信用代码"), shown=False),
            Column("address", _("地址"), shown=False),
        ],
        source=source_rows(sources_visible_to(request.user), today()),
        order="code",
        title=_("污染源"),
        empty=_("还没有登记污染源"),
    )
    return table.respond(request) or page(request, "environment/sources.html", {"table": table})


def _file_url(row: Source) -> str:
    return reverse("environment:source", args=[row.code])


def _source(request: HttpRequest, code: str) -> Source:
    return get_object_or_404(sources_visible_to(request.user), code=code)


@part(of="sources", path="sources/<str:code>/")
def source(request: HttpRequest, code: str) -> HttpResponseBase:
    """The file of one source: basics, outlets, permit, and the timeline narrowed by `?kind=`."""
    found = _source(request, code)
    kinds = {kind for kind in request.GET.getlist("kind") if kind in kinds_of_entries()}
    outlets = found.outlets.select_related("device", "inlet_device").prefetch_related("facilities")
    return page(
        request,
        "environment/source.html",
        {
            "source": found,
            "contact": masking.person_name(found.contact_name) if found.contact_name else "",
            "phone": masking.phone(found.contact_phone) if found.contact_phone else "",
            "may_see_contact": may(request.user, "environment.officer", "environment.monitor"),
            "may_add": may(request.user, "environment.officer", "environment.enterprise"),
            "may_mark": may(request.user, "environment.enterprise", "environment.officer"),
            "is_officer": may(request.user, "environment.officer"),
            "outlets": outlets,
            "facilities": found.facilities.all(),
            "permits": found.permits.all(),
            "warnings": permit_warnings(found.permits.all(), today()),
            "marks": StateMark.objects.filter(outlet__source=found).select_related("outlet", "declared_by")[
                :20
            ],
            "entries": timeline(found, kinds),
            "kinds": kinds_of_entries(),
            "record_kinds": record_kinds(),
            "chosen": kinds,
        },
    )


@part(of="sources", path="sources/<str:code>/contact", methods=("POST",), roles=(OFFICER, MONITOR))
def source_contact(request: HttpRequest, code: str) -> HttpResponse:
    """Shows the contact in full, and notes who looked."""
    found = _source(request, code)
    purpose = request.POST.get("purpose", "").strip() or _("联系企业环保负责人")
    record_look(
        request.user, "environment.source", found.code, purpose[:200], ["contact_name", "contact_phone"]
    )
    return page(request, "environment/source_contact.html", {"source": found})


@part(
    of="sources",
    path="sources/<str:code>/records/new/<str:kind>",
    methods=("GET", "POST"),
    roles=(OFFICER, ENTERPRISE),
)
def add_file_record(request: HttpRequest, code: str, kind: str) -> HttpResponseBase:
    found = _source(request, code)
    if kind not in record_kinds():
        raise Http404(kind)
    inner = RecordForm(found, record_kinds()[kind], request.POST or None, request.FILES or None)
    address = reverse("environment:source", args=[found.code])
    form = PageForm(inner, submit=_("加入档案"), cancel=address, columns=2)
    if form.is_valid():
        given = inner.cleaned_data
        try:
            add_record(
                found,
                kind,
                given["happened_on"],
                given["title"],
                account=request.user,
                today=today(),
                **_written(inner),
            )
        except RefusedRecord as refusal:
            inner.report(refusal.faults)
        else:
            messages.success(request, _("已加入档案"))
            return redirect(address)
    context = {"source": found, "kind": record_kinds()[kind], "form": form}
    return page(request, "environment/source_record.html", context)


@part(
    of="sources",
    path="sources/<str:code>/records/<int:record_id>/amend",
    methods=("GET", "POST"),
    roles=(OFFICER,),
)
def amend_file_record(request: HttpRequest, code: str, record_id: int) -> HttpResponseBase:
    """Changes an entry, with the versions it has had."""
    found = _source(request, code)
    record = get_object_or_404(FileRecord, pk=record_id, source=found, is_withdrawn=False)
    kind = record_kinds()[record.kind]
    inner = RecordForm(found, kind, request.POST or None, request.FILES or None, initial=_initial(record))
    address = reverse("environment:source", args=[found.code])
    form = PageForm(inner, submit=_("保存修改"), cancel=address, columns=2)
    if form.is_valid():
        given = inner.cleaned_data
        try:
            amend_record(
                record,
                given["happened_on"],
                given["title"],
                today=today(),
                **_written(inner),
            )
        except RefusedRecord as refusal:
            inner.report(refusal.faults)
        else:
            messages.success(request, _("已修改，原内容保留在变更历史中"))
            return redirect(address)
    context = {"source": found, "kind": kind, "form": form, "versions": versions_of(record)}
    return page(request, "environment/source_record.html", context)


def _written(inner: RecordForm) -> dict[str, Any]:
    """What a valid form says about an entry beside its day and title."""
    given = inner.cleaned_data
    return {name: given[name] for name in ("number", "issuer", "summary", "outlet")} | {
        "fields": inner.elements(),
        "upload": upload_of(given["attachment"]),
    }


def _initial(record: FileRecord) -> dict[str, object]:
    names = ("happened_on", "title", "number", "issuer", "outlet", "summary")
    return {name: getattr(record, name) for name in names} | {
        f"element-{key}": value for key, value in record.fields.items()
    }


@part(
    of="sources",
    path="sources/<str:code>/records/<int:record_id>/withdraw",
    methods=("GET", "POST"),
    roles=(OFFICER,),
)
def withdraw_file_record(request: HttpRequest, code: str, record_id: int) -> HttpResponseBase:
    found = _source(request, code)
    record = get_object_or_404(FileRecord, pk=record_id, source=found, is_withdrawn=False)
    address = reverse("environment:source", args=[found.code])
    inner = ReasonForm(request.POST or None, label=_("撤回原因"))
    form = PageForm(inner, submit=_("撤回"), cancel=address, danger=True)
    if form.is_valid():
        withdraw_record(record, inner.cleaned_data["reason"])
        messages.success(request, _("已撤回，记录仍保留在变更历史中"))
        return redirect(address)
    return page(
        request, "environment/source_withdraw.html", {"source": found, "record": record, "form": form}
    )


@part(of="sources", path="sources/<str:code>/records/<int:record_id>/attachment")
def file_record_attachment(request: HttpRequest, code: str, record_id: int) -> HttpResponseBase:
    record = get_object_or_404(FileRecord, pk=record_id, source=_source(request, code))
    if not record.attachment:
        raise Http404("no attachment")
    return attachment_response(record.attachment, record.attachment_name, record.attachment_type)


def attachment_response(file: FieldFile, name: str, media_type: str) -> FileResponse:
    """A stored upload as a download: never opened inside the page."""
    response = FileResponse(file.open("rb"), as_attachment=True, filename=name, content_type=media_type)
    response["X-Content-Type-Options"] = "nosniff"
    return response


@part(
    of="sources",
    path="sources/<str:code>/state-marks/new",
    methods=("GET", "POST"),
    roles=(OFFICER, ENTERPRISE),
)
def add_state_mark(request: HttpRequest, code: str) -> HttpResponseBase:
    found = _source(request, code)
    inner = StateMarkForm(found, request.POST or None)
    address = reverse("environment:source", args=[found.code])
    form = PageForm(inner, submit=_("标记"), cancel=address, columns=2)
    if form.is_valid():
        given = inner.cleaned_data
        try:
            mark_state(
                given["outlet"],
                given["state"],
                given["from_at"],
                given["until_at"],
                account=request.user,
                declared_at=now(),
                note=given["note"],
            )
        except RefusedMark as refusal:
            inner.add_error(None, str(refusal))
        else:
            messages.success(request, _("已标记"))
            return redirect(address)
    return page(request, "environment/source_mark.html", {"source": found, "form": form})
