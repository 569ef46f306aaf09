"""Saved views of tables: kept and forgotten by their owner."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from district.kernel.people.access import allow
from district.kernel.ui.models import SavedView
from district.kernel.ui.pages.preferences import next_url

MOST_VIEWS = 50


@allow("staff")
@require_POST
def keep_view(request: HttpRequest) -> HttpResponseBase:
    """Keeps `query` of `table` on `path` under `title`; one of the same title is replaced."""
    account: Any = request.user
    title, path = request.POST.get("title", "").strip()[:60], request.POST.get("path", "")[:200]
    query, table = request.POST.get("query", "")[:2000], request.POST.get("table", "")[:100]
    if not title or not table or not path.startswith("/") or path.startswith("//"):
        messages.error(request, _("视图没有保存：名称不能为空"))
        return HttpResponseRedirect("/")
    if SavedView.objects.filter(account=account).count() >= MOST_VIEWS:
        messages.error(request, _("视图没有保存：每人最多 %(n)s 个，请先删除不用的") % {"n": MOST_VIEWS})
        return HttpResponseRedirect(f"{path}?{query}")
    view, _made = SavedView.objects.update_or_create(
        account=account, table=table, path=path, title=title, defaults={"query": query}
    )
    messages.success(request, _("已保存视图“%(title)s”") % {"title": title})
    return HttpResponseRedirect(view.url)


@allow("staff")
@require_POST
def forget_view(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Deletes one of the reader's own views."""
    get_object_or_404(SavedView, pk=pk, account_id=request.user.pk).delete()
    messages.success(request, _("视图已删除"))
    return HttpResponseRedirect(next_url(request))
