"""Data whose quality has fallen, and sources that cannot be read, get a work order to the department that answers for
them: 核查, 整改, 复核."""

from __future__ import annotations

from django.db.models import QuerySet

from district.kernel.cases.actions import open_case
from district.kernel.cases.models import Case, CaseState
from district.kernel.clock import today
from district.kernel.connectors.contract import ConnectorFailed
from district.kernel.connectors.models import Source
from district.kernel.datasets.models import Resource
from district.kernel.datasets.version_events import QualityFell
from district.kernel.events import on

SYSTEM, PROCEDURE = "brain", "data_work_order"


@on(QualityFell)
def open_work_order(event: QualityFell) -> None:
    """One at a time for a resource: while an order runs, further falls are part of it."""
    resource = Resource.objects.select_related("provider").get(pk=event.resource_id)
    if _open_orders().filter(form__resource=resource.name).exclude(form__has_key="source").exists():
        return
    occasion = f"v{event.version_id}" if event.version_id else f"{today():%Y%m%d}"
    before = "" if event.before is None else f"，此前 {event.before:.1f} 分"
    open_case(
        system=SYSTEM, procedure=PROCEDURE, idempotency_key=f"quality-{resource.pk}-{occasion}", channel="system",
        title=f"“{resource.title}”数据质量下降：{event.total:.1f} 分",
        text=f"{event.reason}（总分 {event.total:.1f} 分{before}）",
        form={"resource": resource.name, "kind": event.kind, "total": event.total}, organisation=resource.provider,
        is_simulated=resource.is_simulated,
    )  # fmt: skip


@on(ConnectorFailed)
def open_order_for_source(event: ConnectorFailed) -> None:
    """One at a time for a source, told after several failures in a row."""
    source = Source.objects.select_related("resource__provider").get(pk=event.source_id)
    if _open_orders().filter(form__source=source.pk).exists():
        return
    resource = source.resource
    open_case(
        system=SYSTEM, procedure=PROCEDURE, idempotency_key=f"source-{source.pk}-{event.run_id}", channel="system",
        title=f"数据来源“{source.name}”连续 {event.failures} 次接入失败",
        text=f"{event.text}（{event.code}）。信息资源：{resource.title}",
        form={"resource": resource.name, "kind": "source", "source": source.pk, "run": event.run_id, "code": event.code},
        organisation=resource.provider, is_simulated=resource.is_simulated,
    )  # fmt: skip


def _open_orders() -> QuerySet[Case]:
    return Case.objects.filter(system=SYSTEM, procedure=PROCEDURE, state=CaseState.OPEN)
