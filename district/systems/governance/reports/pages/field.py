"""随手报: the grid worker's phone page. Without a network reports wait on the phone and are sent later, each once."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from district.kernel.cases.refused import Refused
from district.kernel.files.actions import keep_all
from district.kernel.files.refusal import Refusal
from district.kernel.ui.form import PageForm
from district.kernel.ui.offline import offline_worker
from district.kernel.ui.render import page
from district.kernel.ui.routing import part

from ..receiving import receive
from .report_form import PHOTOS, ReportForm, new_key


def field(request: HttpRequest) -> HttpResponseBase:
    """The form with the queue of the phone."""
    send = reverse("governance:send_report")
    form = PageForm(ReportForm(initial={"key": new_key()}), action=send, submit=_("上报"))
    context = {"form": form, "send": send, "worker": reverse("governance:field_worker")}
    return page(request, "governance/reports/field.html", context)


@part(of="field", path="field/worker.js")
def field_worker(request: HttpRequest) -> HttpResponseBase:
    """Its scope is the page."""
    return offline_worker()


@part(of="field", path="field/_send", methods=("POST",))
def send_report(request: HttpRequest) -> HttpResponseBase:
    """201 with the number, also for what came before under the same key; 400 names what is wrong, and why."""
    form = ReportForm(request.POST, request.FILES)
    if not form.is_valid():
        detail = "；".join(f"{form.fields[name].label if name in form.fields else ''}{errors[0]}"
                          for name, errors in form.errors.items())  # fmt: skip
        return JsonResponse({"error": "form", "detail": detail, "fields": sorted(form.errors)}, status=400)
    try:
        files = keep_all(form.cleaned_data["photos"], request.user, "report", taken=PHOTOS)
        received = receive(form.as_report("grid", files), request.user)
    except (Refused, Refusal) as error:
        told = {"error": error.code, "detail": str(error), "fields": [getattr(error, "field", "")]}
        return JsonResponse(told, status=400)
    told = {"number": received.case.number, "classification": received.case.classification}
    return JsonResponse(told, status=201)
