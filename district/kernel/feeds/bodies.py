"""What a receiver is told of a change: only what the grant behind its subscription shows, asked in the query."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from django.db import connection

from district.kernel.datasets.models import Item, Resource
from district.kernel.feeds import keeping, signing
from district.kernel.feeds.models import Change, Subscription
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


def shown(rule: Rule, resource: Resource, change_ids: Sequence[int], column: str = "row") -> dict[int, Shown]:
    """Those of the changes the rule lets through, by number. Masks and row conditions are in the query.

    `column` `before` asks the same of what the rows were before.
    """
    sql, values = rules.relation_sql(
        rule, "postgres", _source(list(resource.items.all())), keys=(CHANGE,), with_subjects=True
    )
    kept = Change.objects.filter(pk__in=change_ids).exclude(**{column: None}).values_list("pk", column)
    rows = [(pk, keeping.plain(row)) for pk, row in kept]
    values |= {"feeds_changes": [pk for pk, _row in rows], "feeds_rows": [row for _pk, row in rows]}
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        places = {each.name: place for place, each in enumerate(cursor.description)}
        persons = [place for name, place in places.items() if name.startswith("_subject")]
        return {
            row[places["_key0"]]: Shown(
                {name: row[places[name]] for name in rule.names},
                tuple(filter(None, (row[place] for place in persons))),
            )
            for row in cursor.fetchall()
        }


@dataclass(frozen=True)
class Told:
    """A change as somebody is told of it. `op` is `removed` also when the row only left their view; then `row` is empty."""

    change: Change
    op: str
    row: dict[str, Any]
    subjects: tuple[str, ...]


def told(rule: Rule, resource: Resource, change_ids: Sequence[int], last: dict[str, str]) -> list[Told]:
    """The changes that concern whoever has this rule, in order. `last` is what was told of each subject so far."""
    here = shown(rule, resource, change_ids)
    there = shown(rule, resource, [each for each in change_ids if each not in here], "before")
    keys = {item.name for item in resource.items.all() if item.is_key}
    made: list[Told] = []
    for change in Change.objects.filter(pk__in=change_ids).order_by("pk"):
        visible = here.get(change.pk)
        if visible is not None:
            row = visible.row
            if change.op == "removed":
                row = {name: value for name, value in row.items() if name in keys}
            made.append(Told(change, change.op, row, visible.subjects))
        elif change.pk in there or last.get(change.subject) == "put":
            made.append(Told(change, "removed", {}, ()))
        else:
            continue
        last[change.subject] = made[-1].op
    return made


def messages(subscription: Subscription, rule: Rule, change_ids: Sequence[int]) -> dict[int, Message]:
    """What is sent for each change, by its number; one that does not concern this receiver is left out."""
    subjects = Change.objects.filter(pk__in=change_ids).values_list("subject", flat=True)
    last = _last_sent(subscription, list(subjects))
    return {
        each.change.pk: Message(
            f"chg_{subscription.pk}_{each.change.pk}", each.op, _body(subscription, rule, each), each.subjects
        )
        for each in told(rule, subscription.grant.resource, change_ids, last)
    }


def log_use(subscription: Subscription, rule: Rule, sent: Sequence[Message]) -> None:
    """Notes, before anything is sent, that these rows go to the receiver."""
    if sent:
        uses.record(
            viewer_of(subscription), rule, channel="push", rows=len(sent),
            subjects=subject_hashes(number for each in sent for number in each.subjects),
            title=subscription.grant.resource.title,
        )  # fmt: skip


def _body(subscription: Subscription, rule: Rule, told: Told) -> bytes:
    data: dict[str, Any] = {
        "resource": rule.resource, "grant": rule.number, "sequence": told.change.pk,
        "subject": signing.opaque(subscription.secret, told.change.subject), "row": told.row,
    }  # fmt: skip
    if subscription.grant.resource.is_simulated:
        data["is_simulated"] = True
    return orjson.dumps({"type": f"row.{told.op}", "timestamp": told.change.at, "data": data}, default=str)


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
        f"SELECT {', '.join([*columns, f'id AS {quoted(CHANGE)}'])}"  # noqa: S608
        " FROM (SELECT id, row::jsonb AS row FROM unnest(%(feeds_changes)s::bigint[], %(feeds_rows)s::text[])"
        " AS given (id, row)) AS changed"
    )
