"""Sitting an exam: begun, saved as one goes, taken up again, handed in or closed by time, marked by the platform."""

from __future__ import annotations

import base64
import hmac
import secrets
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from district.kernel import home
from district.kernel.clock import CHINA, day_bounds, now
from district.kernel.people.audit import record_act
from district.kernel.people.models import Account
from district.kernel.ui import formats

from ..models import Certificate, Exam, Question, Sitting
from ..projects.rules import months_later
from .papers import Item, NotEnough, draw_paper, full_points, marked, taken
from .refused import Refused
from .retaking import Chance, Tried, chance

GRACE = timedelta(seconds=5)
"""What was sent in time may arrive so much later."""
CODE_LENGTH = 8


def certificate_in_force(exam: Exam, account: Account, at: datetime) -> Certificate | None:
    found = Certificate.objects.filter(sitting__exam=exam, account=account, revoked_at__isnull=True)
    return found.filter(until_on__gte=at.astimezone(CHINA).date()).order_by("-until_on").first()


def chance_of(exam: Exam, account: Account, at: datetime) -> Chance:
    """Whether the account may sit the exam now."""
    in_force = certificate_in_force(exam, account, at)
    tried = [
        Tried(submitted_at, bool(is_passed))
        for submitted_at, is_passed in Sitting.objects.filter(
            exam=exam, account=account, submitted_at__isnull=False
        ).values_list("submitted_at", "is_passed")
    ]
    until = day_bounds(in_force.until_on)[1] if in_force else None
    return chance(tried, at, tries=exam.tries, wait_hours=exam.wait_hours, valid_until=until)


def chance_words(found: Chance) -> str:
    """Why not, for people."""
    when = formats.moment(found.from_at)
    return {
        "": "", "valid": _("证书仍有效，%(when)s 起可以换证考试") % {"when": when},
        "tries": _("本年次数已用完，%(when)s 起可以再考") % {"when": when},
        "wait": _("未到补考时间，%(when)s 起可以再考") % {"when": when},
    }[found.code]  # fmt: skip


def bank_of(exam: Exam) -> list[Item]:
    topics = {line["topic"] for line in exam.blueprint}
    return [
        item_of(question) for question in Question.objects.filter(state=Question.State.USED, topic__in=topics)
    ]


def item_of(question: Question) -> Item:
    return Item(question.pk, question.topic, question.kind, question.text, tuple(question.choices), tuple(question.answer),
                question.explanation)  # fmt: skip


def begin(exam: Exam, account: Account) -> Sitting:
    """The open sitting, or a new one with a paper of its own. Raises Refused: closed, own_question, bank, valid, tries, wait."""
    with transaction.atomic():
        Account.objects.select_for_update().get(
            pk=account.pk
        )  # one after the other, from however many windows
        found = Sitting.objects.filter(exam=exam, account=account, submitted_at__isnull=True).first()
        if found is not None and now() <= found.due_at + GRACE:
            return found
        if found is not None:
            _close(found, by_time=True)
        at = now()
        if not exam.is_open:
            raise Refused("closed", _("考试没有开放"))
        if (no := chance_of(exam, account, at)).code:
            raise Refused(no.code, chance_words(no))
        seed = secrets.token_hex(16)
        try:
            paper = draw_paper(exam.blueprint, bank_of(exam), seed)
        except NotEnough as short:
            raise Refused("bank", _("题库不够组卷：%(topic)s 需要 %(wanted)s 题，只有 %(found)s 题") % {
                "topic": short.topic, "wanted": short.wanted, "found": short.found,
            }) from short  # fmt: skip
        return Sitting.objects.create(
            exam=exam, account=account, seed=seed, paper=paper, started_at=at, due_at=at + timedelta(minutes=exam.minutes),
            full_points=full_points(exam.blueprint), is_simulated=exam.is_simulated,
        )  # fmt: skip


def save(sitting: Sitting, account: Account, given: dict[str, list[str]]) -> Sitting:
    """Keeps the answers as they stand. Raises Refused: not_yours, over."""
    with transaction.atomic():
        held = _open(sitting, account)
        held.answers, held.saved_at = taken(held.paper, given), now()
        held.save(update_fields=["answers", "saved_at"])
        return held


