"""What is done with indicators: worked out again, entered, confirmed or sent back, frozen for a report."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from district.kernel.clock import now, today
from district.kernel.files.actions import attach, keep
from district.kernel.kpis.measuring import UnknownKpi, kpi_named, measure
from district.kernel.kpis.recomputing import agrees, published, read_only, recompute
from district.kernel.people.audit import record_act
from district.kernel.people.refused import Refused

from ..models import IndicatorEntry, Recomputation, Snapshot
from .freezing import content_of
from .frozen import canonical, digest_of
from .plan import indicator
from .wider import NATIONAL, PLAN, PROVINCE, item

ENTRY_FILES = "programme.indicator_entry"


def recompute_figure(system: str, key: str, account: Any = None, at: datetime | None = None) -> Recomputation:
    """Runs the published SQL beside the system's own measuring, on the same records, and keeps what came of it.

    Raises Refused (`sql_missing`) when the system has published none.
    """
    sql, moment = published(system, key), at or now()
    if sql is None:
        raise Refused("sql_missing", _("该指标没有公布复算 SQL"), field="key", value=key)
    with read_only():
        value, fractions = _measured(system, key, moment)
        found = recompute(sql, moment)
    is_same = agrees(value, fractions, found) if _has_measuring(system, key) else not found.trouble
    return Recomputation.objects.create(
        system=system, key=key, at=moment, by=account, sql_digest=sql.digest, measured=value, recomputed=found.value,
        parts=[asdict(part) for part in found.parts], agrees=is_same, took_ms=found.took_ms, trouble=found.trouble[:300],
    )  # fmt: skip


def _has_measuring(system: str, key: str) -> bool:
    try:
        kpi_named(system, key)
    except UnknownKpi:
        return False
    return True


def _measured(system: str, key: str, at: datetime) -> tuple[float | None, tuple[Any, ...]]:
    try:
        value = measure(*kpi_named(system, key), at).value
    except UnknownKpi:
        return None, ()
    return value.value, value.fractions


@transaction.atomic
def enter(item_set: str, key: str, account: Any, *, first_on: date, last_on: date, numerator: float, denominator: float,
          source: str, upload: Any, note: str = "", is_simulated: bool = False) -> IndicatorEntry:  # fmt: skip
    """Says what an item has reached, with the file that shows it; it counts when another has confirmed it. Raises Refused, and
    files.Refusal for the file."""
    _check_entry(item_set, key, first_on, last_on, numerator, denominator, source)
    file = keep(upload, account, ENTRY_FILES)
    entry = IndicatorEntry.objects.create(
        item_set=item_set, item=key, first_on=first_on, last_on=last_on, numerator=numerator, denominator=denominator,
        source=source.strip(), note=note.strip(), file=file, entered_by=account, is_simulated=is_simulated,
    )  # fmt: skip
    attach(file, ENTRY_FILES, entry.pk, account, is_personal=False)
    return entry


def _check_entry(item_set: str, key: str, first_on: date, last_on: date, numerator: float, denominator: float,
                 source: str) -> None:  # fmt: skip
    known = indicator(key) if item_set == PLAN else item(item_set, key) if item_set in (NATIONAL, PROVINCE) else None
    if known is None:
        raise Refused("item_unknown", _("没有这项指标"), field="item", value=key)
    if known.measure:
        raise Refused("item_is_computed", _("该指标由平台计算，不能填报"), field="item", value=key)
    if last_on < first_on:
        raise Refused("period_order", _("统计期止早于统计期起"), field="last_on", value=last_on)
    if last_on > today():
        raise Refused("period_future", _("统计期尚未结束"), field="last_on", value=last_on)
    if denominator <= 0:
        raise Refused("denominator", _("分母应大于 0"), field="denominator", value=denominator)
    if not 0 <= numerator <= denominator:
        raise Refused("numerator", _("分子应在 0 与分母之间"), field="numerator", value=numerator)
    if not source.strip():
        raise Refused("source_missing", _("请写明数据来源"), field="source")


@transaction.atomic
def decide(entry: IndicatorEntry, account: Any, *, is_right: bool, reason: str = "") -> IndicatorEntry:
    """A second person confirms an entry, or sends it back with a reason. Raises Refused."""
    entry = IndicatorEntry.objects.select_for_update().get(pk=entry.pk)
    if entry.state != IndicatorEntry.State.WAITING:
        raise Refused("entry_decided", _("该填报已经处理"))
    if entry.entered_by_id == account.pk:
        raise Refused("own_entry", _("不能确认自己的填报"))
    if not is_right and not reason.strip():
        raise Refused("reason_missing", _("请写明退回原因"), field="reason")
    entry.state = IndicatorEntry.State.CONFIRMED if is_right else IndicatorEntry.State.REFUSED
    entry.decided_by, entry.decided_at, entry.reason = account, now(), "" if is_right else reason.strip()[:200]
    entry.save(update_fields=["state", "decided_by", "decided_at", "reason"])
    return entry


@transaction.atomic
def take_snapshot(title: str, account: Any, *, is_simulated: bool = False) -> Snapshot:
    """Freezes all indicators as they stand now. Raises Refused (`title_missing`)."""
    if not title.strip():
        raise Refused("title_missing", _("请写标题"), field="title")
    with connection.cursor() as cursor:  # one after the other: each holds the digest of the one before
        cursor.execute("LOCK TABLE programme_snapshot IN EXCLUSIVE MODE")
    before, at = Snapshot.objects.order_by("-number").first(), now()
    number, previous = (before.number + 1, before.digest) if before else (1, "")
    text = canonical(content_of(number, title.strip()[:120], account, at, previous))
    snapshot = Snapshot.objects.create(
        number=number, title=title.strip()[:120], content=text, digest=digest_of(text), previous=previous, taken_by=account,
        taken_at=at, is_simulated=is_simulated,
    )  # fmt: skip
    record_act(account, "programme.snapshot", subject_kind="programme.snapshot", subject=number, result=snapshot.digest[:16])
    return snapshot
