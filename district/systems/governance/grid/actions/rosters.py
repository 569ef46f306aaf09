"""Who looks after which cell, and who stands where when."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from district.kernel.clock import now
from district.kernel.people.access import may

from ...models import CellDuty, Post, Shift
from ..queries.cells import cells_at
from ..refused import Refused

WORKER = "governance.grid_worker"
LONGEST_HOURS = 24


def assign_worker(
    cell_code: str, worker: Any, *, is_lead: bool = False, at: datetime | None = None
) -> CellDuty:
    """From `at` on the account looks after the cell. A second lead is refused by the database."""
    moment = at or now()
    if not cells_at(moment).filter(code=cell_code).exists():
        raise Refused("unknown_cell", f"没有编码为 {cell_code} 的网格", field="cell_code", value=cell_code)
    if not may(worker, WORKER):
        raise Refused(
            "no_grid_worker", f"{worker.name} 没有网格员岗位", field="account", value=worker.username
        )
    try:
        with transaction.atomic():
            return CellDuty.objects.create(
                cell_code=cell_code, account=worker, is_lead=is_lead, from_at=moment
            )
    except IntegrityError as error:
        raise Refused(
            "second_lead", f"网格 {cell_code} 已有网格长", field="is_lead", value=cell_code
        ) from error


def release_worker(duty: CellDuty) -> None:
    """From now on the account no longer looks after the cell."""
    duty.until_at = max(now(), duty.from_at)
    if duty.until_at == duty.from_at:
        duty.delete()
    else:
        duty.save(update_fields=["until_at"])


def book_shift(
    worker: Any, starts_at: datetime, ends_at: datetime, *, post: Post | None = None, cell_code: str = "",
    account: Any = None, note: str = "",
) -> Shift:  # fmt: skip
    """Puts an account on a roster. Two shifts of one person at one time are refused by the database."""
    if ends_at <= starts_at or (ends_at - starts_at).total_seconds() > LONGEST_HOURS * 3600:
        raise Refused(
            "bad_times", f"班次应在开始之后、{LONGEST_HOURS} 小时之内结束", field="ends_at", value=ends_at
        )
    if (post is None) == (not cell_code):
        raise Refused("one_place", "岗点和网格选填一个", field="post")
    if cell_code and not cells_at().filter(code=cell_code).exists():
        raise Refused("unknown_cell", f"没有编码为 {cell_code} 的网格", field="cell_code", value=cell_code)
    try:
        with transaction.atomic():
            return Shift.objects.create(
                account=worker, post=post, cell_code=cell_code, starts_at=starts_at, ends_at=ends_at,
                note=note[:120], made_by=account,
            )  # fmt: skip
    except IntegrityError as error:
        text = f"{worker.name} 在这段时间已有班次"
        raise Refused("double_booking", text, field="starts_at", value=starts_at) from error


def cancel_shift(shift: Shift) -> None:
    if shift.cancelled_at is None:
        shift.cancelled_at = now()
        shift.save(update_fields=["cancelled_at"])