def submit(sitting: Sitting, account: Account) -> Sitting:
    """Handed in and marked; passed, there is a certificate. Raises Refused: not_yours, over."""
    with transaction.atomic():
        return _close(_open(sitting, account), by_time=False)


def close_overdue() -> int:
    """Sittings whose time is over are handed in as they were saved last; how many."""
    closed = 0
    for number in Sitting.objects.filter(submitted_at__isnull=True, due_at__lt=now() - GRACE).values_list(
        "pk", flat=True
    ):
        with transaction.atomic():
            held = (
                Sitting.objects.select_for_update(skip_locked=True)
                .filter(pk=number, submitted_at__isnull=True)
                .first()
            )
            if held is not None:
                _close(held, by_time=True)
                closed += 1
    return closed


def _open(sitting: Sitting, account: Account) -> Sitting:
    held = Sitting.objects.select_for_update().get(pk=sitting.pk)
    if held.account_id != account.pk:
        raise Refused("not_yours", _("不是本人的考试"))
    if held.submitted_at is not None or now() > held.due_at + GRACE:
        raise Refused("over", _("考试时间已到或已经交卷"))
    return held


def _close(held: Sitting, *, by_time: bool) -> Sitting:
    """Marks and certifies; `held` is locked. A paper closed by time counts from its end, not from when it was noticed."""
    held.points = sum(marked(held.paper, held.answers))
    held.is_passed = held.points >= held.exam.pass_points
    held.submitted_at, held.is_by_time = (held.due_at if by_time else now()), by_time
    held.save(update_fields=["points", "is_passed", "submitted_at", "is_by_time"])
    if held.is_passed:
        _certify(held)
    return held


def _certify(sitting: Sitting) -> Certificate:
    issued = sitting.submitted_at.astimezone(CHINA).date() if sitting.submitted_at else now().date()
    number = f"PX{issued:%Y}{sitting.pk:06}"
    return Certificate.objects.create(
        number=number, code=check_code(number), sitting=sitting, account=sitting.account, issued_on=issued,
        until_on=months_later(issued, sitting.exam.valid_months), is_simulated=sitting.is_simulated,
    )  # fmt: skip


def check_code(number: str) -> str:
    """Letters and figures that only this installation can reckon: 40 bits, so that nobody finds one by trying."""
    digest = hmac.digest(home.secret("programme_certificates").encode(), number.encode(), "sha256")
    return base64.b32encode(digest[:5]).decode()[:CODE_LENGTH]


def verified(number: str, code: str) -> Certificate | None:
    """The certificate of that number and code; nothing when either is wrong, without saying which."""
    number, code = number.strip().upper()[:24], code.strip().upper()[:CODE_LENGTH]
    if not hmac.compare_digest(check_code(number).encode(), code.encode()):
        return None
    return (
        Certificate.objects.select_related("account__organisation", "sitting__exam")
        .filter(number=number)
        .first()
    )


def revoke(certificate: Certificate, by: Account, reason: str) -> Certificate:
    """It stands no more. Raises Refused: reason, own, revoked."""
    if not reason.strip():
        raise Refused("reason", _("请填写原因"), field="reason")
    if certificate.account_id == by.pk:
        raise Refused("own", _("本人的证书须由他人办理"))
    with transaction.atomic():
        held = Certificate.objects.select_for_update().get(pk=certificate.pk)
        if held.revoked_at is not None:
            raise Refused("revoked", _("证书已撤销"))
        held.revoked_at, held.revoked_by, held.reason = now(), by, reason.strip()[:200]
        held.save(update_fields=["revoked_at", "revoked_by", "reason"])
        record_act(
            by,
            "certificate_revoked",
            subject_kind="programme.certificate",
            subject=held.number,
            purpose=held.reason,
        )
    return held


def review(sitting: Sitting) -> list[dict[str, Any]]:
    """Each question with what was chosen, what is right and the points; only of a sitting that is in."""
    if sitting.submitted_at is None:
        return []
    points = marked(sitting.paper, sitting.answers)
    return [
        {**each, "chosen": sitting.answers.get(str(place), []), "got": got}
        for place, (each, got) in enumerate(zip(sitting.paper, points, strict=True))
    ]
