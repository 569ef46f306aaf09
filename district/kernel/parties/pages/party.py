"""One party: names, numbers, facts with their sources, relations, history; and what can be done about it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from district.kernel.parties import actions, numbers, queries
from district.kernel.parties.attributes import TITLES
from district.kernel.parties.models import Attribute, Merge, Objection, Party, Split
from district.kernel.parties.pages import words
from district.kernel.parties.refused import Refused
from district.kernel.parties.sealing import unseal
from district.kernel.people import masking
from district.kernel.people.access import allow, may
from district.kernel.people.audit import record_look
from district.kernel.people.request_address import client_address
from district.kernel.people.roles import PARTY_REGISTRAR, PARTY_REVIEWER
from district.kernel.ui.form import PageForm
from district.kernel.ui.render import page

NEAR = 10
"""Relations drawn; the list below has all."""


class PurposeForm(forms.Form):
    purpose = forms.CharField(label=gettext_lazy("查看事由"), max_length=120)


class ReasonForm(forms.Form):
    reason = forms.CharField(label=gettext_lazy("理由"), max_length=200)


class MergeForm(ReasonForm):
    other = forms.IntegerField(label=gettext_lazy("并入本主体的主体编号"), min_value=1)
    field_order = ("other", "reason")


class ObjectionForm(forms.Form):
    key = forms.ChoiceField(
        label=gettext_lazy("信息项"), required=False, choices=[("", gettext_lazy("整体")), *TITLES.items()]
    )
    text = forms.CharField(
        label=gettext_lazy("异议内容"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )


class AnswerForm(forms.Form):
    answer = forms.CharField(label=gettext_lazy("答复"), max_length=500)


@allow(PARTY_REGISTRAR, PARTY_REVIEWER)
@require_safe
@never_cache
def party(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Masked. One that was merged leads to where it went."""
    found = get_object_or_404(Party, pk=pk)
    if not found.is_root:
        return redirect("parties:party", _seen(request, found.root_id).pk)
    return _shown(request, _seen(request, pk))


