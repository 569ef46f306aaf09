"""The running web door: what it tells browsers, and whom it turns away."""

from __future__ import annotations

import json
import os

from django.conf import settings
from django.urls import NoReverseMatch, reverse

from district.kernel import registry
from district.kernel.vocabulary import PUBLIC

from ..door import Door
from ..probe import Found, judged, probe, unknown

HEADERS = {
    "content-security-policy": "default-src 'self'",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
}


@probe
def transport(door: Door) -> Found:
    """The platform's own port speaks plain HTTP on the machine; TLS is that of the proxy before it."""
    is_https = os.environ.get("DISTRICT_HTTPS") == "1"
    if not is_https:
        return judged(False, "未启用 HTTPS（DISTRICT_HTTPS=1 并由代理终止 TLS）", https=False)
    strict = door.get("/health").headers.get("strict-transport-security", "")
    is_secure = settings.SESSION_COOKIE_SECURE and settings.CSRF_COOKIE_SECURE
    if not is_secure:
        return judged(False, "已声明 HTTPS，但 Cookie 未设 Secure", https=True, hsts=strict)
    return unknown(
        "已声明 HTTPS，Cookie 带 Secure；证书与协议版本由前置代理终止，本机无法核验", https=True, hsts=strict
    )


@probe
def browser_headers(door: Door) -> Found:
    answer = door.get(reverse("account_login"))
    wrong = {
        name: answer.headers.get(name, "")
        for name, wanted in HEADERS.items()
        if wanted not in answer.headers.get(name, "")
    }
    policy = answer.headers.get("content-security-policy", "")
    is_loose = "unsafe-inline" in policy or "unsafe-eval" in policy
    words = (
        "登录页响应头齐全，禁止内联脚本"
        if not wrong and not is_loose
        else f"响应头不符：{'、'.join(wrong) or 'CSP 过宽'}"
    )
    return judged(not wrong and not is_loose, words, wrong=wrong, policy=policy[:500])


@probe
def cookies(door: Door) -> Found:
    """The cookies of the sign-in page, and how the session's is set."""
    lines = door.get(reverse("account_login")).cookies
    bare = [line.split("=")[0] for line in lines if "samesite" not in line.lower()]
    is_right = (
        not bare
        and settings.SESSION_COOKIE_HTTPONLY
        and settings.SESSION_COOKIE_SAMESITE in ("Lax", "Strict")
    )
    words = f"会话 Cookie：HttpOnly、SameSite={settings.SESSION_COOKIE_SAMESITE}、Secure={settings.SESSION_COOKIE_SECURE}"
    if is_right and not settings.SESSION_COOKIE_SECURE:
        return judged(False, f"{words}；未启用 HTTPS，Cookie 没有 Secure")
    return judged(is_right, words, without_samesite=bare)


@probe
def guarded_pages(door: Door) -> Found:
    """Every page of the manifests that is not public is asked for without signing in; each must lead to the sign-in."""
    open_pages, asked = [], 0
    for system in registry.systems():
        for page in system.pages:
            if PUBLIC in page.roles:
                continue
            try:
                address = reverse(f"{system.name}:{page.key}")
            except NoReverseMatch:
                continue
            asked += 1
            if door.get(address).status not in (301, 302, 401, 403):
                open_pages.append(address)
    words = (
        f"未登录逐页访问 {asked} 个内部页面，均被拒绝"
        if not open_pages
        else f"未登录可打开：{'、'.join(open_pages[:5])}"
    )
    return judged(not open_pages and asked > 0, words, asked=asked, open=open_pages)


@probe
def health(door: Door) -> Found:
    answer = door.get("/health")
    if answer.status == 200:
        return judged(True, "平台各进程正常，集中监测有效")
    try:
        checks = json.loads(answer.body)["checks"]
    except (ValueError, KeyError):
        return unknown(f"健康检查应答 {answer.status}，内容无法识别")
    bad = {name: reason for name, reason in checks.items() if reason != "ok"}
    return judged(False, f"不正常的进程：{'、'.join(bad)}", checks=checks)
