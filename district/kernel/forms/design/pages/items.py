"""从台账引用: questions are chosen from what registers hold, already filled in."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from district.kernel.forms.design import changing
from district.kernel.forms.design.pages import words
from district.kernel.forms.design.questions import questions_of
from district.kernel.forms.models import RegisterItem
from district.kernel.forms.queries import DESIGNERS
from district.kernel.people.access import allow
from district.kernel.ui.render import page


@allow(*DESIGNERS)
@require_http_methods(["GET", "HEAD", "POST"])
def items(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The items of the project's registers; those the form takes already stand there marked."""
    form = words.led(request, pk)
    found = RegisterItem.objects.filter(register__project=form.project).select_related(
        "register__organisation", "holder"
    )
    if request.method == "POST":
        chosen = found.filter(pk__in=[key for key in request.POST.getlist("item") if key.isdecimal()])
        if not chosen:
            messages.error(request, _("没有选择信息项"))
            return redirect("forms:design_items", pk)
        try:
            changing.add_items(form, chosen, request.user)
        except words.ERRORS as error:
            words.say(request, error)
        else:
            messages.success(request, _("已引用区里已有的信息"))
        return redirect("forms:design", pk)
    version = changing.latest(form)
    questions = questions_of(version.questions) if version else ()
    taken = {(each.prefill.register, each.prefill.item) for each in questions if each.prefill}
    registers: dict[str, list[tuple[RegisterItem, bool]]] = {}
    for item in found.order_by("register", "position"):
        is_taken = (item.register.name, item.name) in taken
        registers.setdefault(item.register.title, []).append((item, is_taken))
    return page(request, "forms/design/items.html", {"form": form, "registers": registers})
