"""四议两公开: a proposal and its way."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from district.kernel.people.refused import Refused
from district.kernel.ui.form import PageForm
from district.kernel.ui.render import page
from district.kernel.ui.routing import part

from ...models import Meeting, Proposal, Stage
from .. import queries
from ..actions import proposing as actions
from ..forms import DecisionForm, ProposalForm, PublishForm, report
from ..posts import acts_for, own_units
from .meetings import ROLES


@part(of="meetings", path="proposals/new", methods=("GET", "POST"), roles=ROLES)
def new_proposal(request: HttpRequest) -> HttpResponseBase:
    form = ProposalForm(own_units(request.user), request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = actions.propose(given["organisation"], given["title"], given["text"], request.user)
        except Refused as refused:
            report(form, refused)
        else:
            return redirect("affairs:proposal", made.pk)
    context = {
        "title": _("提出议题"),
        "form": PageForm(form, submit=_("提出")),
        "back": reverse("affairs:meetings"),
    }
    return page(request, "affairs/village/form.html", context)


@part(of="meetings", path="proposals/<int:proposal_id>/", methods=("GET", "POST"))
def proposal(request: HttpRequest, proposal_id: int) -> HttpResponseBase:
    """Where it stands; who acts for the village takes the next step here."""
    found = get_object_or_404(queries.proposals_visible_to(request.user), pk=proposal_id)
    form = _form(found, request.POST or None) if acts_for(request.user, found.organisation) else None
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            _step(found, form.cleaned_data, request.user)
        except Refused as refused:
            report(form, refused)
        else:
            messages.success(request, _("已办理"))
            return redirect("affairs:proposal", found.pk)
    context = {
        "proposal": found, "form": PageForm(form, submit=found.get_stage_display()) if form else None,
        "way": _way(found),
    }  # fmt: skip
    return page(request, "affairs/village/proposal.html", context)


def _form(found: Proposal, data: Any) -> Any:
    stage = Stage(found.stage)
    if stage in actions.BODIES:
        held = Meeting.objects.filter(organisation=found.organisation, body__in=actions.BODIES[stage])
        held = held.exclude(closed_at=None)
        if stage is Stage.DECIDE:
            held = held.filter(ballots__proposal=found)
        return DecisionForm(held.distinct(), stage is Stage.DECIDE, data)
    if stage in (Stage.PUBLISH, Stage.CARRY_OUT, Stage.SHOW_RESULT):
        return PublishForm(stage is not Stage.CARRY_OUT, data)
    return None


def _step(found: Proposal, given: dict[str, Any], account: Any) -> None:
    if "meeting" not in given:
        actions.publish_step(found, given["text"], account, given.get("days", actions.PUBLIC_DAYS))
        return
    ballot = given["meeting"].ballots.filter(proposal=found).exclude(closed_at=None).first()
    actions.decide(found, given["meeting"], account, agreeing=given.get("agreeing"), ballot=ballot)


def _way(found: Proposal) -> list[tuple[str, Any, bool]]:
    """(name, step taken or None, whether it is the one waited for) in the order of 四议两公开."""
    steps = {step.stage: step for step in found.steps.select_related("meeting", "account")}
    words = dict(Stage.choices)
    return [(str(words[stage]), steps.get(stage), stage == found.stage) for stage in actions.ORDER[:-1]]
