"""The acceptance list: agreed by two, run by the platform, and a project accepted on a run that fulfilled it."""

from __future__ import annotations

import json
from datetime import UTC, timedelta
from time import perf_counter
from typing import Any

from cryptography.hazmat.primitives.hashes import SM3, Hash
from django.db import transaction
from django.utils.translation import gettext as _

from district.kernel.clock import now
from district.kernel.files.actions import attach
from district.kernel.files.models import StoredFile
from district.kernel.people.refused import Refused

from ...models import Acceptance, AcceptanceItem, AcceptanceRun, ManualResult, Project
from ..checks import BadAsk, checked, run
from ..rules import RUN_DAYS
from .holding import held, held_at, note, other
from .proposing import FILES_OF

LIST_STAGES = ("proposal", "review", "procurement")


@transaction.atomic
def add_item(
    project: Project, account: Any, *, title: str, kind: str, asks: dict[str, Any], is_required: bool = True
) -> AcceptanceItem:
    """Before delivery begins, so that the supplier knows what will be asked. Raises Refused for one that cannot be run."""
    project = held_at(project, *LIST_STAGES)
    try:
        checked(kind, asks)
    except (BadAsk, KeyError) as bad:
        raise Refused("asks", str(bad)) from bad
    last = project.items.order_by("-order").first()
    made = AcceptanceItem.objects.create(
        project=project,
        order=last.order + 1 if last else 1,
        title=title.strip()[:160],
        kind=kind,
        asks=asks,
        is_required=is_required,
        made_by=account,
    )
    note(account, "item_added", project, made.order, made.title)
    return made


@transaction.atomic
def agree_list(project: Project, account: Any) -> int:
    """Whoever wrote none of them agrees to the lines that are open; how many."""
    project = held_at(project, *LIST_STAGES)
    waiting = list(project.items.filter(agreed_at__isnull=True))
    if not waiting:
        raise Refused("nothing", _("没有待确认的验收事项"))
    other(account, *(each.made_by_id for each in waiting))
    project.items.filter(agreed_at__isnull=True).update(agreed_by=account, agreed_at=now())
    note(account, "list_agreed", project, len(waiting))
    return len(waiting)


@transaction.atomic
def give_result(
    item: AcceptanceItem, account: Any, is_passed: bool, words: str, file: StoredFile | None
) -> ManualResult:
    """Of a manual item only; with a paper."""
    project = held_at(item.project, "acceptance")
    if item.kind != "manual":
        raise Refused("not_manual", _("该事项由平台运行得出结果，不能人工填写"))
    if file is None or not words.strip():
        raise Refused("paper", _("请填写核验情况并上传记录"))
    made = ManualResult.objects.create(
        item=item, is_passed=is_passed, words=words, file=file, made_by=account
    )
    attach(file, FILES_OF, project.number, account, is_personal=False)
    note(account, "result_given", project, item.order, words)
    return made


@transaction.atomic
def confirm_result(found: ManualResult, account: Any) -> ManualResult:
    found = held(found)
    if found.confirmed_at is not None:
        raise Refused("decided", _("这条结果已经复核过"))
    other(account, found.made_by_id)
    found.confirmed_by, found.confirmed_at = account, now()
    found.save(update_fields=("confirmed_by", "confirmed_at"))
    note(account, "result_confirmed", found.item.project, found.item.order)
    return found


@transaction.atomic
def run_list(project: Project, account: Any) -> AcceptanceRun:
    """The whole list, now; what came out is kept, passed or not."""
    project = held_at(project, "delivery", "acceptance")
    begun, at = perf_counter(), now()
    results = [_result(item, account) for item in project.items.order_by("order")]
    if not results:
        raise Refused("empty", _("验收清单为空"))
    last = project.runs.order_by("-pk").first()
    made = AcceptanceRun(
        project=project,
        at=at,
        took_ms=round((perf_counter() - begun) * 1000),
        results=results,
        by=account,
        is_passed=all(each["is_passed"] for each in results if each["is_required"]),
        previous=last.digest if last else "",
    )
    made.digest = digest_of(made)
    made.save(force_insert=True)
    note(account, "list_run", project, made.key, made.digest)
    return made


def _result(item: AcceptanceItem, account: Any) -> dict[str, Any]:
    said: dict[str, Any] = {
        "order": item.order,
        "title": item.title,
        "kind": item.kind,
        "asks": item.asks,
        "is_required": item.is_required,
    }
    if item.kind == "manual":
        found = item.results.filter(confirmed_at__isnull=False).order_by("-pk").first()
        passed = found is not None and found.is_passed
        words = found.words if found else "没有经复核的人工核验结果"
        evidence = (
            {"result": found.pk, "file": found.file_id and found.file.sha256} if found and found.file else {}
        )
        return said | {"is_passed": passed, "words": words, "measured": None, "evidence": evidence}
    found_out = run(item.kind, item.asks, account)
    return said | {
        "is_passed": found_out.is_passed,
        "words": found_out.words,
        "measured": found_out.measured,
        "evidence": found_out.evidence,
    }


def digest_of(made: AcceptanceRun) -> str:
    """SM3 over the run as canonical JSON, and over the run before it."""
    said = {
        "key": str(made.key),
        "project": made.project.number,
        "at": made.at.astimezone(UTC).isoformat(),
        "results": made.results,
        "is_passed": made.is_passed,
        "by": made.by.username,
        "previous": made.previous,
    }
    digest = Hash(SM3())
    digest.update(json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode())
    return digest.finalize().hex()


@transaction.atomic
def accept(project: Project, account: Any, run_key: str, words: str) -> Acceptance:
    """On the newest run, when it passed, is not old, and was run by another."""
    project = held_at(project, "acceptance")
    if hasattr(project, "acceptance"):
        raise Refused("accepted", _("项目已经验收"))
    newest = project.runs.order_by("-pk").first()
    if newest is None or str(newest.key) != str(run_key):
        raise Refused("run", _("只能依据最近一次运行验收"))
    if not newest.is_passed:
        raise Refused("failed", _("最近一次运行有必达项未通过"))
    if now() - newest.at > timedelta(days=RUN_DAYS):
        raise Refused("old", _("最近一次运行已超过 %(n)s 天，请重新运行") % {"n": RUN_DAYS})
    if digest_of(newest) != newest.digest:
        raise Refused("digest", _("运行记录与摘要不符"))
    other(account, newest.by_id, project.made_by_id)
    tester = project.parts.filter(role="tester", until_on__isnull=True).first()
    if tester is None:
        raise Refused("tester", _("没有登记测评单位"))
    if not words.strip():
        raise Refused("words", _("请填写验收意见"))
    made = Acceptance.objects.create(
        project=project, run=newest, test_by=tester, words=words, asked_by=newest.by, decided_by=account
    )
    note(account, "project_accepted", project, newest.key, newest.digest)
    return made
