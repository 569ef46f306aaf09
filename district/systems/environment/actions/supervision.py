"""The life of a supervision case: opened, answered, returned or accepted, exempted, reminded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.files.base import ContentFile
from django.db import connection, transaction
from django.utils.translation import gettext as _

from district.kernel.alerts.actions import handle
from district.kernel.alerts.queries import may_deal_with
from district.kernel.clock import CHINA
from district.kernel.devices.models import Device
from district.kernel.events import publish
from district.kernel.people.models import Account
from district.kernel.wording import Sentence

from ..attachments import RefusedAttachment, read_attachment
from ..contract import SupervisionClosed, SupervisionOpened
from ..deadlines import answer_due_at
from ..models import CaseStep, MonitoringPoint, Outlet, StateMark, SupervisionCase
from .file_records import Upload

REMIND_EVERY = timedelta(hours=24)


class RefusedStep(ValueError):
    """A step that a case does not allow now; `code` is stable, the text is for people."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code = code


ACCEPTED = Sentence("督办 %(number)s 已办结")
EXEMPTED = Sentence("督办 %(number)s 已豁免：%(basis)s")
EXCUSED = Sentence("%(state)s（企业标记）")


@dataclass(frozen=True)
class Occurrence:
    """What an alarm says: `kind` is a SupervisionCase.Kind, instants are aware."""

    kind: str
    title: str
    happened_at: datetime
    device: Device | None = None
    outlet: Outlet | None = None
    point: MonitoringPoint | None = None
    item: str = ""
    measured_value: float | None = None
    limit_value: float | None = None
    unit: str = ""
    alarm_id: int | None = None


@transaction.atomic
def open_case(what: Occurrence, at: datetime) -> SupervisionCase:
    """Opens the case of an alarm, once: a second call for the same alarm returns the first case.

    A case that a declared state excuses is opened as exempt, so that the ledger still shows it.
    """
    if what.alarm_id is not None:
        known = SupervisionCase.objects.filter(alarm_id=what.alarm_id).first()
        if known is not None:
            return known
    outlet = what.outlet or _outlet_of(what.device)
    point = what.point or _point_of(what.device)
    case = SupervisionCase.objects.create(
        number=_next_number(at),
        alarm_id=what.alarm_id,
        kind=what.kind,
        title=what.title[:160],
        source=outlet.source if outlet else None,
        outlet=outlet,
        point=point,
        device=what.device,
        item=what.item,
        happened_at=what.happened_at,
        opened_at=at,
        due_at=answer_due_at(what.kind, at.astimezone(CHINA)),
        measured_value=what.measured_value,
        limit_value=what.limit_value,
        unit=what.unit,
    )
    CaseStep.objects.create(case=case, kind=CaseStep.Kind.OPENED, at=at, note=what.title)
    excuse = _excuse(case)
    if excuse is not None:
        _exempt(case, EXCUSED(state=excuse.get_state_display()), at, None)
    else:
        publish(SupervisionOpened(case.number, case.kind, _credit_code(case), case.title, case.due_at))
    return case


def _outlet_of(device: Device | None) -> Outlet | None:
    if device is None:
        return None
    rows = Outlet.objects.select_related("source")
    return rows.filter(device=device).first() or rows.filter(inlet_device=device).first()


def _point_of(device: Device | None) -> MonitoringPoint | None:
    return MonitoringPoint.objects.filter(device=device).first() if device is not None else None


def _credit_code(case: SupervisionCase) -> str:
    return case.source.credit_code if case.source else ""


def _next_number(at: datetime) -> str:
    """HJ + day + running number of the day; the lock keeps two workers from taking the same one."""
    prefix = f"HJ{at.astimezone(CHINA):%Y%m%d}-"
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"environment.case.{prefix}"])
    last = SupervisionCase.objects.filter(number__startswith=prefix).order_by("-number").first()
    return f"{prefix}{int(last.number[len(prefix) :]) + 1 if last else 1:04d}"


EXCUSES: dict[str, tuple[str, ...]] = {
    "over_limit_hour": (
        "start_up",
        "shut_down",
        "banked",
        "device_maintenance",
        "device_fault",
        "device_calibration",
    ),
    "over_limit_day": (),
    "constant": ("stopped", "banked", "device_maintenance", "device_fault", "device_calibration"),
    "zero": ("stopped", "banked", "device_maintenance", "device_fault", "device_calibration"),
    "spike": ("start_up", "shut_down", "device_maintenance", "device_fault", "device_calibration"),
    "missing": ("stopped", "device_maintenance", "device_fault"),
    "offline": ("stopped", "device_maintenance"),
    "illogical": (
        "start_up",
        "shut_down",
        "stopped",
        "device_maintenance",
        "device_fault",
        "device_calibration",
    ),
    "quantity": (),
    "duty": (),
}
"""Kind of case → declared states that excuse it. A day over its limit is excused by nothing."""


