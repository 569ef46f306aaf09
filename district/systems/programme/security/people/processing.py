"""个人信息处理活动登记: entered by one, confirmed by another, for at most two years."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from district.kernel import clock
from district.kernel.files.actions import attach, keep
from district.kernel.people.audit import record_act
from district.kernel.people.models import Account
from district.kernel.people.refused import Refused

from ...models import ProcessingActivity
from ..controls.actions import SUBJECT_KIND
from ..refusing import check_another, check_keeper, check_waiting

LONGEST = timedelta(days=731)


@transaction.atomic
def register_processing(
    by: Account, said: dict[str, Any], upload: Any = None, *, is_simulated: bool = False
) -> ProcessingActivity:
    """`said` are the fields of the table. Raises Refused: no ground, too long, sensitive without an assessment."""
    check_keeper(by)
    until: date = said["until_on"]
    if not clock.today() < until <= clock.today() + LONGEST:
        raise Refused("until_on", _("有效期须在两年之内"), field="until_on", value=until)
    for name in ("purpose", "ground", "kept"):
        if not str(said.get(name, "")).strip():
            raise Refused("empty", _("目的、依据条文、保存期限不能为空"), field=name)
    if said.get("is_sensitive") and not said.get("assessed_on"):
        raise Refused("not_assessed", _("处理敏感个人信息须先做影响评估"), field="assessed_on")
    if ProcessingActivity.objects.filter(name=said["name"]).exists():
        raise Refused("taken", _("同名处理活动已登记"), field="name", value=said["name"])
    file = keep(upload, by, "impact_assessment") if upload else None
    made = ProcessingActivity.objects.create(**said, assessment=file, made_by=by, is_simulated=is_simulated)
    if file is not None:
        attach(file, SUBJECT_KIND, f"processing-{made.pk}", by, is_personal=False)
    record_act(by, "processing_registered", subject_kind="processing", subject=made.pk, purpose=made.purpose)
    return made


@transaction.atomic
def confirm_processing(by: Account, activity: ProcessingActivity) -> None:
    check_keeper(by)
    locked = ProcessingActivity.objects.select_for_update().get(pk=activity.pk)
    check_another(by, locked.made_by_id)
    check_waiting(is_waiting=locked.confirmed_at is None)
    locked.confirmed_by, locked.confirmed_at = by, clock.now()
    locked.save(update_fields=["confirmed_by", "confirmed_at"])
    record_act(by, "processing_confirmed", subject_kind="processing", subject=locked.pk)
