"""What a receiver is told of a change: only what the grant behind its subscription shows, asked in the query."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from django.db import connection

from district.kernel.datasets.models import Item, Resource
from district.kernel.feeds import signing
from district.kernel.feeds.models import Change, Op, Subscription
from district.kernel.grants import rules, uses
from district.kernel.grants.row_rules import TYPES, Rule, quoted
from district.kernel.grants.subjects import subject_hashes
from district.kernel.grants.viewers import Viewer

CHANGE = "_change"
"""Name of the column of the source that holds the number of the change."""


@dataclass(frozen=True)
class Message:
    """`id` stays the same when it is sent again; `row` is what the receiver sees of it, None when it left its view."""

    id: str
    op: str
    body: bytes
    subjects: tuple[str, ...] = ()


@dataclass(frozen=True)
class Shown:
    """A change as a rule shows it; `subjects` are full numbers of persons, for the log of uses."""

    row: dict[str, Any]
    subjects: tuple[str, ...] = ()


def viewer_of(subscription: Subscription) -> Viewer:
    grant = subscription.grant
    return Viewer(grant.grantee_id, grant.grantee.name, f"推送至 {subscription.url}"[:120], client_id=grant.client_id)


def rule_of(subscription: Subscription) -> Rule | None:
    """The rule of the very grant that was subscribed under, None when it does not count now."""
    rule = rules.columns_and_rows(viewer_of(subscription), subscription.grant.resource)
    return rule if rule is not None and rule.grant_id == subscription.grant_id else None


def shown(rule: Rule, resource: Resource, change_ids: Sequence[int]) -> dict[int, Shown]:
    """Those of the changes the rule lets through, by number. Masks and row conditions are in the query."""
    items = list(resource.items.all())
    sql, values = rules.relation_sql(rule, "postgres", _source(items), keys=(CHANGE,), with_subjects=True)
    with connection.cursor() as cursor:
        cursor.execute(sql, {**values, "feeds_changes": list(change_ids)})
        places = {column.name: place for place, column in enumerate(cursor.description)}
        persons = [place for name, place in places.items() if name.startswith("_subject")]
        return {
            row[places["_key0"]]: Shown(
                {name: row[places[name]] for name in rule.names},
                tuple(filter(None, (row[place] for place in persons))),
            )
            for row in cursor.fetchall()
        }


def messages(subscription: Subscription, rule: Rule, change_ids: Sequence[int]) -> dict[int, Message]:
    """What is sent for each change, by its number; one that does not concern this receiver is left out.

    A row that was inside the grant and is not any more is told as removed, without its contents.
    """
    resource = subscription.grant.resource
    changes = Change.objects.filter(pk__in=change_ids).order_by("pk")
    seen = shown(rule, resource, change_ids)
    keys = {item.name for item in resource.items.all() if item.is_key}
    last = _last_sent(subscription, [change.subject for change in changes])
    made: dict[int, Message] = {}
    for change in changes:
        visible = seen.get(change.pk)
        if visible is None and last.get(change.subject) != Op.PUT:
            continue
        op = change.op if visible is not None else "removed"
        row = visible.row if visible is not None else {}
        if op == Op.REMOVED:
            row = {name: value for name, value in row.items() if name in keys}
        made[change.pk] = Message(
            f"chg_{subscription.pk}_{change.pk}", op, _body(subscription, rule, change, op, row),
            visible.subjects if visible is not None else (),
        )  # fmt: skip
        last[change.subject] = op
    return made


def log_use(subscription: Subscription, rule: Rule, sent: Sequence[Message]) -> None:
    """Notes, before anything is sent, that these rows go to the receiver."""
    if sent:
        uses.record(
            viewer_of(subscription), rule, channel="push", rows=len(sent),
            subjects=subject_hashes(number for each in sent for number in each.subjects),
            title=subscription.grant.resource.title,
        )  # fmt: skip


def _body(subscription: Subscription, rule: Rule, change: Change, op: str, row: dict[str, Any]) -> bytes:
    data: dict[str, Any] = {
        "resource": rule.resource, "grant": rule.number, "sequence": change.pk,
        "subject": signing.opaque(subscription.secret, change.subject), "row": row,
    }  # fmt: skip
    if subscription.grant.resource.is_simulated:
        data["is_simulated"] = True
    return orjson.dumps({"type": f"row.{op}", "timestamp": change.at, "data": data}, default=str)


def _last_sent(subscription: Subscription, subjects: Sequence[str]) -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT DISTINCT ON (subject) subject, sent_op FROM feeds_push
            WHERE subscription_id = %s AND subject = ANY(%s) AND state = 'delivered' ORDER BY subject, change_id DESC
            """,
            [subscription.pk, list(set(subjects))],
        )
        return dict(cursor.fetchall())


def _source(items: Sequence[Item]) -> str:
    """The rows inside the changes, with the items as columns of their types."""
    columns = [
        f"CAST(row ->> '{item.name}' AS {TYPES[item.type]['postgres']}) AS {quoted(item.name)}" for item in items
    ]  # names of items are plain words, see datasets_item_name_form
    return (
        f"SELECT {', '.join([*columns, f'id AS {quoted(CHANGE)}'])} FROM feeds_change"  # noqa: S608
        " WHERE id = ANY(%(feeds_changes)s)"
    )
