"""村务公开: what villages have decided, what came of it, and the slip of a secret vote. For anybody."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from district.kernel.clock import now
from district.kernel.people.refused import Refused
from district.kernel.ui.form import PageForm
from district.kernel.ui.render import page
from district.kernel.ui.routing import part

from ...models import Ballot, Guide, Slip
from .. import queries, slip_codes
from ..actions.voting import vote_by_slip
from ..forms import VoteForm, report

MOST = 30


def openness(request: HttpRequest) -> HttpResponseBase:
    context = {
        "steps": queries.published_steps(now())[:MOST], "announcements": queries.public_announcements()[:MOST],
        "guides": Guide.objects.filter(is_in_use=True), "at": now(),
    }  # fmt: skip
    return page(request, "affairs/village/openness.html", context)


@part(of="openness", path="openness/vote", methods=("GET", "POST"))
def vote(request: HttpRequest) -> HttpResponseBase:
    """A slip is used: first its code, then the choice. Nothing says who it was."""
    ballot = _ballot_of(request.POST.get("code", ""))
    form = VoteForm(ballot.options if ballot else [], request.POST or None)
    if request.method == "POST" and form.is_valid():
        choice = form.cleaned_data.get("choice", "")
        try:
            if choice or ballot is None:
                vote_by_slip(form.cleaned_data["code"], choice)
                return page(request, "affairs/village/voted.html", {})
        except Refused as refused:
            report(form, refused)
    context = {
        "form": PageForm(form, submit=_("投票") if ballot else _("下一步")),
        "ballot": ballot,
    }
    return page(request, "affairs/village/vote.html", context)


def _ballot_of(code: str) -> Ballot | None:
    """The open ballot of a slip that is not used yet."""
    slip = Slip.objects.filter(code_hash=slip_codes.hashed(slip_codes.read(code)), is_used=False)
    found = slip.select_related("ballot").first()
    return found.ballot if found and found.ballot.closed_at is None else None
