"""Data whose quality has fallen gets a work order to the department that answers for it: 核查, 整改, 复核."""

from __future__ import annotations

from district.kernel.cases.actions import open_case
from district.kernel.cases.models import Case, CaseState
from district.kernel.clock import today
from district.kernel.datasets.models import Resource
from district.kernel.datasets.version_events import QualityFell
from district.kernel.events import on

SYSTEM, PROCEDURE = "brain", "data_work_order"


@on(QualityFell)
def open_work_order(event: QualityFell) -> None:
    """One at a time for a resource: while an order runs, further falls are part of it."""
    resource = Resource.objects.select_related("provider").get(pk=event.resource_id)
    running = Case.objects.filter(
        system=SYSTEM, procedure=PROCEDURE, state=CaseState.OPEN, form__resource=resource.name
    )
    if running.exists():
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
