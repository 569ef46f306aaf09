"""Refused rows: the list, and one to be corrected."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from district.kernel.connectors import deliveries
from district.kernel.connectors.matching import match
from district.kernel.connectors.models import RefusedRow, RefusedState, Run
from district.kernel.connectors.pages.sources import DELIVERERS
from district.kernel.connectors.pages.words import run_of
from district.kernel.connectors.receipts import columns_of
from district.kernel.connectors.refused import Refused
from district.kernel.connectors.rule_words import RULES
from district.kernel.connectors.runs import wanted_items
from district.kernel.people.access import allow
from district.kernel.people.audit import record_look
from district.kernel.people.request_address import client_address
from district.kernel.ui.render import page
from district.kernel.ui.table import Column, Table

STATE_COLOURS = {"refused": "red", "corrected": "orange", "taken": "green", "dropped": "secondary"}
PERSONAL_FROM = 3
"""From this grade on a look at the values is a look at personal data."""


@allow(*DELIVERERS)
@require_safe
def refused(request: HttpRequest, pk: int) -> HttpResponseBase:
    found = run_of(request, pk)
    titles = {item.name: item.title for item in wanted_items(found.source)}
    personal = set(
        found.source.resource.items.filter(grade__gte=PERSONAL_FROM).values_list("name", flat=True)
    )

    def shown(row: RefusedRow) -> str:
        return "***" if row.item in personal and row.value else row.value

    table = Table(
        "refused",
        columns=[
            Column("position", _("行号"), format=0, link=lambda row: reverse("connectors:correct", args=[pk, row.position])),
            Column("item", _("信息项"), filter="choice", choices=titles),
            Column("value", _("值"), value=shown, sortable=False),
            Column("code", _("规则"), filter="choice", choices=RULES),
            Column("words", _("原因"), sortable=False),
            Column("state", _("状态"), filter="choice", choices=dict(RefusedState.choices), badge=STATE_COLOURS),
        ],
        source=found.refused.all(), order="position", title=_("退回行"), empty=_("没有退回的行"),
    )  # fmt: skip
    corrected = found.refused.filter(state=RefusedState.CORRECTED).count()
    return table.respond(request) or page(
        request, "connectors/refused.html", {"run": found, "table": table, "corrected": corrected}
    )


@allow(*DELIVERERS)
def correct(request: HttpRequest, pk: int, position: int) -> HttpResponseBase:
    """The row as it came, a field for each column; after saving the next one that waits is shown."""
    found = run_of(request, pk)
    row = get_object_or_404(found.refused, position=position)
    columns = columns_of(found)
    if request.method == "POST":
        try:
            if request.POST.get("act") == "drop":
                deliveries.drop(row)
            else:
                given = {name: request.POST.get(f"value-{number}", "") for number, name in enumerate(columns)}
                deliveries.correct(
                    row, {name: value for name, value in given.items() if value != row.raw.get(name, "")}
                )
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect("connectors:correct", pk, position)
        following = (
            found.refused.filter(state=RefusedState.REFUSED, position__gt=position)
            .order_by("position")
            .first()
        )
        messages.success(request, _("已保存；全部更正后点“重新接入”"))
        return (
            redirect("connectors:correct", pk, following.position)
            if following
            else redirect("connectors:refused", pk)
        )
    _note_look(request, found, position)
    values = {**row.raw, **(row.corrected or {})}
    wrong = match(columns, wanted_items(found.source), found.source.settings.get("mapping")).columns.get(
        row.item, ""
    )
    fields = [(number, name, values.get(name, ""), name == wrong) for number, name in enumerate(columns)]
    context = {
        "run": found, "row": row, "fields": fields, "words": RULES.get(row.code, row.code), "colour": STATE_COLOURS[row.state],
    }  # fmt: skip
    return page(request, "connectors/correct.html", context)


def _note_look(request: HttpRequest, found: Run, position: int) -> None:
    personal: Any = found.source.resource.items.filter(grade__gte=PERSONAL_FROM)
    names = list(personal.values_list("title", flat=True))
    if names:
        record_look(
            request.user,
            "connectors.refused",
            f"{found.pk}:{position}",
            _("更正退回行"),
            names,
            address=client_address(request) or "",
        )
