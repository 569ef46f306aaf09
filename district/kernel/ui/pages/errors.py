"""400, 403, 404 and 500 in our own frame, saying what to do next. Programs get JSON."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.utils.translation import gettext as _

from district.kernel.people.refusals import wants_json
from district.kernel.ui.render import page


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponseBase:
    return _answer(request, HTTPStatus.BAD_REQUEST, "bad_request", _("请求有误"),
                   _("服务器看不懂这个请求。请返回上一页，检查填写的内容后再试。"))


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponseBase:
    reason = str(exception or "") or _("您现有的职责不能使用此功能")
    return _answer(request, HTTPStatus.FORBIDDEN, "not_allowed", _("没有权限"),
                   _("%(reason)s。如工作需要，请联系本单位的账号管理员增加职责。") % {"reason": reason.rstrip("。")})


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponseBase:
    return _answer(request, HTTPStatus.NOT_FOUND, "not_found", _("没有这个页面"),
                   _("地址可能有误，或内容已被移走。可以从首页或用上方的搜索找到它。"))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponseBase:
    return _answer(request, HTTPStatus.FORBIDDEN, "csrf", _("页面已过期"),
                   _("为了安全，这次提交没有被接受。请刷新页面后重新提交。"))


def server_error(request: HttpRequest) -> HttpResponseBase:
    """Asks neither database nor session: they may be what is broken."""
    text = _("系统出了问题，已记入日志。请稍后再试；如果一直这样，请联系运维人员。")
    if wants_json(request):
        return JsonResponse({"error": "server_error", "detail": text}, status=500)
    context: dict[str, Any] = {"code": 500, "title": _("系统出了问题"), "text": text}
    return page(request, "ui/server_error.html", context, status=500)


def _answer(request: HttpRequest, status: HTTPStatus, error: str, title: str, text: str) -> HttpResponseBase:
    if wants_json(request):
        return JsonResponse({"error": error, "detail": text}, status=status)
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(text, status=status)
    return page(request, "ui/error.html", {"code": int(status), "title": title, "text": text}, status=status)
