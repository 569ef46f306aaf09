"""An entry is added or changed on screen."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from district.kernel.datasets import actions
from district.kernel.datasets.models import Resource
from district.kernel.datasets.pages.entry_form import EntryForm, given_items, item_grid
from district.kernel.datasets.pages.resource import seen
from district.kernel.datasets.posts import may_change
from district.kernel.datasets.slugs import slug_of
from district.kernel.people.access import allow
from district.kernel.people.roles import PROVIDER, STEWARD, holders
from district.kernel.ui.form import PageForm
from district.kernel.ui.render import page


@allow(*holders(STEWARD, PROVIDER))
@require_http_methods(["GET", "HEAD", "POST"])
def new_resource(request: HttpRequest) -> HttpResponseBase:
    """登记: a new entry, a draft."""
    return _edited(request, None)


@allow(*holders(STEWARD, PROVIDER))
@require_http_methods(["GET", "HEAD", "POST"])
def edit_resource(request: HttpRequest, name: str) -> HttpResponseBase:
    found = seen(request.user, name)
    if not may_change(request.user, found):
        raise PermissionDenied(_("您不能修改这条资源"))
    return _edited(request, found)


def _edited(request: HttpRequest, found: Resource | None) -> HttpResponseBase:
    data = request.POST if request.method == "POST" else None
    form, grid = EntryForm(request.user, data, resource=found), item_grid(data, found)
    # Both are asked, so that all mistakes are shown at once.
    if data is not None and all([form.is_valid(), grid.is_valid()]):
        try:
            kept = _kept(request, found, dict(form.cleaned_data), given_items(grid))
        except actions.Refused as refused:
            _note(form, refused)
        else:
            messages.success(request, _("已保存"))
            return redirect("datasets:resource", kept.name)
    shown = PageForm(form, columns=2)
    context = {"form": shown, "grid": grid, "resource": found}
    return page(request, "datasets/entry.html", context, status=422 if data is not None else 200)


def _kept(
    request: HttpRequest, found: Resource | None, given: dict[str, Any], items: list[dict[str, Any]]
) -> Resource:
    given["share_way"] = given["share_way"] if given["share"] != "closed" else ""
    if found is not None:
        return actions.change_resource(found, request.user, items=items, **given)
    provider, slug = given.pop("provider"), given.pop("slug")
    if not slug:
        taken = Resource.objects.filter(provider=provider).values_list("name", flat=True)
        slug = slug_of(given["title"], {name.split(".", 1)[1] for name in taken})
    return actions.add_resource(provider=provider, slug=slug, items=items, account=request.user, **given)


def _note(form: EntryForm, refused: actions.Refused) -> None:
    """Each broken rule at its field."""
    for problem in refused.problems or (refused,):
        field = problem.field if problem.field in form.fields else None
        form.add_error(field, getattr(problem, "text", "") or str(problem))
