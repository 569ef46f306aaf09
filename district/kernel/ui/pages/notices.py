"""The reader's notices."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from markupsafe import Markup

from district.kernel import clock
from district.kernel.alerts.models import Notice
from district.kernel.people.access import allow
from district.kernel.ui.render import page
from district.kernel.ui.saying import said
from district.kernel.ui.table import Column, Table


@allow("staff")
@require_safe
def notices(request: HttpRequest) -> HttpResponseBase:
    """All of one's own notices, newest first."""
    table = Table(
        "notices",
        columns=[
            Column("made_at", _("时间"), format="moment", filter="date"),
            Column("title", _("标题"), filter="text", cell=_title),
            Column("body", _("内容"), sortable=False),
            Column("severity", _("级别"), value=lambda notice: notice.get_severity_display()),
            Column("read_at", _("阅读时间"), format="moment"),
        ],
        source=Notice.objects.filter(recipient_id=request.user.pk),
        order="-made_at", title=_("通知"), empty=_("还没有通知"),
    )
    return table.respond(request) or page(request, "ui/notices.html", {"table": table})


@allow("staff")
@require_POST
def read_notices(request: HttpRequest) -> HttpResponseBase:
    """Marks all of one's own notices as read."""
    Notice.objects.filter(recipient_id=request.user.pk, read_at__isnull=True).update(read_at=clock.now())
    return HttpResponseRedirect(reverse("ui:notices"))


def _title(notice: Notice) -> Markup:
    if not notice.url.startswith("/"):
        return Markup("{}").format(said(notice.title))
    return Markup('<a href="{}">{}</a>').format(notice.url, said(notice.title))
