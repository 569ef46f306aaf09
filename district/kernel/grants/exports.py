"""Export of what a grant gives, as a job: asked, written, taken. Rows are read by the rule as everywhere else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.db import transaction

from district.kernel import clock
from district.kernel.grants import export_files, fetching, row_marks, rules, uses
from district.kernel.grants.models import Export, Grant, GrantState
from district.kernel.grants.refused import Refused
from district.kernel.grants.row_rules import Rule
from district.kernel.grants.subjects import Subjects
from district.kernel.grants.viewers import viewer_of
from district.kernel.jobs.work import job
from district.kernel.people.models import Account

KEEP_DAYS = 3


@transaction.atomic
def ask_export(grant: Grant, account: Account, kind: str) -> Export:
    """By somebody of the department that holds the grant."""
    if kind not in Export.Kind.values:
        raise Refused("bad_kind", "没有这种格式", field="kind", value=kind)
    if (
        grant.client_id is not None
        or account.organisation_id != grant.grantee_id
        or grant.state != GrantState.ACTIVE
    ):
        raise Refused("not_yours", "只有使用部门的人员可以按有效授权导出", status=403)
    made = Export.objects.create(grant=grant, account=account, kind=kind)
    made.work = write_export.start(account, export=made.pk)
    made.save(update_fields=["work"])
    return made


@job(name="grants.write_export", queue="default")
def write_export(progress: Any, export: int) -> None:
    """Writes the file beside its name, so that it is there whole or not at all."""
    asked = Export.objects.select_related("grant__resource", "grant__grantee", "account__organisation").get(
        pk=export
    )
    resource = asked.grant.resource
    viewer = viewer_of(asked.account)
    rule = rules.columns_and_rows(viewer, resource)
    if rule is None or rule.grant_id != asked.grant_id:
        return _failed(asked, "授权已收回或变更")
    target = path_of(asked)
    partial = target.with_suffix(".partial")
    subjects = Subjects()
    try:
        rows = _rows(rule, resource, progress, subjects)
        heads = [column.title for column in rule.columns]
        count = export_files.WRITERS[asked.kind](
            partial, heads, row_marks.marked(rows, asked.mark), visible_mark(asked)
        )
        asked.sha256, asked.bytes = export_files.digest_of(partial)
        _within_quota(asked, count)
        partial.replace(target)
    except (Refused, ValueError) as refused:
        return _failed(asked, str(refused))
    finally:
        partial.unlink(missing_ok=True)
    with transaction.atomic():
        asked.rows, asked.made_at, asked.expires_at = (
            count,
            clock.now(),
            clock.now() + timedelta(days=KEEP_DAYS),
        )
        asked.save()
        uses.record(viewer, rule, channel="file", rows=count, subjects=subjects.hashes(), title=resource.title,
                    filter={"export.eq": asked.pk})  # fmt: skip
    return None


def _failed(asked: Export, problem: str) -> None:
    asked.problem = problem[:300]
    asked.save(update_fields=["problem"])


def _within_quota(asked: Export, count: int) -> None:
    most = asked.grant.rows_per_day
    if most is not None and count > most:
        raise Refused("quota", f"共 {count} 行，超过每日行数 {most}", field="rows_per_day")


def _rows(rule: Rule, resource: Any, progress: Any, subjects: Subjects) -> Iterator[tuple[Any, ...]]:
    """The granted rows, a batch at a time, whatever their number."""
    asked = fetching.selection(rule, resource, with_subjects=bool(rule.subject_items))
    width = len(rule.columns)
    for batch in fetching.batches(asked):
        progress.advance(len(batch))
        subjects.add(number for row in batch for number in row[width:])
        for row in batch:
            yield row[:width]


def path_of(asked: Export) -> Path:
    return export_files.folder() / f"{asked.key}.{asked.kind}"


def visible_mark(asked: Export) -> str:
    """Who, when, by which grant."""
    at = clock.now().astimezone(clock.CHINA)
    return (
        f"{asked.grant.number} {asked.grant.grantee} {asked.account.name}（{asked.account.username}） "
        f"{at:%Y-%m-%d %H:%M} 导出 {asked.pk} 仅限：{asked.grant.purpose}"
    )


def take(asked: Export, account: Account) -> Path:
    """The file for its own department, while the link and the grant count."""
    if account.organisation_id != asked.grant.grantee_id:
        raise Refused("not_yours", "不是本部门的导出文件", status=403)
    if asked.made_at is None or asked.expires_at is None or asked.expires_at <= clock.now():
        raise Refused("expired", "链接已过期", status=410)
    rule = rules.columns_and_rows(viewer_of(account), asked.grant.resource)
    if rule is None or rule.grant_id != asked.grant_id:
        raise Refused("no_grant", "授权已收回", status=403)
    return path_of(asked)


def sweep() -> int:
    """Removes files whose links have expired."""
    gone = 0
    for asked in Export.objects.filter(expires_at__lte=clock.now()):
        path = path_of(asked)
        gone += path.exists()
        path.unlink(missing_ok=True)
    return gone


def whose(path: Path) -> Export | None:
    """The export a file came from, by the order of its rows."""
    number = row_marks.number_of(export_files.read_rows(path))
    if number is None:
        return None
    return Export.objects.filter(pk=number).select_related("grant__grantee", "account").first()
