"""A purchase: planned and approved by two, noticed, opened, awarded by its rule, objected to, settled."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from district.kernel.cases.actions import open_case
from district.kernel.cases.calendar import is_working_day
from district.kernel.clock import CHINA, now, today
from district.kernel.people.refused import Refused

from ...models import Bid, BidObjection, Firm, Participation, Procurement, Project
from ...numbers import next_number
from .. import buying
from ..parties import may_not_bid
from .holding import given, held, held_at, in_state, note, other

State = Procurement.State
PARTS = {"supply": "supplier", "supervision": "supervisor", "test": "tester", "evaluation": "evaluator"}


@transaction.atomic
def plan_purchase(project: Project, account: Any, *, title: str, kind: str, method: str, ceiling_fen: int,
                  why: str = "") -> Procurement:  # fmt: skip
    """Anything but an open tender says why."""
    project = held_at(project, "procurement", "delivery", "acceptance", "evaluation")
    if ceiling_fen <= 0:
        raise Refused("ceiling", _("最高限价应大于零"))
    if kind == "supply" and ceiling_fen > project.estimate_fen:
        raise Refused("estimate", _("最高限价超过项目估算投资"))
    if method != "open":
        given(why)
    made = Procurement.objects.create(number=next_number(Procurement, "CG", today()), project=project, title=title, kind=kind,
                                      method=method, ceiling_fen=ceiling_fen, why=why, asked_by=account,
                                      is_simulated=project.is_simulated)  # fmt: skip
    note(account, "purchase_planned", project, made.number)
    return made


@transaction.atomic
def approve_purchase(purchase: Procurement, account: Any) -> Procurement:
    purchase = held(purchase)
    in_state(purchase, "planned")
    other(account, purchase.asked_by_id)
    purchase.approved_by, purchase.approved_at, purchase.state = account, now(), State.APPROVED
    return _kept(purchase, account, "purchase_approved")


@transaction.atomic
def give_notice(purchase: Procurement, account: Any, *, noticed_on: date, bids_due_at: datetime, reference: str) -> Procurement:
    """Bids are due no earlier than the law lets them."""
    purchase = held(purchase)
    in_state(purchase, "approved")
    earliest = buying.earliest_due(purchase.method, noticed_on, is_working_day)
    if bids_due_at.astimezone(CHINA).date() < earliest:
        raise Refused("too_soon", _("%(method)s的投标截止不得早于 %(day)s") % {
            "method": purchase.get_method_display(), "day": earliest})  # fmt: skip
    purchase.noticed_on, purchase.bids_due_at, purchase.notice_reference = noticed_on, bids_due_at, given(reference)
    purchase.state = State.NOTICED
    return _kept(purchase, account, "purchase_noticed")


@transaction.atomic
def open_bids(purchase: Procurement, account: Any) -> Procurement:
    purchase = held(purchase)
    in_state(purchase, "noticed")
    if purchase.bids_due_at is None or now() < purchase.bids_due_at:
        raise Refused("not_due", _("投标截止前不得开标"))
    purchase.opened_at, purchase.state = now(), State.OPENED
    return _kept(purchase, account, "bids_opened")


@transaction.atomic
def register_bid(purchase: Procurement, account: Any, firm: Firm, amount_fen: int, received_at: datetime,
                 points: float | None = None, invalid_reason: str = "") -> Bid:  # fmt: skip
    """As it was opened; one that came late stands as invalid."""
    purchase = held(purchase)
    in_state(purchase, "opened")
    why = may_not_bid(purchase.project, firm, purchase.pk, purchase.kind)
    if why:
        raise Refused("firm", why)
    if purchase.bids.filter(firm=firm).exists():
        raise Refused("twice", _("该单位的投标已经登记"))
    if amount_fen <= 0 or (points is not None and not 0 <= points <= 100):
        raise Refused("bid", _("报价应大于零，得分在 0 至 100 之间"))
    if purchase.bids_due_at is not None and received_at > purchase.bids_due_at:
        invalid_reason = "逾期送达"
    bid = Bid.objects.create(procurement=purchase, firm=firm, amount_fen=amount_fen, received_at=received_at, points=points,
                             invalid_reason=invalid_reason.strip()[:200], made_by=account)  # fmt: skip
    note(account, "bid_registered", purchase.project, f"{purchase.number} {firm.uscc}")
    return bid


def offers(purchase: Procurement) -> list[buying.Offer]:
    found = purchase.bids.select_related("firm").order_by("pk")
    return [buying.Offer(each.firm.uscc, each.amount_fen, each.points, not each.invalid_reason) for each in found]


@transaction.atomic
def award(purchase: Procurement, account: Any, awarded_on: date | None = None) -> Procurement:
    """To whom the rule of the method names, by another than who asked for the purchase."""
    purchase = held(purchase)
    in_state(purchase, "opened")
    other(account, purchase.asked_by_id)
    offered = offers(purchase)
    best = buying.winner(purchase.method, purchase.ceiling_fen, offered)
    if best is None:
        raise Refused("no_award", buying.fault(purchase.method, purchase.ceiling_fen, offered))
    day = awarded_on or today()
    purchase.winner, purchase.award_fen, purchase.awarded_on = Firm.objects.get(uscc=best.firm), best.amount_fen, day
    purchase.award_reason = "报价最低" if purchase.method in buying.BY_PRICE else f"得分最高：{best.points:g}"
    purchase.objections_until, purchase.state = buying.objections_until(day, is_working_day), State.AWARDED
    return _kept(purchase, account, "purchase_awarded")


@transaction.atomic
def fail_purchase(purchase: Procurement, account: Any, reason: str) -> Procurement:
    purchase = held(purchase)
    in_state(purchase, "noticed", "opened", "awarded")
    purchase.failed_reason, purchase.state = given(reason), State.FAILED
    return _kept(purchase, account, "purchase_failed")


@transaction.atomic
def object_to(purchase: Procurement, account: Any, firm: Firm, text: str, key: str) -> BidObjection:
    """A bidder's doubt, in time: a case with the days of the law. The same key is the same doubt."""
    purchase = held(purchase)
    in_state(purchase, "opened", "awarded")
    if not purchase.bids.filter(firm=firm).exists():
        raise Refused("not_bidder", _("只有投标单位可以质疑"))
    if purchase.objections_until is not None and today() > purchase.objections_until:
        raise Refused("too_late", _("质疑期已于 %(day)s 届满") % {"day": purchase.objections_until})
    text = given(text, 2000)
    case = open_case(system="programme", procedure="project_objection", idempotency_key=f"objection:{purchase.pk}:{key}"[:120],
                     title=f"质疑 · {purchase.title}"[:120], text=text, channel="desk", account=account,
                     form={"purchase": purchase.number, "firm": firm.name}, is_simulated=purchase.is_simulated)  # fmt: skip
    made, _is_new = BidObjection.objects.get_or_create(case=case, defaults={"procurement": purchase, "firm": firm, "text": text})
    note(account, "purchase_objected", purchase.project, f"{purchase.number} {case.number}")
    return made


