"""Sources that are connected to: set up, tried, paused, read at once."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from district.kernel.connectors import schedule
from district.kernel.connectors.connection_forms import FORMS, ConnectionForm
from district.kernel.connectors.deliveries import start
from district.kernel.connectors.models import Kind, Mode, Source
from district.kernel.connectors.pages.sources import DELIVERERS
from district.kernel.connectors.pages.words import source_of
from district.kernel.connectors.queries import resources_delivered_by
from district.kernel.connectors.refused import Refused
from district.kernel.connectors.secrets import rotate
from district.kernel.connectors.trying import Trial, try_out
from district.kernel.people.access import allow
from district.kernel.ui.form import PageForm
from district.kernel.ui.render import page


@allow(*DELIVERERS)
def connect(request: HttpRequest, kind: str) -> HttpResponseBase:
    """A new source. It is kept paused until it was reached once."""
    if kind not in FORMS:
        raise Http404
    mode = Mode.APPEND if kind in (Kind.MQTT, Kind.NATS) else Mode.REPLACE
    return _set_up(request, Source(kind=kind, mode=mode, is_active=False, created_by=request.user))


@allow(*DELIVERERS)
def connection(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The settings of a source, with what a trial found."""
    found = source_of(request, pk)
    if found.kind not in FORMS:
        raise Http404
    return _set_up(request, found)


def _set_up(request: HttpRequest, source: Source) -> HttpResponseBase:
    posted = request.POST if request.method == "POST" else None
    form = FORMS[source.kind](source, resources_delivered_by(request.user), posted)
    if posted is not None and form.is_valid():
        is_new = source.pk is None
        _save(source, form)
        trial, refusal = _tried(source)
        if trial is not None and is_new and not trial.tables:
            schedule.set_active(source, True)
        if is_new:
            request.session[f"connectors.trial.{source.pk}"] = refusal.text if refusal else ""
            messages.success(request, _("已保存"))
            return redirect("connectors:connection", source.pk)
        return _shown(request, source, form, trial, refusal)
    trial, refusal = _tried(source) if source.pk and request.GET.get("try") else (None, None)
    return _shown(request, source, form, trial, refusal)


class _Problem:
    """What a trial was refused for."""

    def __init__(self, refusal: Refused) -> None:
        self.code, self.text = refusal.code, str(refusal)


def _tried(source: Source) -> tuple[Trial | None, _Problem | None]:
    try:
        return try_out(source), None
    except Refused as refusal:
        return None, _Problem(refusal)


@transaction.atomic
def _save(source: Source, form: ConnectionForm) -> None:
    data = form.cleaned_data
    source.name, source.mode, source.settings = data["name"], data["mode"], form.settings()
    source.cursor_item, source.schedule = (
        data.get("cursor_item", source.cursor_item),
        data.get("schedule", ""),
    )
    if source.pk is None:
        source.resource = data["resource"]
    source.save()
    secrets = form.secrets()
    if secrets:
        rotate(source, secrets)


def _shown(
    request: HttpRequest, source: Source, form: ConnectionForm, trial: Trial | None, refusal: _Problem | None
) -> HttpResponseBase:
    titles = dict(source.resource.items.values_list("name", "title")) if source.pk else {}
    context: dict[str, Any] = {
        "source": source, "form": PageForm(form, submit=_("保存并测试连接"), columns=2), "trial": trial, "problem": refusal,
        "titles": titles, "health": schedule.health(source) if source.pk else None, "kind": dict(Kind.choices)[source.kind],
        "is_stream": source.kind in (Kind.MQTT, Kind.NATS),
    }  # fmt: skip
    return page(request, "connectors/connection.html", context, status=422 if form.errors else 200)


@allow(*DELIVERERS)
@require_POST
def pause(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Pauses a source, or lets it go on."""
    found = source_of(request, pk)
    schedule.set_active(found, not found.is_active)
    messages.success(request, _("已恢复") if found.is_active else _("已暂停"))
    return redirect("connectors:connection" if found.kind in FORMS else "connectors:source", pk)


@allow(*DELIVERERS)
@require_POST
def read_now(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A delivery at once, besides the schedule."""
    found = source_of(request, pk)
    if found.kind not in FORMS:
        raise Http404
    try:
        delivery = start(found, request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("connectors:connection", pk)
    return redirect("connectors:run", delivery.pk)
