"""本人查阅: at the counter, what the person may be shown of their own records, and who has looked at them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from district.kernel.ui.form import PageForm
from district.kernel.ui.render import page

from ..looking import PROOFS, disclose
from .forms import DeskForm
from .guarded import address_of, in_care


@in_care
def care_desk(request: HttpRequest) -> HttpResponseBase:
    """The number is sent in the body, never in an address; nothing is kept by the browser."""
    inner = DeskForm(request.POST or None)
    form = PageForm(inner, submit=_("查阅"), columns=2)
    shown = None
    if form.is_valid():
        given = inner.cleaned_data
        shown = disclose(
            request.user, given["identity_number"], given["name"], given["proof"], address=address_of(request)
        )
    return page(
        request, "governance/care/desk.html",
        {"form": form, "shown": shown, "proof": PROOFS.get(inner.data.get("proof", ""), "")},
    )  # fmt: skip
