"""表决: opened in a meeting, slips drawn, votes counted."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from district.kernel.people.refused import Refused
from district.kernel.ui.chart import Bar, Trace
from district.kernel.ui.form import PageForm
from district.kernel.ui.render import page
from district.kernel.ui.routing import part

from ...models import Ballot, Stage
from .. import queries, slip_codes
from ..actions import voting as actions
from ..forms import BallotForm, report
from ..posts import acts_for
from .meetings import ROLES


@part(of="meetings", path="meetings/<int:meeting_id>/ballots/new", methods=("GET", "POST"), roles=ROLES)
def new_ballot(request: HttpRequest, meeting_id: int) -> HttpResponseBase:
    found = get_object_or_404(queries.meetings_visible_to(request.user), pk=meeting_id)
    waiting = queries.proposals_visible_to(request.user).filter(
        organisation=found.organisation, stage=Stage.DECIDE
    )
    form = BallotForm(waiting, request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = actions.open_ballot(
                found,
                given["question"],
                request.user,
                is_secret=given["is_secret"],
                proposal=given["proposal"],
            )
        except Refused as refused:
            report(form, refused)
        else:
            return redirect("affairs:ballot", made.pk)
    context = {
        "title": _("发起表决"), "form": PageForm(form, submit=_("开始表决")),
        "back": reverse("affairs:meeting", args=[found.pk]),
    }  # fmt: skip
    return page(request, "affairs/village/form.html", context)


def _ballots(request: HttpRequest) -> Any:
    seen = queries.meetings_visible_to(request.user).values("pk")
    return Ballot.objects.filter(meeting__in=seen).select_related("meeting__organisation", "proposal")


@part(of="meetings", path="ballots/<int:ballot_id>/")
def ballot(request: HttpRequest, ballot_id: int) -> HttpResponseBase:
    """Counts are shown once the vote is over; before, how many have voted."""
    found = get_object_or_404(_ballots(request), pk=ballot_id)
    context = {
        "ballot": found, "voters": found.voters.all(), "chart": _chart(found) if found.closed_at else None,
        "slips": found.slips.count(), "handed": found.voters.filter(has_slip=True).count(),
        "used": found.slips.filter(is_used=True).count(),
        "may_act": acts_for(request.user, found.meeting.organisation) and found.closed_at is None,
    }  # fmt: skip
    return page(request, "affairs/village/ballot.html", context)


@part(of="meetings", path="ballots/<int:ballot_id>/slips", methods=("POST",), roles=ROLES)
def ballot_slips(request: HttpRequest, ballot_id: int) -> HttpResponseBase:
    """The slips, to be printed now: nobody can show them again."""
    found = get_object_or_404(_ballots(request), pk=ballot_id)
    try:
        codes = actions.print_slips(found, request.user)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("affairs:ballot", found.pk)
    answer = page(
        request, "affairs/village/slips.html",
        {
            "ballot": found, "codes": [slip_codes.shown(code) for code in codes],
            "address": request.build_absolute_uri(reverse("affairs:vote")),
        },
    )  # fmt: skip
    answer["Cache-Control"] = "no-store"
    return answer


@part(of="meetings", path="ballots/<int:ballot_id>/<slug:act>", methods=("POST",), roles=ROLES)
def ballot_act(request: HttpRequest, ballot_id: int, act: str) -> HttpResponseBase:
    found = get_object_or_404(_ballots(request), pk=ballot_id)
    try:
        if act == "hand_out":
            ids = [int(key) for key in request.POST.getlist("voter") if key.isdecimal()]
            actions.hand_out(found, request.user, ids)
        elif act == "by_hand":
            actions.vote_by_hand(found, request.user, _choices(request.POST))
        elif act == "close":
            actions.close_ballot(found, request.user, _paper(found, request.POST))
        else:
            raise Http404(act)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("已保存"))
    return redirect("affairs:ballot", found.pk)


def _choices(data: Any) -> dict[int, str]:
    given = {key.removeprefix("choice-"): value for key, value in data.items() if key.startswith("choice-")}
    return {int(key): value for key, value in given.items() if key.isdecimal()}


def _paper(found: Ballot, data: Any) -> dict[str, int]:
    """`paper-<number of the option>` → votes read out; an empty field is none."""
    given = {}
    for index, option in enumerate(found.options):
        text = data.get(f"paper-{index}", "").strip()
        if text and not text.isdecimal():
            raise Refused(
                "bad_count", _("票数应是整数：%(text)s") % {"text": text[:20]}, field="paper", value=text
            )
        given[option] = int(text or 0)
    return given


def _chart(found: Ballot) -> Bar:
    counts = list(found.counts.values_list("option", "votes"))
    return Bar(
        title=_("表决结果"), unit=_("票"), decimals=0, x=[option for option, _votes in counts],
        traces=[Trace(_("票数"), [votes for _option, votes in counts])],
    )  # fmt: skip
