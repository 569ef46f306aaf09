"""Files of granted rows."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from district.kernel.grants import queries
from district.kernel.grants.exports import ask_export, take
from district.kernel.grants.models import Export
from district.kernel.grants.pages.acting import acted
from district.kernel.grants.pages.words import ACTORS
from district.kernel.people.access import allow
from district.kernel.people.audit import record_act
from district.kernel.people.refused import Refused
from district.kernel.ui.render import page


@allow(*ACTORS)
@require_http_methods(["GET", "HEAD", "POST"])
def exports(request: HttpRequest, number: str) -> HttpResponseBase:
    """The files made of one grant, and a button for another."""
    account: Any = request.user
    held = get_object_or_404(queries.grants_seen_by(account), number=number)
    back = reverse("grants:exports", args=[number])
    if request.method == "POST":
        kind = request.POST.get("kind", "csv")
        return acted(request, lambda: ask_export(held, account, kind), _("正在导出，完成后在此下载"), back)
    found = held.exports.select_related("account")[:50]
    return page(
        request, "grants/exports.html", {"held": held, "exports": found, "kinds": Export.Kind.choices}
    )


@allow(*ACTORS)
@require_safe
def export(request: HttpRequest, key: str) -> HttpResponseBase:
    """The file itself; each look is noted."""
    account: Any = request.user
    asked = get_object_or_404(Export.objects.select_related("grant__resource"), key=key)
    try:
        path = take(asked, account)
    except Refused as refused:
        messages.error(request, str(refused))
        return HttpResponseRedirect(reverse("grants:exports", args=[asked.grant.number]))
    record_act(
        account, "export_taken", subject_kind="grants.export", subject=asked.pk, purpose=asked.grant.number
    )
    name = f"{asked.grant.resource.title}-{asked.grant.number}.{asked.kind}"
    return FileResponse(path.open("rb"), as_attachment=True, filename=name)
