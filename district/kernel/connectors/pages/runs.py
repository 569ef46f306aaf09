"""One delivery: how far it is, its receipt, what to decide about its columns."""

from __future__ import annotations

from typing import IO, Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from district.kernel.connectors import deliveries, receipts
from district.kernel.connectors.models import RefusedState, Run, RunState
from district.kernel.connectors.pages.sources import DELIVERERS
from district.kernel.connectors.pages.words import MOVING, STATE_COLOURS, run_of
from district.kernel.connectors.uploads import FILES_OF
from district.kernel.files.models import FileLink
from district.kernel.people.access import allow
from district.kernel.people.audit import record_act
from district.kernel.people.refused import Refused
from district.kernel.people.request_address import client_address
from district.kernel.ui.render import page
from district.kernel.ui.table_export import XLSX


@allow(*DELIVERERS)
@require_safe
def run(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The page asks again by itself while the delivery is moving."""
    found = run_of(request, pk)
    template = (
        "connectors/_run.html" if request.headers.get("HX-Request") == "true" else "connectors/run.html"
    )
    return page(request, template, _context(found))


def _context(found: Run) -> dict[str, Any]:
    waiting = found.refused.filter(state=RefusedState.REFUSED).count()
    corrected = found.refused.filter(state=RefusedState.CORRECTED).count()
    return {
        "run": found, "colour": STATE_COLOURS[found.state], "is_moving": found.state in MOVING,
        "may_go_on": found.state in deliveries.GOES_ON and found.state != RunState.BLOCKED,
        "lines": receipts.receipt_lines(found), "waiting": waiting, "corrected": corrected,
        "drift": _drift(found), "items": list(found.source.resource.items.values_list("name", "title")),
        "file": FileLink.objects.filter(subject_kind=FILES_OF, subject=str(found.pk)).first(),
        "corrections": found.corrections.order_by("pk"),
    }  # fmt: skip


def _drift(found: Run) -> list[dict[str, Any]]:
    """Each difference with what may be done about it."""
    choices = {
        "new": [("ignore", _("忽略这一列")), ("take", _("作为新信息项接收"))],
        "renamed": [("rename", _("就是改了名，对应上")), ("absent", _("不是它；以后没有这一项"))],
        "missing": [("absent", _("以后没有这一项，留空"))],
        "type": [("refuse", _("类型不变，不合的值退回"))],
    }  # fmt: skip
    return [
        {**each, "number": number, "choices": choices[each["kind"]]}
        for number, each in enumerate(found.drift)
    ]


@allow(*DELIVERERS)
@require_POST
def steer(request: HttpRequest, pk: int, step: str) -> HttpResponseBase:
    """stop, resume, decide or correct (send the corrected rows)."""
    found = run_of(request, pk)
    try:
        if step == "stop":
            deliveries.stop(found)
        elif step == "resume":
            deliveries.resume(found, request.user)
        elif step == "decide":
            deliveries.decide(
                found,
                {
                    key.removeprefix("drift-"): value
                    for key, value in request.POST.items()
                    if key.startswith("drift-")
                },
                request.user,
            )
        elif step == "correct":
            found = deliveries.send_corrected(found, request.user)
        else:
            raise Http404(step)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("connectors:run", found.pk)


@allow(*DELIVERERS)
@require_safe
def receipt(request: HttpRequest, pk: int) -> HttpResponseBase:
    found = run_of(request, pk)
    return _file(receipts.receipt_file(found), f"{_('回执')}_{found.source.resource.title}_{found.pk}.xlsx")


@allow(*DELIVERERS)
@require_safe
def refused_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The refused rows as they came, with the reasons. What is taken away is in the audit trail."""
    found = run_of(request, pk)
    record_act(request.user, "export", subject_kind="connectors.refused", subject=str(found.pk),
               purpose=_("退回行"), fields=receipts.columns_of(found)[:50], address=client_address(request) or "")  # fmt: skip
    return _file(receipts.refused_file(found), f"{_('退回行')}_{found.source.resource.title}_{found.pk}.xlsx")


def _file(file: IO[bytes], name: str) -> FileResponse:
    answer = FileResponse(file, as_attachment=True, filename=name, content_type=XLSX)
    answer["Cache-Control"] = "no-store"
    return answer