def _excuse(case: SupervisionCase) -> StateMark | None:
    if case.outlet is None:
        return None
    return StateMark.objects.filter(
        outlet=case.outlet,
        state__in=EXCUSES[case.kind],
        from_at__lte=case.happened_at,
        until_at__gt=case.happened_at,
    ).first()


@transaction.atomic
def answer_case(
    case: SupervisionCase,
    account: Account,
    at: datetime,
    *,
    cause: str,
    measures: str,
    upload: Upload | None = None,
) -> CaseStep:
    """Answers an open or returned case. Raises RefusedStep: wrong_state, required, or the attachment's code."""
    case = _locked(case, SupervisionCase.State.OPEN, SupervisionCase.State.RETURNED)
    if not cause.strip() or not measures.strip():
        raise RefusedStep("required", _("原因和措施都必须填写"))
    step = CaseStep(
        case=case,
        kind=CaseStep.Kind.ANSWERED,
        at=at,
        by=account,
        cause=cause.strip(),
        measures=measures.strip(),
    )
    if upload is not None:
        _attach(step, upload)
    step.save()
    _move(case, SupervisionCase.State.ANSWERED)
    return step


def _attach(step: CaseStep, upload: Upload) -> None:
    try:
        found = read_attachment(upload.name, upload.content)
    except RefusedAttachment as refusal:
        raise RefusedStep(refusal.code, str(refusal)) from refusal
    step.attachment_name, step.attachment_type = found.name, found.media_type
    suffix = found.name.rsplit(".", 1)[-1].lower()
    step.attachment.save(
        f"{step.case.number}-{found.sha256[:16]}.{suffix}", ContentFile(upload.content), save=False
    )


@transaction.atomic
def return_case(case: SupervisionCase, account: Account, at: datetime, note: str) -> CaseStep:
    """Sends an answer back; the deadline begins anew. The note is required."""
    case = _locked(case, SupervisionCase.State.ANSWERED)
    if not note.strip():
        raise RefusedStep("required", _("退回时必须写明意见"))
    case.due_at = answer_due_at(case.kind, at.astimezone(CHINA))
    case.save(update_fields=["due_at"])
    _move(case, SupervisionCase.State.RETURNED)
    return CaseStep.objects.create(
        case=case, kind=CaseStep.Kind.RETURNED, at=at, by=account, note=note.strip()
    )


@transaction.atomic
def accept_case(case: SupervisionCase, account: Account, at: datetime, note: str = "") -> CaseStep:
    """Accepts an answer and ends the case."""
    case = _locked(case, SupervisionCase.State.ANSWERED)
    _close(case, SupervisionCase.State.ACCEPTED, at)
    _settle_alarm(case, account, ACCEPTED(number=case.number))
    return CaseStep.objects.create(
        case=case, kind=CaseStep.Kind.ACCEPTED, at=at, by=account, note=note.strip()
    )


@transaction.atomic
def exempt_case(case: SupervisionCase, account: Account, at: datetime, basis: str) -> CaseStep:
    """Ends a case without fault of the enterprise; the basis is required."""
    case = _locked(case, *OPEN)
    if not basis.strip():
        raise RefusedStep("required", _("豁免必须写明依据"))
    _settle_alarm(case, account, EXEMPTED(number=case.number, basis=basis.strip()))
    return _exempt(case, basis.strip(), at, account)


def _settle_alarm(case: SupervisionCase, account: Account, note: str) -> None:
    """The alarm behind a case that has ended is noted as handled, unless somebody has done so already."""
    alarm = case.alarm
    if alarm is not None and alarm.handled_at is None and may_deal_with(account, alarm):
        handle(alarm, account, note)


OPEN = (SupervisionCase.State.OPEN, SupervisionCase.State.RETURNED, SupervisionCase.State.ANSWERED)


def _exempt(case: SupervisionCase, basis: str, at: datetime, account: Account | None) -> CaseStep:
    case.exemption = basis[:200]
    case.save(update_fields=["exemption"])
    _close(case, SupervisionCase.State.EXEMPT, at)
    return CaseStep.objects.create(case=case, kind=CaseStep.Kind.EXEMPTED, at=at, by=account, note=basis)


def _close(case: SupervisionCase, state: SupervisionCase.State, at: datetime) -> None:
    case.closed_at = at
    case.save(update_fields=["closed_at"])
    _move(case, state)
    publish(SupervisionClosed(case.number, case.kind, _credit_code(case), str(state.value)))


def _move(case: SupervisionCase, state: SupervisionCase.State) -> None:
    case.state = state
    case.save(update_fields=["state"])


def _locked(case: SupervisionCase, *states: SupervisionCase.State) -> SupervisionCase:
    """The case, locked for this transaction; RefusedStep wrong_state when it is in none of `states`."""
    locked = (
        SupervisionCase.objects.select_for_update(of=("self",))
        .select_related("source", "outlet")
        .get(pk=case.pk)
    )
    if locked.state not in states:
        raise RefusedStep(
            "wrong_state", _("%(number)s 现为“%(state)s”，不能进行此操作")
            % {"number": locked.number, "state": locked.get_state_display()},
        )
    return locked
