"""What units have reached, and what is due to whom. Of units; of a person only what that person asks for."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from district.kernel.clock import CHINA, now
from district.kernel.people.models import Account, AuditEntry, Duty

from ..models import Certificate, Exam, Sitting
from .keeping import SMALL

LOOKED = "programme.sitting"
"""Kind of the subject under which looks at somebody's results are noted."""


@dataclass(frozen=True)
class UnitShare:
    """Persons of a unit who must hold the certificate, and who do."""

    name: str
    due: int
    done: int

    @property
    def percent(self) -> float | None:
        return 100 * self.done / self.due if self.due else None


@dataclass(frozen=True)
class SecurityTraining:
    """The yearly training: persons with a live duty, those with a certificate in force; None without an open exam."""

    due: int
    done: int
    at: datetime
    is_set_up: bool

    @property
    def percent(self) -> float | None:
        return 100 * self.done / self.due if self.due and self.is_set_up else None


def staff_in_duty() -> QuerySet[Account]:
    """Accounts in use with a live duty."""
    return Account.objects.active().filter(pk__in=Duty.objects.live().values("account_id"))


def certified(exam_ids: list[int], at: datetime) -> set[int]:
    """Accounts with a certificate of one of the exams in force."""
    found = Certificate.objects.filter(
        sitting__exam__in=exam_ids, revoked_at__isnull=True, until_on__gte=at.astimezone(CHINA).date()
    )
    return set(found.values_list("account_id", flat=True))


def security_training(at: datetime | None = None) -> SecurityTraining:
    """For the checklist of security: how many of those in duty hold this year's certificate."""
    at = at or now()
    exams = list(Exam.objects.filter(is_security=True, is_open=True).values_list("pk", flat=True))
    due = set(staff_in_duty().values_list("pk", flat=True))
    return SecurityTraining(len(due), len(due & certified(exams, at)), at, bool(exams))


def unit_shares(exam: Exam, at: datetime) -> list[UnitShare]:
    """Units by name; those of fewer than SMALL persons together, so that a share is nobody's own result. Left together
    fewer than SMALL, they are left out."""
    done = certified([exam.pk], at)
    due: Counter[str] = Counter()
    have: Counter[str] = Counter()
    for number, unit in staff_in_duty().values_list("pk", "organisation__name"):
        due[unit or _("未填单位")] += 1
        have[unit or _("未填单位")] += number in done
    small = [name for name, count in due.items() if count < SMALL]
    shown = [UnitShare(name, due[name], have[name]) for name in sorted(due) if due[name] >= SMALL]
    rest = UnitShare(
        _("其他单位（合并）"), sum(due[name] for name in small), sum(have[name] for name in small)
    )
    return [*shown, *([rest] if rest.due >= SMALL else [])]


def exams_due(account: Account, at: datetime) -> list[Exam]:
    """Mandatory exams of which the account holds no certificate in force."""
    exams = list(Exam.objects.filter(is_security=True, is_open=True))
    return [exam for exam in exams if account.pk not in certified([exam.pk], at)]


def own_sittings(account: Account) -> QuerySet[Sitting]:
    return Sitting.objects.filter(account=account).select_related("exam", "certificate")


def looks_at(account: Account) -> QuerySet[AuditEntry]:
    """Who looked at the account's results, when and why."""
    numbers = [str(number) for number in Sitting.objects.filter(account=account).values_list("pk", flat=True)]
    return AuditEntry.objects.filter(action="look", subject_kind=LOOKED, subject__in=numbers).order_by("-seq")