@allow(PARTY_REGISTRAR, PARTY_REVIEWER)
@require_POST
@never_cache
def reveal(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Everything in plain, once, for a purpose that goes into the audit trail."""
    form = PurposeForm(request.POST, prefix="reveal")
    found = _seen(request, pk)
    if not form.is_valid():
        return _shown(request, found, reveal=form, status=422)
    return _shown(request, found, purpose=form.cleaned_data["purpose"])


@allow(PARTY_REVIEWER)
@require_POST
def merge(request: HttpRequest, pk: int) -> HttpResponseBase:
    found, form = _seen(request, pk), MergeForm(request.POST, prefix="merge")
    if not form.is_valid():
        return _shown(request, found, merge=form, status=422)
    other = _seen(request, form.cleaned_data["other"])
    return _done(request, found, lambda by: actions.merge(found, other, by, form.cleaned_data["reason"]))


@allow(PARTY_REVIEWER)
@require_POST
def unmerge(request: HttpRequest, pk: int) -> HttpResponseBase:
    merged = get_object_or_404(Merge, pk=pk)
    found = _seen(request, Party.objects.get(pk=merged.kept_id).root_id)
    return _done(request, found, lambda by: actions.unmerge(merged, by, request.POST.get("reason", "")))


@allow(PARTY_REVIEWER)
@require_POST
def split(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The rows ticked on the page, as `numbers:7` and so on, belong to somebody else."""
    found, form = _seen(request, pk), ReasonForm(request.POST, prefix="split")
    rows: dict[str, list[int]] = {}
    for ticked in request.POST.getlist("row"):
        table, _colon, key = ticked.partition(":")
        if key.isdecimal():
            rows.setdefault(table, []).append(int(key))
    if not form.is_valid():
        return _shown(request, found, split=form, status=422)
    return _done(request, found, lambda by: actions.split(found, rows, by, form.cleaned_data["reason"]))


@allow(PARTY_REVIEWER)
@require_POST
def unsplit(request: HttpRequest, pk: int) -> HttpResponseBase:
    done = get_object_or_404(Split, pk=pk)
    found = _seen(request, Party.objects.get(pk=done.party_id).root_id)
    return _done(request, found, lambda by: actions.unsplit(done, by, request.POST.get("reason", "")))


@allow(PARTY_REGISTRAR, PARTY_REVIEWER)
@require_POST
def object_to(request: HttpRequest, pk: int) -> HttpResponseBase:
    found, form = _seen(request, pk), ObjectionForm(request.POST, prefix="objection")
    if not form.is_valid():
        return _shown(request, found, objection=form, status=422)
    return _done(
        request,
        found,
        lambda by: actions.object_to(found, form.cleaned_data["text"], by, key=form.cleaned_data["key"]),
    )


@allow(PARTY_REVIEWER)
@require_POST
def decide_objection(request: HttpRequest, pk: int, decision: str) -> HttpResponseBase:
    filed = get_object_or_404(Objection.objects.select_related("party"), pk=pk)
    found, answer = _seen(request, filed.party.root_id), request.POST.get("answer", "")
    return _done(request, found, lambda by: actions.decide_objection(filed, decision == "uphold", answer, by))


def _seen(request: HttpRequest, pk: int) -> Party:
    return get_object_or_404(queries.parties_seen_by(request.user), pk=pk)


def _done(request: HttpRequest, found: Party, work: Callable[[Any], object]) -> HttpResponseBase:
    try:
        work(request.user)
    except Refused as refusal:
        return _shown(request, found, refusal=str(refusal), status=409)
    messages.success(request, _("已办理"))
    return redirect("parties:party", found.pk)


def _shown(
    request: HttpRequest, found: Party, *, purpose: str = "", reveal: Any = None, merge: Any = None, split: Any = None,
    objection: Any = None, refusal: str = "", status: int = 200,
) -> HttpResponseBase:  # fmt: skip
    """Each look at a person is noted, the masked ones too."""
    is_whole = bool(purpose)
    attributes = queries.attributes_of(found)
    if found.kind == "person" or is_whole:
        shown = ["numbers", "names", *(key for key, _rows in attributes)] if is_whole else ["masked"]
        record_look(
            request.user,
            "party",
            found.pk,
            purpose or _("脱敏查看"),
            shown,
            address=client_address(request) or "",
        )
    outward, inward = queries.relations_of(found)
    relations = [(row, row.other.root, False) for row in outward] + [
        (row, row.party.root, True) for row in inward
    ]
    context = {
        "party": found, "is_whole": is_whole, "purpose": purpose, "refusal": refusal,
        "title": words.shown_name(found, is_whole) or _("（无名称）"),
        "numbers": [(row, words.shown_number(row, is_whole), _said_by(row, is_whole)) for row in queries.numbers_of(found)],
        "names": [
            (row, row.name if is_whole or found.kind == "entity" else masking.person_name(row.name))
            for row in queries.names_of(found)
        ],
        "attributes": [_group(found, key, rows, is_whole) for key, rows in attributes],
        "relations": [(row, other, words.shown_name(other, is_whole), is_inward) for row, other, is_inward in relations],
        "graph": _graph(relations, is_whole), "merges": queries.merges_of(found), "splits": queries.splits_of(found),
        "members": queries.members_of(found).exclude(pk=found.pk), "is_reviewer": may(request.user, PARTY_REVIEWER),
        "objections": Objection.objects.filter(party__root=found).select_related("filed_by", "decided_by"),
        "sources": _sources(attributes), "titles": TITLES,
        "reveal_form": PageForm(reveal or PurposeForm(prefix="reveal"), submit=_("查看完整信息")),
        "merge_form": PageForm(merge or MergeForm(prefix="merge"), submit=_("合并"), columns=2),
        "split_form": split or ReasonForm(prefix="split"),
        "objection_form": PageForm(objection or ObjectionForm(prefix="objection"), submit=_("登记异议")),
    }  # fmt: skip
    return page(request, "parties/party.html", context, status=status)


def _said_by(row: Any, is_whole: bool) -> str:
    """What a person's number says by itself."""
    if row.kind not in numbers.OF_PERSONS:
        return ""
    told = numbers.facts(unseal(row.sealed))
    sex = _("男") if told.sex == "1" else _("女")
    return f"{sex} · {told.born_on:%Y-%m-%d}" if is_whole else f"{sex} · {told.born_on:%Y}"


def _group(found: Party, key: str, rows: list[Attribute], is_whole: bool) -> dict[str, Any]:
    shown = [(row, words.shown_value(found.kind, key, row.value, is_whole)) for row in rows]
    return {"key": key, "title": words.title_of(key), "rows": shown, "is_conflict": queries.is_conflict(rows)}


def _sources(attributes: list[tuple[str, list[Attribute]]]) -> list[Any]:
    """The sources of what is shown, each once: on which ground, for what, how long."""
    found = {row.source_id: row.source for _key, rows in attributes for row in rows}
    return sorted(found.values(), key=lambda source: (source.rank, source.key))


def _graph(relations: list[tuple[Any, Party, bool]], is_whole: bool) -> list[dict[str, Any]]:
    """The nearest relations as rows of a drawing: the party at the left, the others at the right."""
    return [
        {"y": 24 + 44 * n, "name": words.shown_name(other, is_whole)[:14], "kind": row.get_kind_display(),
         "is_inward": is_inward, "pk": other.pk}
        for n, (row, other, is_inward) in enumerate(relations[:NEAR])
    ]  # fmt: skip
