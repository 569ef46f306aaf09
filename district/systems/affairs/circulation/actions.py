"""A village's matters: registered, settled, risen, given back, evaluated, forgotten.

Each act is one transaction over the matter and its case in the kernel. What people said stays in the sealed fields of the
matter; the case is told in fixed words only.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from district.kernel.alerts.notices import notify
from district.kernel.alerts.queries import accounts_on_duty
from district.kernel.cases import actions as cases
from district.kernel.cases.models import OPEN_TASKS, Case, Evaluation, Task
from district.kernel.cases.posts import holds
from district.kernel.cases.refused import Refused as CaseRefused
from district.kernel.clock import CHINA, now, today
from district.kernel.files.actions import attach, detach
from district.kernel.files.models import FileLink, StoredFile
from district.kernel.people.audit import record_act
from district.kernel.people.models import Account, Organisation

from ..models import Concern, ConcernMove, ConcernParty
from .bases import concern_kept_until
from .levels import CLOSES, RISES, ROLES, above, below
from .queries import SYSTEM, procedure_for, task_of
from .query_code import is_query_code
from .refused import Refused

FILES_OF = "affairs.concern"
MOST_WRONG_CODES = 10
LONGEST = 2000
GONE = frozenset({"not_open", "suspended", "waiting", "helpers"})
"""Why a step whose days have run out does not rise: it is over, or its clock stands."""
Cause = ConcernMove.Cause


@dataclass(frozen=True)
class Party:
    """household, applicant or respondent, with a name that is kept sealed."""

    role: str
    name: str
    phone: str = ""


def open_concern(
    by: Account, *, key: str, kind: str, matter: str, village: Organisation, parties: Iterable[Party] = (),
    files: Sequence[StoredFile] = (), is_confidential: bool = False, is_simulated: bool = False,
    opened_at: datetime | None = None,
) -> Concern:  # fmt: skip
    """Registers a matter of a village by its clerk; the same `key` of the same clerk is the same matter.

    Disputes are confidential. Raises Refused: not_post, unknown, matter_missing, parties_missing.
    """
    sides = [each for each in parties if each.name.strip()]
    _check(by, kind, matter, village, sides)
    title = f"{Concern.Kind(kind).label} · {village.name}"
    with transaction.atomic():
        case = cases.open_case(
            system=SYSTEM, procedure=procedure_for(kind), idempotency_key=f"concern:{by.pk}:{key}"[:120], title=title,
            channel="visit", kind=kind, place={"division_code": village.division_code}, account=by,
            organisation=village, is_confidential=is_confidential or kind == Concern.Kind.DISPUTE,
            is_simulated=is_simulated, opened_at=opened_at,
        )  # fmt: skip
        concern, is_new = Concern.objects.get_or_create(
            case=case,
            defaults={
                "kind": kind, "village": village, "division_code": village.division_code,
                "matter": matter.strip()[:LONGEST], "opened_at": case.opened_at, "opened_by": by,
                "is_simulated": is_simulated,
            },
        )  # fmt: skip
        if is_new:
            ConcernParty.objects.bulk_create(
                ConcernParty(
                    concern=concern, role=each.role, name=each.name.strip()[:60], phone=each.phone[:30]
                )
                for each in sides
            )
            for file in files:
                attach(file, FILES_OF, case.number, by, purpose="concern")
            record_act(by, "concern_opened", subject_kind=FILES_OF, subject=case.number, purpose=kind)
    return concern


def settle(by: Account, concern: Concern, way: str, outcome: str) -> Concern:
    """Ends a matter where it is, by the post of that level. Raises Refused, also those of the case."""
    if way not in Concern.Way.values or way == Concern.Way.CANCELLED:
        raise Refused("unknown", _("没有该办结方式"), field="way", value=way)
    if not outcome.strip():
        raise Refused("outcome_missing", _("请填写办结情况"), field="outcome")
    with transaction.atomic():
        held, task = _held(concern)
        said = {f"{held.level}_result": CLOSES[held.level], "outcome": str(Concern.Way(way).label)}
        _complete(task, by, said)
        is_on_time = task.due_at is None or now() <= task.due_at
        is_on_time = is_on_time and not held.moves.filter(cause=Cause.CLOCK).exists()
        _end(held, way, at=now(), by=by, outcome=outcome.strip()[:LONGEST], is_on_time=is_on_time)
        record_act(by, "concern_settled", subject_kind=FILES_OF, subject=held.case.number, purpose=way)
    return held


def ask_up(by: Account, concern: Concern, reason: str) -> Concern:
    """The level that cannot settle it asks the one above."""
    if not reason.strip():
        raise Refused("reason_missing", _("请填写原因"), field="reason")
    with transaction.atomic():
        held, task = _held(concern)
        if above(held.level) is None:
            raise Refused("top", _("已在区级，不能再上报"), field="level", value=held.level)
        _complete(task, by, {f"{held.level}_result": RISES[held.level]})
        _move(held, above(held.level) or "", Cause.ASKED, task, by, reason)
    return held


def rise_by_clock(task_id: int) -> bool:
    """What the days of a step have run out on goes one level up; whether it did. A second call changes nothing."""
    task = Task.objects.select_related("case").filter(pk=task_id, case__system=SYSTEM, key__in=RISES).first()
    if task is None or task.state not in OPEN_TASKS:
        return False
    with transaction.atomic():
        held = (
            Concern.objects.select_for_update(of=("self",))
            .select_related("case")
            .filter(case=task.case)
            .first()
        )
        if held is None or held.level != task.key or held.settled_at is not None:
            return False
        said = {f"{held.level}_result": RISES[held.level]}
        try:
            cases.complete(task, None, said, _("到期未办结，自动上报"), at_page=True)
        except CaseRefused as refusal:
            if refusal.code in GONE:
                return False
            raise
        _move(held, above(held.level) or "", Cause.CLOCK, task, None, "")
        _tell(held)
    return True


def give_back(by: Account, concern: Concern, reason: str) -> Concern:
    """The upper level returns a matter that the lower one can settle; there its days begin anew."""
    if not reason.strip():
        raise Refused("reason_missing", _("请填写原因"), field="reason")
    with transaction.atomic():
        held, task = _held(concern)
        lower = below(held.level)
        if lower is None:
            raise Refused("bottom", _("已在村级，不能再退回"), field="level", value=held.level)
        try:
            cases.return_task(task, by, _("退回下级办理"))
        except CaseRefused as refusal:
            raise _ours(refusal) from refusal
        _move(held, lower, Cause.RETURNED, task, by, reason)
    return held


def follow_case(case_id: int, level: str) -> None:
    """A step became ready otherwise than by the acts above, at the bench of cases: the matter is where its case is."""
    with transaction.atomic():
        held = (
            Concern.objects.select_for_update()
            .filter(case_id=case_id, settled_at=None)
            .exclude(level=level)
            .first()
        )
        if held is None or level not in ROLES:
            return
        waiting = task_of(held)
        if waiting is not None and waiting.key == level:
            cause = Cause.RETURNED if below(held.level) == level else Cause.ASKED
            _move(held, level, cause, None, None, "")


def follow_end(case: Case) -> None:
    """The case ended otherwise, cancelled by who leads: the matter ends with it."""
    with transaction.atomic():
        held = Concern.objects.select_for_update().filter(case=case, settled_at=None).first()
        if held is not None:
            _end(
                held, Concern.Way.CANCELLED, at=case.closed_at or now(), by=None, outcome="", is_on_time=None
            )


def rate(number: str, code: str, score: int, text: str = "") -> Evaluation:
    """The household says how its matter was settled, by number and code. Raises Refused."""
    concern = Concern.objects.select_related("case").filter(case__number=number.strip()).first()
    wrong = Refused("code", _("编号或评价码不对"), field="code")
    if concern is None or concern.wrong_codes >= MOST_WRONG_CODES:
        raise wrong
    if not is_query_code(concern.case.number, code):
        Concern.objects.filter(pk=concern.pk).update(wrong_codes=F("wrong_codes") + 1)
        raise wrong
    try:
        return cases.evaluate(concern.case, None, side="reporter", score=score, text=text)
    except CaseRefused as refusal:
        raise _ours(refusal) from refusal


def forget_old(on: date | None = None) -> int:
    """Texts, parties and recordings past their time are gone; the counted rest stays. Returns how many matters."""
    with transaction.atomic():
        old = list(
            Concern.objects.select_for_update().filter(delete_on__lte=on or today()).exclude(matter="")
        )
        keys = [each.pk for each in old]
        numbers = Concern.objects.filter(pk__in=keys).values_list("case__number", flat=True)
        for link in FileLink.objects.filter(subject_kind=FILES_OF, subject__in=list(numbers)):
            detach(link, None, _("超过保存期限"))
        ConcernParty.objects.filter(concern__in=keys).delete()
        ConcernMove.objects.filter(concern__in=keys).update(reason="")
        return Concern.objects.filter(pk__in=keys).update(matter="", outcome="")


def _check(by: Account, kind: str, matter: str, village: Organisation, sides: list[Party]) -> None:
    if kind not in Concern.Kind.values:
        raise Refused("unknown", _("没有该事项类型"), field="kind", value=kind)
    if not holds(by, ROLES["village"], village.pk):
        raise Refused("not_post", _("您不是该村（社区）的文书"), field="village", value=village.name)
    if not matter.strip():
        raise Refused("matter_missing", _("请说明是什么事"), field="matter")
    roles = {each.role for each in sides}
    if not roles <= set(ConcernParty.Role.values):
        raise Refused("unknown", _("没有该身份"), field="parties")
    if kind == Concern.Kind.DISPUTE and not {"applicant", "respondent"} <= roles:
        raise Refused("parties_missing", _("纠纷须写明双方"), field="parties")


def _held(concern: Concern) -> tuple[Concern, Task]:
    """The matter as it is now, locked, with the step that waits."""
    held = Concern.objects.select_for_update(of=("self",)).select_related("case").get(pk=concern.pk)
    task = task_of(held) if held.settled_at is None else None
    if task is None:
        raise Refused("settled", _("该事项已办结"), field="number", value=held.case.number)
    if task.key != held.level:
        held.level = task.key
    return held, task


def _complete(task: Task, by: Account, said: dict[str, Any]) -> None:
    try:
        cases.complete(task, by, said, at_page=True)
    except CaseRefused as refusal:
        raise _ours(refusal) from refusal


def _ours(refusal: CaseRefused) -> Refused:
    return Refused(refusal.code, str(refusal), field=refusal.field, value=refusal.value)


def _move(held: Concern, to: str, cause: str, task: Task | None, by: Account | None, reason: str) -> None:
    ConcernMove.objects.create(
        concern=held, from_level=held.level, to_level=to, cause=cause, at=now(), by=by, reason=reason.strip()[:LONGEST],
        due_at=task.due_at if task else None,
    )  # fmt: skip
    held.level = to
    held.save(update_fields=["level"])


def _end(
    held: Concern, way: str, *, at: datetime, by: Account | None, outcome: str, is_on_time: bool | None
) -> None:
    held.way, held.settled_at, held.settled_by, held.is_on_time = way, at, by, is_on_time
    held.outcome = outcome  # type: ignore[assignment]
    held.delete_on = concern_kept_until(at.astimezone(CHINA).date())
    held.save(
        update_fields=["level", "way", "outcome", "settled_at", "settled_by", "is_on_time", "delete_on"]
    )


def _tell(held: Concern) -> None:
    """Who is on duty at the level it has come to."""
    task = task_of(held)
    if task is None:
        return
    title = _("到期未办结，已自动上报：%(number)s") % {"number": held.case.number}
    for account in accounts_on_duty([task.role], task.organisation_id):
        notify(
            account,
            title=title,
            severity=3,
            body=held.case.title,
            url=f"/affairs/circulation/{held.case.number}/",
        )
