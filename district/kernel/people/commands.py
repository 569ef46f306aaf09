"""`district audit`, `district account` and `district unit`: the audit trail, the first administrator and the credit codes
of units, without a browser."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from django.db import transaction

from district.kernel.people import audit_anchors, duty_actions, life_actions
from district.kernel.people.audit import record_act
from district.kernel.people.audit_export import write_export
from district.kernel.people.models import Organisation
from district.kernel.people.refused import Refused

PROBLEMS = {
    "altered": "该行被改动 · the row was altered",
    "gap": "此处缺行 · rows are missing here",
    "anchor_missing": "末尾的记录被删去 · rows were taken off the end",
    "anchor_differs": "记录链被重做 · the chain was made anew",
}


def audit(arguments: list[str]) -> int:
    """Follows the chain of the audit trail; 0 when it is whole, 1 when it is broken."""
    parser = argparse.ArgumentParser(prog="district audit", description="校验审计记录链 · verify the audit trail")
    parser.add_argument("--after-restore", metavar="REASON", help="从备份恢复后重新建立锚点 · set the anchors aside")
    parser.add_argument("--export", metavar="FILE", type=Path, help="导出可独立校验的审计包 · a file that proves itself")
    options = parser.parse_args(arguments)
    if options.export:
        with options.export.open("wb") as target:
            manifest = write_export(target)
        record_act(None, "export", subject_kind="audit", subject=f"{manifest['rows']}", purpose=str(options.export)[:200])
        print(f"已导出 {manifest['rows']} 条，末条摘要 {manifest['head']} · exported {manifest['rows']} rows")
    if options.after_restore:
        kept = audit_anchors.forget_anchors()
        record_act(None, "anchors_set_aside", purpose=options.after_restore, subject=kept.name if kept else "")
    check = audit_anchors.check_and_anchor()
    if check.is_whole:
        print(f"审计记录链完整：{check.rows} 条，末条摘要 {check.head} · audit trail is whole: {check.rows} rows")
        return 0
    problem = PROBLEMS[check.problem]
    print(f"审计记录链在第 {check.broken_at} 条断开：{problem} · broken at row {check.broken_at}", file=sys.stderr)
    return 1


def account(arguments: list[str]) -> int:
    """Opens an account with one duty over the whole district: how the first administrators come to be."""
    parser = argparse.ArgumentParser(prog="district account", description="开立账号并授予职责 · open an account")
    parser.add_argument("username", help="工号 · staff number")
    parser.add_argument("name", help="姓名 · name")
    parser.add_argument("--role", required=True, help="如 people.admin、people.auditor、kernel.operator")
    parser.add_argument("--organisation", default="bigdata", help="单位代码 · code of the unit")
    parser.add_argument("--reason", default="初始化 · first set-up")
    options = parser.parse_args(arguments)
    unit = Organisation.objects.filter(code=options.organisation).first()
    if unit is None:
        print(f"没有单位 no organisation: {options.organisation}", file=sys.stderr)
        return 2
    try:
        with transaction.atomic():
            opened, password = life_actions.join(None, options.username, options.name, unit, options.reason)
            duty_actions.grant_duty(None, opened, options.role, unit, "district", options.reason)
    except Refused as refusal:
        print(f"{refusal.field} {refusal.value}: {refusal} ({refusal.code})", file=sys.stderr)
        return 2
    print(f"{opened.username}  首次登录密码 first password: {password}")
    return 0


def unit(arguments: list[str]) -> int:
    """Notes the 统一社会信用代码 of a unit, which open catalogues name their publishers by."""
    parser = argparse.ArgumentParser(prog="district unit", description="登记单位的统一社会信用代码 · credit code of a unit")
    parser.add_argument("code", help="单位代码 · code of the unit")
    parser.add_argument("--uscc", required=True, help="统一社会信用代码，空为删去 · empty to remove")
    options = parser.parse_args(arguments)
    found = Organisation.objects.filter(code=options.code).first()
    if found is None:
        print(f"没有单位 no organisation: {options.code}", file=sys.stderr)
        return 2
    found.uscc = options.uscc.strip().upper()
    try:
        found.save(update_fields=["uscc"])
    except Refused as refusal:
        print(f"{refusal.field} {refusal.value}: {refusal} ({refusal.code})", file=sys.stderr)
        return 2
    record_act(None, "unit_changed", subject_kind="organisation", subject=found.code, fields=["uscc"])
    print(f"{found.name} {found.uscc}")
    return 0


COMMANDS: dict[str, Callable[[list[str]], int]] = {"audit": audit, "account": account, "unit": unit}
