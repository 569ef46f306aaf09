"""Tasks go down, results come up. Every act leaves a step; what a rule forbids raises Refused."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from district.kernel.alerts.notices import notify
from district.kernel.clock import now
from district.kernel.forms.models import Form, Register, Submission
from district.kernel.people.models import Account, Organisation
from district.kernel.people.refused import Refused

from ..models import AnswerKind, Assignment, Piece, PieceAct, PieceState, PieceStep
from . import posts
from .standing import Standing, due_after, lights, standing

INFORMATION, WARNING = 1, 2
REMIND_AFTER = timedelta(hours=1)
"""A unit is not called again within this time."""


@dataclass(frozen=True)
class Asked:
    """What a task asks for. `working_days`: how long; `due_at` instead for a day that is set."""

    title: str
    text: str = ""
    answer_kind: str = "done"
    form: Form | None = None
    register: Register | None = None
    question: str = ""
    unit: str = ""
    source: str = ""
    working_days: int = 5
    due_at: datetime | None = None


@transaction.atomic
def issue(
    asked: Asked, organisation: Organisation, units: Iterable[Organisation], account: Any, *, is_simulated: bool = False
) -> Assignment:  # fmt: skip
    """Sends a task of `organisation` to units: towns pass it on, villages do it. Raises Refused.

    Villages named together with their town have it through the town at once.
    """
    if not posts.may_issue(account, organisation):
        raise Refused("not_yours", _("不能以 %(unit)s 名义下达任务") % {"unit": organisation.name})
    if (asked.answer_kind == AnswerKind.FORM) != (asked.form is not None):
        raise Refused("no_form", _("填表任务要选一张表单，其他任务不选"), field="form")
    if not asked.title.strip():
        raise Refused("no_title", _("任务没有名称"), field="title")
    at = now()
    due = asked.due_at or due_after(at, asked.working_days)
    if due <= at:
        raise Refused("past_due", _("期限应在现在之后"), field="due_at", value=due)
    _warn_at, late = lights(at, due)
    made = Assignment.objects.create(
        title=asked.title.strip()[:120], text=asked.text, organisation=organisation, source=asked.source[:120],
        answer_kind=asked.answer_kind, form=asked.form, register=asked.register, question=asked.question[:200],
        unit=asked.unit[:20], issued_at=at, issued_by=account, due_at=due, late_at=late, is_simulated=is_simulated,
    )  # fmt: skip
    wanted = {unit.pk: unit for unit in units}
    first = [unit for unit in wanted.values() if unit.parent_id not in wanted]
    if not first:
        raise Refused("no_units", _("没有选择承办单位"), field="units")
    # A village named together with its town has its piece from the town.
    for piece in _send(made, first, due, account, parent=None):
        below = [unit for unit in wanted.values() if unit.parent_id == piece.organisation_id]
        if below:
            _send(made, below, due, account, parent=piece)
    return made


@transaction.atomic
def pass_on(
    piece: Piece, account: Any, units: Sequence[Organisation] | None = None, due: datetime | None = None
) -> list[Piece]:
    """A town hands its piece on to units below it (all its villages unless named), due no later than itself."""
    piece = _locked(piece)
    _must_hold(piece, account)
    _must_be(piece, PieceState.OPEN, PieceState.RETURNED)
    own = list(piece.organisation.children.exclude(division_code="").order_by("division_code"))
    wanted = own if units is None else list(units)
    if not wanted or not {each.pk for each in wanted} <= {each.pk for each in own}:
        raise Refused("not_below", _("只能分解给本单位下属的村（社区）"), field="units")
    if due is not None and not now() < due <= piece.due_at:
        raise Refused("bad_due", _("下级期限应在现在之后、本级期限之前"), field="due_at", value=due)
    made = _send(piece.assignment, wanted, due or piece.due_at, account, parent=piece)
    _note(piece, PieceAct.PASSED_ON, account, "、".join(each.organisation.name for each in made)[:300])
    return made


def receive(piece: Piece, account: Any) -> None:
    """签收, once."""
    _must_hold(piece, account)
    if Piece.objects.filter(pk=piece.pk, received_at=None).update(received_at=now()):
        _note(piece, PieceAct.RECEIVED, account)


@transaction.atomic
def hand_in(
    piece: Piece, account: Any, *, number: Decimal | None = None, text: str = "", note: str = ""
) -> Piece:
    """The unit says that it is done. A form task must have something filled in; a town tells what is missing below it."""
    piece = _locked(piece)
    _must_hold(piece, account)
    _must_be(piece, PieceState.OPEN, PieceState.RETURNED)
    kind = piece.assignment.answer_kind
    below = list(piece.children.all())
    missing = [each for each in below if each.state not in (PieceState.HANDED_IN, PieceState.ACCEPTED)]
    if missing and not note.strip():
        raise Refused(
            "missing_below",
            _("还有 %(n)s 个下级单位未上报，要先写明情况") % {"n": len(missing)},
            field="note",
        )
    if not below:
        _must_answer(piece, kind, number, text)
    at = now()
    piece.state, piece.handed_in_at, piece.handed_in_by = PieceState.HANDED_IN, at, account
    piece.number, piece.text = (number if kind == AnswerKind.NUMBER and not below else None), text
    piece.received_at = piece.received_at or at
    piece.save()
    _note(piece, PieceAct.HANDED_IN, account, note)
    return piece


@transaction.atomic
def return_piece(piece: Piece, account: Any, reason: str, working_days: int = 2) -> Piece:
    """Sends back for correction, with a new deadline; the way of a task upward begins anew from there."""
    piece = _locked(piece)
    _must_judge(piece, account)
    _must_be(piece, PieceState.HANDED_IN, PieceState.ACCEPTED)
    if not reason.strip():
        raise Refused("no_reason", _("退回要写明理由"), field="reason")
    at = now()
    piece.state = PieceState.RETURNED
    _set_due(piece, max(piece.due_at, due_after(at, working_days)), at)
    piece.save()
    _note(piece, PieceAct.RETURNED, account, reason)
    _tell(piece, _("任务退回更正：%(title)s") % {"title": piece.assignment.title}, reason, WARNING)
    return piece


@transaction.atomic
def accept(piece: Piece, account: Any) -> Piece:
    """What was handed in is in order."""
    piece = _locked(piece)
    _must_judge(piece, account)
    _must_be(piece, PieceState.HANDED_IN)
    piece.state = PieceState.ACCEPTED
    piece.save(update_fields=["state"])
    _note(piece, PieceAct.ACCEPTED, account)
    return piece


def remind(pieces: Iterable[Piece], account: Any) -> int:
    """Calls those who have not handed in, each at most once in a while; returns how many were called."""
    count, at = 0, now()
    for piece in pieces:
        _must_judge(piece, account)
        called = piece.steps.filter(act=PieceAct.REMINDED, at__gt=at - REMIND_AFTER)
        if piece.state in (PieceState.OPEN, PieceState.RETURNED) and not called.exists():
            _note(piece, PieceAct.REMINDED, account)
            _tell(piece, _("请尽快办理：%(title)s") % {"title": piece.assignment.title}, "", WARNING)
            count += 1
    return count


@transaction.atomic
def move_due(piece: Piece, account: Any, working_days: int, reason: str) -> Piece:
    """Gives a unit more time, counted from today."""
    piece = _locked(piece)
    _must_judge(piece, account)
    _must_be(piece, PieceState.OPEN, PieceState.RETURNED)
    if not reason.strip():
        raise Refused("no_reason", _("调整期限要写明理由"), field="reason")
    at = now()
    _set_due(piece, due_after(at, working_days), at)
    piece.save(update_fields=["due_at", "warn_at", "late_at"])
    _note(piece, PieceAct.MOVED, account, reason)
    return piece


@transaction.atomic
def end(assignment: Assignment, account: Any) -> Assignment:
    """The task is over: what comes later is no part of its sums, nobody is called any more."""
    if not posts.may_issue(account, assignment.organisation):
        raise Refused("not_yours", _("只有下达单位可以结束任务"))
    if assignment.ended_at is None:
        assignment.ended_at = now()
        assignment.save(update_fields=["ended_at"])
    return assignment


def call_by_the_clock(at: datetime) -> int:
    """Tells units whose time runs out or is over, each once for each deadline; returns how many."""
    count = 0
    due = Piece.objects.filter(
        state__in=(PieceState.OPEN, PieceState.RETURNED), warn_at__lte=at, assignment__ended_at=None
    )
    for piece in due.select_related("assignment", "organisation"):
        act = PieceAct.OVERDUE if standing(piece, at) is Standing.MISSING else PieceAct.WARNED
        since = piece.late_at if act == PieceAct.OVERDUE else piece.warn_at
        if piece.steps.filter(act=act, at__gte=since).exists():
            continue
        words = _("任务已逾期：%(title)s") if act == PieceAct.OVERDUE else _("任务将到期：%(title)s")
        with transaction.atomic():
            PieceStep.objects.create(piece=piece, act=act, at=at)
            _tell(piece, words % {"title": piece.assignment.title}, "", WARNING)
        count += 1
    return count


def _send(
    assignment: Assignment, units: Iterable[Organisation], due: datetime, account: Any, parent: Piece | None
) -> list[Piece]:
    at = now()
    warn, late = lights(at, due)
    known = set(assignment.pieces.values_list("organisation_id", flat=True))
    made = []
    for unit in units:
        if unit.pk in known:
            continue
        known.add(unit.pk)
        made.append(
            Piece(
                assignment=assignment,
                parent=parent,
                organisation=unit,
                division_code=unit.division_code,
                sent_at=at,
                due_at=due,
                warn_at=warn,
                late_at=late,
            )
        )
    Piece.objects.bulk_create(made)
    PieceStep.objects.bulk_create(
        PieceStep(piece=piece, act=PieceAct.ISSUED, at=at, account=account) for piece in made
    )
    title = _("新任务：%(title)s") % {"title": assignment.title}
    _tell_all(made, title, assignment.text, INFORMATION)
    return made


def _must_answer(piece: Piece, kind: str, number: Decimal | None, text: str) -> None:
    if kind == AnswerKind.NUMBER and number is None:
        raise Refused("no_number", _("请填写数字"), field="number")
    if kind == AnswerKind.TEXT and not text.strip():
        raise Refused("no_text", _("请填写情况"), field="text")
    if kind == AnswerKind.FORM:
        given = Submission.objects.filter(form=piece.assignment.form_id, deleted_at=None)
        if not given.filter(
            division_code__startswith=piece.division_code, created_at__gte=piece.assignment.issued_at
        ).exists():
            raise Refused("nothing_filled", _("还没有填报任何一份表单，不能上报"))


def _locked(piece: Piece) -> Piece:
    found = Piece.objects.select_for_update(of=("self",)).select_related("assignment", "organisation")
    locked = found.get(pk=piece.pk)
    if locked.assignment.ended_at is not None:
        raise Refused("ended", _("任务已结束"))
    return locked


def _must_hold(piece: Piece, account: Any) -> None:
    if not posts.holds(account, piece):
        raise Refused("not_yours", _("这项任务由 %(unit)s 承办") % {"unit": piece.organisation.name})


def _must_judge(piece: Piece, account: Any) -> None:
    if not posts.judges(account, piece):
        raise Refused("not_yours", _("只有下达单位和所在镇（街道）可以这样做"))


def _must_be(piece: Piece, *states: str) -> None:
    if piece.state not in states:
        raise Refused(
            "wrong_state", _("任务现在是“%(state)s”，不能这样做") % {"state": piece.get_state_display()}
        )


def _set_due(piece: Piece, due: datetime, at: datetime) -> None:
    piece.due_at = due
    piece.warn_at, piece.late_at = lights(at, due)


def _note(piece: Piece, act: str, account: Any, note: str = "") -> None:
    PieceStep.objects.create(piece=piece, act=act, account=account, note=note[:300], at=now())


def _tell(piece: Piece, title: str, body: str, severity: int) -> None:
    _tell_all([piece], title, body, severity)


def _tell_all(pieces: Sequence[Piece], title: str, body: str, severity: int) -> None:
    """A notice to everybody with a post in the units of the pieces."""
    units = {piece.organisation_id: piece for piece in pieces}
    people = Account.objects.active().filter(
        duties__in=posts.duties_of(posts.DOERS), duties__organisation__in=units
    )
    for person in people.distinct().prefetch_related("duties"):
        piece = next(
            (units[d.organisation_id] for d in person.duties.all() if d.organisation_id in units), None
        )
        if piece is not None:
            notify(
                person,
                title=title,
                severity=severity,
                body=body,
                url=reverse("affairs:piece", args=[piece.pk]),
            )