@transaction.atomic
def settle(purchase: Procurement, account: Any) -> Procurement:
    """After the days for objections, with none open and none upheld; the winner takes its part in the project."""
    purchase = held(purchase)
    in_state(purchase, "awarded")
    if purchase.objections_until is None or today() <= purchase.objections_until:
        raise Refused("not_over", _("质疑期到 %(day)s 才满") % {"day": purchase.objections_until})
    doubts = [each.case for each in purchase.objections.select_related("case")]
    if any(case is not None and case.closed_at is None for case in doubts):
        raise Refused("objection_open", _("还有未办结的质疑"))
    if any(case is not None and case.form.get("finding") == "成立" for case in doubts):
        raise Refused("objection_upheld", _("质疑成立，本次采购应作流标处理后重新采购"))
    purchase.state = State.SETTLED
    role = PARTS.get(purchase.kind)
    if role and purchase.winner is not None:
        Participation.objects.filter(project=purchase.project, role=role, until_on__isnull=True).update(until_on=today())
        Participation.objects.create(project=purchase.project, firm=purchase.winner, role=role, procurement=purchase,
                                     since_on=today(), made_by=account)  # fmt: skip
    return _kept(purchase, account, "purchase_settled")


def _kept(purchase: Procurement, account: Any, act: str) -> Procurement:
    purchase.save()
    note(account, act, purchase.project, purchase.number)
    return purchase
