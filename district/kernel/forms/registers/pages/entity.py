"""One record: each value with who said it and when, what contradicts side by side, and what happened to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from district.kernel.forms.models import Entity, RegisterItem
from district.kernel.forms.queries import EVERYBODY
from district.kernel.forms.refused import Refused
from district.kernel.forms.registers import queries, reading, writing
from district.kernel.forms.registers.merging import LABEL
from district.kernel.forms.registers.pages import words
from district.kernel.people.access import allow
from district.kernel.people.audit import record_look
from district.kernel.people.request_address import client_address
from district.kernel.places.models import Division
from district.kernel.ui.form import PageForm
from district.kernel.ui.render import page

OTHER = "other"


class PurposeForm(forms.Form):
    purpose = forms.CharField(label=gettext_lazy("查看事由"), max_length=120)


@dataclass(frozen=True)
class Said:
    """A value and one who stands by it."""

    text: str
    who: str
    at: Any
    device: str
    kind: str
    colour: str
    number: int
    others: int


@dataclass(frozen=True)
class Line:
    """An item of the record. `said`: its values, the one shown first; more than one contradict."""

    name: str
    title: str
    holder: str
    is_sensitive: bool
    said: tuple[Said, ...]

    @property
    def is_conflict(self) -> bool:
        return len(self.said) > 1


@allow(*EVERYBODY)
@require_safe
@never_cache
def entity(request: HttpRequest, pk: int) -> HttpResponseBase:
    return _shown(request, _seen(request, pk))


@allow(*EVERYBODY)
@require_POST
@never_cache
def reveal(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Sensitive items in the clear, once, for a purpose that goes into the audit trail."""
    found, form = _seen(request, pk), PurposeForm(request.POST, prefix="reveal")
    if not form.is_valid():
        return _shown(request, found, reveal=form, status=422)
    return _shown(request, found, purpose=form.cleaned_data["purpose"])


@allow(*EVERYBODY)
@require_POST
def settle(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One of the values, by the number of its write, or another one; with the reason, for good."""
    found = _seen(request, pk)
    item, choice = request.POST.get("item", ""), request.POST.get("choice", "")
    reason = request.POST.get("reason", "").strip()
    standing = {
        str(each.writes[0].version): each.value for each in reading.history_of(found).standing.get(item, ())
    }
    value = request.POST.get("value", "").strip() if choice == OTHER else standing.get(choice)
    version = request.POST.get("version", "")
    if value is None or not reason or not version.isdecimal() or (choice == OTHER and not value):
        return _shown(request, found, refusal=_("请选择一个值并写明理由"), status=422)
    try:
        writing.settle(found, {item: value}, account=request.user, reason=reason, seen_version=int(version))
    except Refused as refused:
        return _shown(request, _seen(request, pk), refusal=str(refused), status=refused.status)
    messages.success(request, _("已核实，以后以此为准"))
    return redirect("forms:entity", found.pk)


def _seen(request: HttpRequest, pk: int) -> Entity:
    wanted = queries.entities_in_sight(request.user).select_related("register__organisation")
    return get_object_or_404(wanted, pk=pk)


def _shown(
    request: HttpRequest,
    found: Entity,
    *,
    purpose: str = "",
    reveal: PurposeForm | None = None,
    refusal: str = "",
    status: int = 200,
) -> HttpResponseBase:
    items = {item.name: item for item in found.register.items.select_related("resource_item", "holder")}
    history = reading.history_of(found)
    is_whole = bool(purpose)
    sensitive = [name for name in history.standing if words.is_sensitive(items.get(name))]
    if sensitive:
        record_look(
            request.user, writing.SUBJECT, found.uuid, purpose or _("脱敏查看"), sensitive if is_whole else ["masked"],
            address=client_address(request) or "",
        )  # fmt: skip
    lines = [_line(name, item, history.standing.get(name, ()), is_whole) for name, item in items.items()]
    lines += [
        _line(name, None, standing, is_whole)
        for name, standing in history.standing.items()
        if name not in items and (name != LABEL or len(standing) > 1)
    ]
    context = {
        "entity": found, "register": found.register, "lines": lines, "refusal": refusal, "purpose": purpose,
        "conflicts": [line for line in lines if line.is_conflict], "has_sensitive": bool(sensitive), "is_whole": is_whole,
        "division": Division.objects.filter(code=found.division_code).values_list("name", flat=True).first()
        or found.division_code,
        "history": [_change(change, items, is_whole) for change in history.changes],
        "reveal_form": PageForm(reveal or PurposeForm(prefix="reveal"), submit=_("查看完整信息")),
    }  # fmt: skip
    return page(request, "forms/registers/entity.html", context, status=status)


def _line(
    name: str, item: RegisterItem | None, standing: tuple[reading.Standing, ...], is_whole: bool
) -> Line:
    said = tuple(
        Said(
            words.shown(item, each.value, is_whole=is_whole) or (_("（清空）") if len(standing) > 1 else ""),
            words.who(each.writes[0]), each.writes[0].at, each.writes[0].device,
            each.writes[0].get_kind_display(), words.KIND_COLOURS[each.writes[0].kind], each.writes[0].version,
            len(each.writes) - 1,
        )
        for each in standing
    )  # fmt: skip
    title = item.title if item else _("名称") if name == LABEL else name
    holder = item.holder.name if item and item.holder else ""
    return Line(name, title, holder, words.is_sensitive(item), said)


def _change(change: reading.Change, items: dict[str, RegisterItem], is_whole: bool) -> dict[str, Any]:
    write = change.write
    return {
        "number": write.version, "at": write.at, "received_at": write.received_at, "who": words.who(write),
        "device": write.device, "kind": write.get_kind_display(), "colour": words.KIND_COLOURS[write.kind],
        "reason": write.reason,
        "items": [
            (
                items[name].title if name in items else _("名称") if name == LABEL else name,
                words.shown(items.get(name), before, is_whole=is_whole),
                words.shown(items.get(name), after, is_whole=is_whole) or _("（清空）"),
            )
            for name, (before, after) in change.items.items()
        ],
    }  # fmt: skip
