"""Programs of a department. A secret is shown once, when it is made."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from district.kernel.grants import actions, queries
from district.kernel.grants.models import Client
from district.kernel.grants.pages.acting import acted, put_to
from district.kernel.grants.pages.forms import ClientForm
from district.kernel.grants.pages.words import READERS
from district.kernel.grants.posts import acts_for
from district.kernel.people.access import allow
from district.kernel.people.refused import Refused
from district.kernel.ui.form import PageForm
from district.kernel.ui.render import page


@allow(*READERS)
@require_http_methods(["GET", "HEAD", "POST"])
def clients(request: HttpRequest) -> HttpResponseBase:
    account: Any = request.user
    act = request.POST.get("act", "")
    form = ClientForm(request.POST if act == "add" else None)
    shown: tuple[Client, str] | None = None
    if request.method == "POST":
        if act != "add":
            client = get_object_or_404(queries.clients_seen_by(account), pk=request.POST.get("client") or 0)
            if act != "secret":
                do = actions.stop_client if act == "stop" else actions.start_client
                return acted(request, lambda: do(client, account), _("已更新"), reverse("grants:clients"))
        try:
            if act == "add" and form.is_valid():
                shown = actions.add_client(
                    account=account, organisation=account.organisation, **form.cleaned_data
                )
                form = ClientForm()
            elif act == "secret":
                shown = client, actions.new_secret(client, account)
        except Refused as refused:
            put_to(form, refused)
    known = list(queries.clients_seen_by(account))
    answer = page(
        request,
        "grants/clients.html",
        {
            "clients": [(each, acts_for(account, each.organisation)) for each in known],
            "form": PageForm(form, submit=_("登记应用"), columns=2),
            "shown": shown,
            "may_add": account.organisation is not None and acts_for(account, account.organisation),
        },
    )
    answer["Cache-Control"] = "no-store"
    return answer
