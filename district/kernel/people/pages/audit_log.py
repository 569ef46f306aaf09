"""The audit trail, for the auditor alone. Reading it is noted too."""

from __future__ import annotations

from tempfile import TemporaryFile

from django.http import FileResponse, HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from district.kernel.clock import now
from district.kernel.people.access import AUDITOR, allow
from district.kernel.people.audit import ChainCheck, record_act
from district.kernel.people.audit_anchors import check_and_anchor
from district.kernel.people.audit_export import write_export
from district.kernel.people.models import AuditEntry
from district.kernel.people.request_address import client_address
from district.kernel.ui.render import page
from district.kernel.ui.table import Column, Table

ACTIONS = {
    "sign_in": gettext_lazy("登录"), "session_ended": gettext_lazy("会话结束"), "second_factor": gettext_lazy("两步验证"),
    "second_factor_added": gettext_lazy("启用两步验证"), "second_factor_removed": gettext_lazy("停用两步验证"),
    "password_changed": gettext_lazy("修改密码"), "look": gettext_lazy("查看个人信息"), "export": gettext_lazy("导出"),
    "joined": gettext_lazy("入职开户"), "moved": gettext_lazy("调动"), "suspended": gettext_lazy("停用"),
    "resumed": gettext_lazy("恢复"), "left": gettext_lazy("离职"), "password_reset": gettext_lazy("重置密码"),
    "second_factor_reset": gettext_lazy("重置两步验证"), "duty_granted": gettext_lazy("授予职责"),
    "duty_ended": gettext_lazy("终止职责"), "audit_read": gettext_lazy("查阅审计记录"),
    "audit_verified": gettext_lazy("校验审计记录"), "anchors_set_aside": gettext_lazy("重建审计锚点"),
}
RESULTS = {"ok": gettext_lazy("成功"), "refused": gettext_lazy("拒绝"), "locked": gettext_lazy("已锁定"),
           "broken": gettext_lazy("链断开")}
RESULT_COLOURS = {"ok": "green", "refused": "orange", "locked": "red", "broken": "red"}
PROBLEMS = {
    "altered": gettext_lazy("该行被改动"), "gap": gettext_lazy("此处缺行"),
    "anchor_missing": gettext_lazy("末尾的记录被删去"), "anchor_differs": gettext_lazy("记录链被重做"),
}


@allow(AUDITOR)
@require_safe
def audit_log(request: HttpRequest) -> HttpResponseBase:
    return _shown(request, None)


@allow(AUDITOR)
@require_POST
def verify(request: HttpRequest) -> HttpResponseBase:
    """Follows the whole chain, and notes that it was followed."""
    check = check_and_anchor(request.user)
    record_act(request.user, "audit_verified", subject=f"{check.rows}", result="ok" if check.is_whole else "broken",
               address=client_address(request))
    return _shown(request, check)


@allow(AUDITOR)
@require_POST
def export_audit(request: HttpRequest) -> HttpResponseBase:
    """The whole trail as a file that proves itself; that it was taken is its last row but one later on."""
    target = TemporaryFile()  # noqa: SIM115 - the response closes it
    manifest = write_export(target)
    record_act(request.user, "export", subject_kind="audit", subject=f"{manifest['rows']}", purpose=_("审计导出"),
               address=client_address(request))  # fmt: skip
    target.seek(0)
    name = f"audit-{now():%Y%m%d-%H%M%S}.zip"
    return FileResponse(target, as_attachment=True, filename=name, content_type="application/zip")


def _shown(request: HttpRequest, check: ChainCheck | None) -> HttpResponseBase:
    table = Table(
        "audit",
        columns=[
            Column("seq", _("序号")),
            Column("at", _("时间"), format="second", filter="date"),
            Column("username", _("工号"), filter="text"),
            Column("organisation", _("单位"), filter="text"),
            Column("address", _("网络地址"), filter="text"),
            Column("action", _("行为"), filter="choice", choices=ACTIONS),
            Column("subject_kind", _("对象类别"), shown=False),
            Column("subject", _("对象"), filter="text"),
            Column("purpose", _("目的"), filter="text"),
            Column("fields", _("字段"), sortable=False, format=lambda fields: "、".join(fields)),
            Column("result", _("结果"), filter="choice", choices=RESULTS, badge=RESULT_COLOURS),
            Column("digest", _("摘要"), sortable=False, shown=False),
        ],
        source=AuditEntry.objects.all(),
        order="-seq",
        title=_("审计记录"),
    )
    answer = table.respond(request)
    if request.method == "GET":
        record_act(request.user, "audit_read", purpose=request.GET.urlencode()[:200], address=client_address(request))
    problem = PROBLEMS.get(check.problem, "") if check else ""
    shown = {"table": table, "check": check, "problem": problem}
    return answer or page(request, "people/audit_log.html", shown)
