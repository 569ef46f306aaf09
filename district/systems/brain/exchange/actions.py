"""A delivery is started again where it broke off."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from district.kernel.connectors import deliveries
from district.kernel.connectors.models import Run
from district.kernel.feeds.actions import send_again
from district.kernel.feeds.models import PushState, Subscription
from district.kernel.people.access import may
from district.kernel.people.audit import record_act
from district.kernel.people.refused import Refused

from .flows import units_of
from .steps import steps_of

RESTARTERS = ("brain.steward", "brain.provider")


def may_restart(account: Any, run: Run) -> bool:
    """The steward, and the department whose data they are."""
    units = units_of(account)
    return may(account, *RESTARTERS) and (units is None or run.source.resource.provider_id in units)


@transaction.atomic
def restart(run: Run, kind: str, account: Any) -> Run:
    """Starts the failing step again; returns the delivery to be watched from now on.

    read: goes on from the last checkpoint. again: the same input as a new delivery, since a refused version is never
    changed. push: what was parked is sent again. Refused: may_not, not_failed, and what the step itself refuses.
    """
    if not may_restart(account, run):
        raise Refused("may_not", _("只有数据管理员和提供部门可以重新启动"), field="run", value=run.pk)
    if kind not in {step.restart for step in steps_of(run) if step.state == "failed" and step.restart}:
        raise Refused("not_failed", _("这一步没有失败，不需要重新启动"), field="step", value=kind)
    record_act(account, "brain.restart", subject_kind="run", subject=run.pk, purpose=kind)
    if kind == "read":
        return deliveries.resume(run, account)
    if kind == "again":
        return deliveries.start(
            run.source, account, content_sha256=run.content_sha256, size=run.bytes, **run.input
        )
    stuck = Subscription.objects.filter(grant__resource_id=run.source.resource_id, pushes__state=PushState.PARKED)
    for subscription in stuck.distinct():
        send_again(subscription, account)
    return run
