"""事项评价: the household says how its matter was settled, without an account."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from district.kernel.ui.form import PageForm
from district.kernel.ui.render import page

from ..actions import rate as rated
from ..refused import Refused
from .forms import RatingForm, refused_into


@require_http_methods(["GET", "POST"])
def rate(request: HttpRequest) -> HttpResponseBase:
    """Asked by POST, so that the code does not stand in addresses and logs."""
    inner = RatingForm(request.POST or None, initial={"number": request.GET.get("number", "")})
    form = PageForm(inner, submit=_("提交评价"))
    is_done = False
    if form.is_valid():
        given = inner.cleaned_data
        try:
            rated(given["number"], given["code"], given["score"], given["text"])
            is_done = True
        except Refused as refusal:
            refused_into(inner, refusal)
    return page(request, "affairs/circulation/rate.html", {"form": form, "is_done": is_done})
