"""The demonstration's tasks: one with the form of 一表通, one that asks for a number, one near its deadline, one of the city.

All are sent and answered through the real doors; afterwards their times are put back, so that what is late is late.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from decimal import Decimal

from district.kernel import clock
from district.kernel.forms.models import Form, Register
from district.kernel.people.models import Kind, Organisation

from ..demo_people import Players, unit_of
from ..models import Assignment, Piece
from . import actions
from .actions import Asked
from .standing import lights

FORM, REGISTER = "farm_survey", "households"
DAYS_AGO, DUE_DAYS_AGO = 24, 4


def seed_matters(players: Players) -> None:
    """Nothing where there are tasks of the demonstration already."""
    if Assignment.objects.filter(is_simulated=True).exists():
        return
    town = unit_of(players.town)
    towns = list(Organisation.objects.filter(kind=Kind.TOWN).order_by("division_code"))
    villages = list(town.children.exclude(division_code="").order_by("division_code"))
    _survey(players, town, villages)
    _harvest(players, towns, villages)
    _fire(players, town, villages)
    _letter(players, towns)


def _survey(players: Players, town: Organisation, villages: Sequence[Organisation]) -> None:
    form = Form.objects.filter(xml_form_id=FORM, deleted_at=None).first()
    if form is None:
        return
    taking_part = [village for village in villages if village.code in players.clerks]
    asked = Asked(
        "农户生产经营情况调查", "每户一份；已有数据自动带出，只核对和补填。", "form", form=form,
        register=Register.objects.filter(project=form.project).order_by("pk").first(), working_days=10,
    )  # fmt: skip
    made = actions.issue(
        asked, unit_of(players.asker), [town, *taking_part], players.asker, is_simulated=True
    )
    _put_back(made, DAYS_AGO, DUE_DAYS_AGO)


def _harvest(players: Players, towns: Sequence[Organisation], villages: Sequence[Organisation]) -> None:
    asked = Asked(
        "报送秋收进度",
        "报已收面积，没有种植的报 0。",
        "number",
        question="已收面积",
        unit="亩",
        working_days=3,
    )
    # The towns have it to pass on; one has passed it on already, and its time is over.
    made = actions.issue(asked, unit_of(players.asker), [*towns, *villages], players.asker, is_simulated=True)
    pieces = {piece.organisation.code: piece for piece in made.pieces.select_related("organisation")}
    answered = []
    for number, (code, clerk) in enumerate(players.clerks.items()):
        if code in pieces:
            actions.receive(pieces[code], clerk)
            answered.append(actions.hand_in(pieces[code], clerk, number=Decimal(320 + 85 * number)))
    _put_back(made, 6, 2, unit_of(players.town))
    at = clock.now()
    for number, piece in enumerate(answered):
        Piece.objects.filter(pk=piece.pk).update(
            handed_in_at=at - timedelta(hours=96 if number % 2 == 0 else 6)
        )
    if len(answered) > 2:
        actions.return_piece(answered[-1], players.town, "与上周上报数相差过大，请核对")


def _fire(players: Players, town: Organisation, villages: Sequence[Organisation]) -> None:
    asked = Asked("冬季防火隐患排查", "逐户看烟道、电线、柴草堆，发现隐患当场改。", "done", working_days=1)
    made = actions.issue(asked, town, villages, players.town, is_simulated=True)
    piece = made.pieces.filter(organisation=players.village).first()
    if piece is not None:
        actions.receive(piece, players.clerk)


def _letter(players: Players, towns: Sequence[Organisation]) -> None:
    asked = Asked(
        "报送防返贫监测情况", "镇（街道）汇总后报送，一句话写明变化。", "text", question="本月变化情况",
        source="市级来文（演示）", working_days=8,
    )  # fmt: skip
    made = actions.issue(asked, unit_of(players.manager), towns, players.manager, is_simulated=True)
    piece = made.pieces.filter(organisation=unit_of(players.town)).first()
    if piece is not None:
        actions.receive(piece, players.town)


def _put_back(made: Assignment, days: int, due_days: int, town: Organisation | None = None) -> None:
    """The demonstration's people have their posts only from today, so the times are put back afterwards: all, or those
    of one town (then the task's own deadline stays)."""
    today = clock.today()
    issued = datetime.combine(today - timedelta(days=days), time(9, 0), clock.CHINA)
    due = datetime.combine(today - timedelta(days=due_days), time(17, 30), clock.CHINA)
    warn, late = lights(issued, due)
    pieces = made.pieces.all()
    if town is None:
        Assignment.objects.filter(pk=made.pk).update(issued_at=issued, due_at=due, late_at=late)
    else:
        pieces = pieces.filter(division_code__startswith=town.division_code)
    pieces.update(sent_at=issued, due_at=due, warn_at=warn, late_at=late)
