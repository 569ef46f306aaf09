"""审计链核验: each walk along the chain, by the clock or by hand, and what it found."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Case, Value, When
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from district.kernel.people.audit import record_act
from district.kernel.people.audit_anchors import noted_anchors
from district.kernel.people.models import AuditCheck
from district.kernel.ui.chart import Line, Trace
from district.kernel.ui.overview import Figure
from district.kernel.ui.render import page
from district.kernel.ui.routing import part
from district.kernel.ui.table import Column, Table

from ..audit_watch import check_whole, find_latest_break

WHOLE = "whole"
PROBLEMS = {
    WHOLE: gettext_lazy("完整"),
    "altered": gettext_lazy("记录被改动"),
    "gap": gettext_lazy("缺少记录"),
    "anchor_missing": gettext_lazy("末尾记录被删"),
    "anchor_differs": gettext_lazy("记录链被重做"),
}
SHOWN = 200


def audit_checks(request: HttpRequest) -> HttpResponseBase:
    checks = AuditCheck.objects.select_related("by").annotate(
        found=Case(When(problem="", then=Value(WHOLE)), default="problem")
    )
    table = Table(
        "checks",
        title=_("核验记录"),
        source=checks,
        order="-at",
        per_page=30,
        empty=_("还没有核验"),
        columns=[
            Column("at", _("核验时间"), format="second", filter="date"),
            Column(
                "since",
                _("范围"),
                format=lambda seq: _("整链") if not seq else _("自第 %(n)s 条") % {"n": seq},
            ),
            Column(
                "found",
                _("结果"),
                filter="choice",
                choices=PROBLEMS,
                badge={key: "green" if key == WHOLE else "red" for key in PROBLEMS},
            ),
            Column("rows", _("核到第几条"), format=0),
            Column("anchors", _("锚点数"), format=0),
            Column("broken_at", _("断开处"), format=0),
            Column("took_ms", _("用时（毫秒）"), format=0),
            Column("by.name", _("核验人")),
            Column("head", _("末条摘要"), shown=False),
        ],
    )
    answer = table.respond(request)
    if answer is not None:
        return answer
    broken, whole = find_latest_break(), checks.filter(since=0).first()
    last = list(checks[:SHOWN])[::-1]
    chart = Line(
        title=_("审计记录数"),
        unit=_("条"),
        decimals=0,
        x=[each.at for each in last],
        traces=[Trace(_("记录"), [each.rows for each in last])],
    )
    return page(
        request,
        "programme/security/desk.html",
        {
            "title": _("审计链核验"),
            "tables": [table],
            "charts": [chart],
            "lead": _("每小时核验新增记录，每天 3:10 核验整链；锚点保存在数据库之外。断链即告警。"),
            "notes": [("danger", _("审计链在第 %(n)s 条断开，立即核查") % {"n": broken.broken_at})]
            if broken
            else [("success", _("最近一次整链核验完整"))]
            if whole and not whole.problem
            else [("warning", _("还没有整链核验"))],
            "figures": [
                Figure(_("最近整链核验"), f"{whole.at.astimezone():%m-%d %H:%M}" if whole else _("无")),
                Figure(_("审计记录"), whole.rows if whole else 0),
                Figure(_("锚点"), len(noted_anchors())),
                Figure(_("断链次数"), checks.exclude(problem="").count()),
            ],
            "posts": [(_("现在核验整链"), reverse("programme:check_audit_now"))],
        },
    )


@part(of="audit_checks", path="audit-checks/_run", methods=("POST",), roles=("security", "auditor"))
def check_audit_now(request: HttpRequest) -> HttpResponseBase:
    check = check_whole(request.user)
    record_act(
        request.user, "audit_verified", subject=f"{check.rows}", result="ok" if check.is_whole else "broken"
    )
    if check.is_whole:
        messages.success(request, _("审计链完整，共 %(n)s 条") % {"n": check.rows})
    else:
        messages.error(request, _("审计链在第 %(n)s 条断开") % {"n": check.broken_at})
    return HttpResponseRedirect(reverse("programme:audit_checks"))
