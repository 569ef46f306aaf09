"""Deliveries are started, stopped, gone on with, decided on and corrected. Every act by a person names the account."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from district.kernel.clock import now
from district.kernel.connectors.conformance import as_text
from district.kernel.connectors.models import RefusedRow, RefusedState, Run, RunState, Source
from district.kernel.connectors.openers import opener
from district.kernel.connectors.refused import Refused
from district.kernel.connectors.runs import REFUSALS, fail, perform, wanted_items
from district.kernel.jobs import Progress
from district.kernel.jobs.work import ask_to_stop

GOES_ON = (RunState.STOPPED, RunState.FAILED, RunState.BLOCKED)
CORRECTED_AT_ONCE = 10_000


def start(
    source: Source, account: Any = None, *, content_sha256: str = "", size: int = 0, **given: Any
) -> Run:
    """A new delivery, to be read by the worker. `given` is what the opener of its kind needs, JSON."""
    if not source.is_active:
        raise Refused("not_active", "这个来源已停用", field="source", value=source.name)
    return _queued(Run(source=source, made_by=_known(account), input=given, content_sha256=content_sha256, bytes=size,
                       cursor_before=source.cursor), account)  # fmt: skip


@transaction.atomic
def _queued(delivery: Run, account: Any) -> Run:
    from district.kernel.connectors.jobs import deliver

    delivery.save()
    delivery.progress_id = deliver.start(by=_known(account), run_id=delivery.pk)
    delivery.save(update_fields=["progress"])
    return delivery


def carry_out(delivery: Run, progress: Progress | None = None) -> Run:
    """Reads the input of a delivery and takes its rows; what is wrong with it stands in the run."""
    try:
        if delivery.corrects_id is not None:
            return perform(delivery, [_corrected_rows(delivery)], progress)
        module = opener(delivery.source.kind)
        goes_on = not module.IS_REPLAYED and module.goes_on(delivery)
        batches = module.open_run(delivery)
        return perform(delivery, batches, progress, is_replayed=module.IS_REPLAYED, goes_on=goes_on)
    except REFUSALS as refusal:
        if refusal.code == "being_read":
            return delivery
        if refusal.code == "busy":
            delivery.state, delivery.code, delivery.problem = RunState.STOPPED, refusal.code, str(refusal)
            delivery.save(update_fields=["state", "code", "problem"])
            return delivery
        fail(delivery, refusal.code, str(refusal))
        return delivery


def stop(delivery: Run) -> None:
    """It stops behind the part it is at."""
    if delivery.progress is not None:
        ask_to_stop(delivery.progress)


def resume(delivery: Run, account: Any) -> Run:
    """Goes on with a delivery that was stopped, failed or waited for a decision."""
    if delivery.state not in GOES_ON:
        raise Refused("not_resumable", "这一批不在可继续的状态", field="state", value=delivery.state)
    delivery.state = RunState.WAITING
    delivery.code = delivery.problem = ""
    return _queued(delivery, account)


@transaction.atomic
def decide(delivery: Run, decisions: Mapping[str, str], account: Any) -> Run:
    """What is done about drift, by number of the drift in the run's list.

    new: `ignore` | `item:<name>` | `take`; renamed: `rename` | `absent`; missing: `absent`; type: `refuse` (the values
    that do not fit are refused). `block` leaves the delivery as it is. Then the delivery goes on.
    """
    if delivery.state != RunState.BLOCKED:
        raise Refused("not_blocked", "这一批没有等待处理的结构变化", field="state", value=delivery.state)
    source = Source.objects.select_for_update().get(pk=delivery.source_id)
    settings = {**source.settings, "mapping": dict(source.settings.get("mapping", {})),
                "absent": list(source.settings.get("absent", []))}  # fmt: skip
    names = {item.name for item in wanted_items(source)}
    for number, drift in enumerate(delivery.drift):
        choice = decisions.get(str(number), "" if drift["is_blocking"] else "ignore")
        if choice in ("", "block"):
            raise Refused("undecided", f"还没有决定：{drift['words']}", field=str(number))
        drift["decision"] = choice
        _apply(drift, choice, settings, delivery, names)
    source.settings = settings
    source.save(update_fields=["settings"])
    _add_items(source, [each["column"] for each in delivery.drift if each["decision"] == "take"], account)
    delivery.source, delivery.checkpoint = source, None
    return resume(delivery, account)


def _apply(
    drift: Mapping[str, Any], choice: str, settings: dict[str, Any], delivery: Run, names: set[str]
) -> None:
    kind, column, item = drift["kind"], drift["column"], drift["item"]
    if choice == "rename" and kind == "renamed":
        settings["mapping"][column] = item
    elif choice.startswith("item:") and kind == "new" and choice[5:] in names:
        settings["mapping"][column] = choice[5:]
    elif choice == "absent" and kind in ("missing", "renamed"):
        if any(each.name == item and each.is_required for each in wanted_items(delivery.source)):
            raise Refused("required", f"{drift['words']}；必填的信息项不能缺", field=item)
        settings["absent"].append(item)
    elif choice == "refuse" and kind == "type":
        delivery.input = {**delivery.input, "is_type_accepted": True}
    elif choice in ("ignore", "take") and kind in ("new", "renamed"):
        if choice == "ignore":
            settings["mapping"][column] = ""
    else:
        raise Refused("no_such_choice", f"不能这样处理：{drift['words']}", value=choice)


def _add_items(source: Source, columns: list[str], account: Any) -> None:
    """New columns become items of the resource: text, ungraded, not required; the steward refines them."""
    if not columns:
        return
    from district.kernel.connectors.proposals import item_name
    from district.kernel.datasets.models import Item

    taken = set(source.resource.items.values_list("name", flat=True))
    position = source.resource.items.count()
    for number, column in enumerate(columns):
        name = item_name(column, taken)
        taken.add(name)
        Item.objects.create(
            resource=source.resource, position=position + number, name=name, title=column[:120]
        )


# Refused rows


def correct(row: RefusedRow, values: Mapping[str, str]) -> RefusedRow:
    """Notes new values of columns of a refused row; it is sent again by `send_corrected`."""
    if row.state not in (RefusedState.REFUSED, RefusedState.CORRECTED):
        raise Refused("settled", "这一行已经处理过", field="position", value=row.position)
    row.corrected = {name: str(value) for name, value in values.items()}
    row.state = RefusedState.CORRECTED
    row.save(update_fields=["corrected", "state"])
    return row


def drop(row: RefusedRow) -> None:
    """Nobody will correct it; it stays as it came."""
    if row.state == RefusedState.TAKEN:
        raise Refused("settled", "这一行已经入库", field="position", value=row.position)
    row.state = RefusedState.DROPPED
    row.save(update_fields=["state"])


@transaction.atomic
def send_corrected(delivery: Run, account: Any) -> Run:
    """A delivery of the corrected rows alone, which join what the first one published."""
    rows = delivery.refused.filter(state=RefusedState.CORRECTED).order_by("position")[:CORRECTED_AT_ONCE]
    positions = list(rows.values_list("position", flat=True))
    if not positions:
        raise Refused("nothing_corrected", "还没有更正过的行", field="run", value=delivery.pk)
    newer = Run.objects.filter(
        source=delivery.source, state=RunState.DONE, corrects=None, started_at__gt=delivery.started_at
    )
    if delivery.source.mode == "replace" and newer.exists():
        raise Refused(
            "superseded", "这一批之后又整体替换过数据，请在新的批次里更正", field="run", value=delivery.pk
        )
    again = Run(source=delivery.source, corrects=delivery, made_by=_known(account), started_at=now(),
                input={"positions": positions}, cursor_before=delivery.source.cursor)  # fmt: skip
    return _queued(again, account)


def _corrected_rows(delivery: Run) -> Any:
    import numpy as np

    from district.kernel.connectors.rows import Rows

    rows = RefusedRow.objects.filter(
        run_id=delivery.corrects_id, position__in=delivery.input["positions"], state=RefusedState.CORRECTED
    ).order_by("position")
    found = [
        ({name: as_text(value) for name, value in {**row.raw, **(row.corrected or {})}.items()}, row.position)
        for row in rows
    ]
    return Rows(
        [values for values, _ in found], np.array([position for _, position in found], dtype=np.int64)
    )


def _known(account: Any) -> Any:
    return account if getattr(account, "pk", None) else None
