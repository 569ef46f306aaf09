"""A program at the door: token, grant and quota, in one statement that also counts the request.

Nothing is believed between requests: a token that was revoked, a client that was stopped, a grant that was withdrawn or
changed counts from the next request on. What was asked counts against the quota even when it is refused. A program that
was here before is known by its rule (`remembered`) as long as all rows that say so bear the marks they bore then.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import SimpleNamespace
from typing import Any

import orjson
from django.http import HttpRequest

from district.kernel import clock
from district.kernel.datasets.models import Shelf
from district.kernel.grants import prepared, rules
from district.kernel.grants.refused import Refused
from district.kernel.grants.remembered import Remembered, recall, remember
from district.kernel.grants.row_rules import Rule
from district.kernel.grants.viewers import ANYBODY, Viewer
from district.kernel.people.request_address import client_address

WHO_AND_WHAT = """
program AS (
    SELECT c.id, c.organisation_id, o.name AS organisation, c.name AS who,
        concat(c.xmin, '.', c.cmin, c.ctid, '/', o.xmin, '.', o.cmin, o.ctid) AS mark
    FROM oauth2_provider_accesstoken t JOIN grants_client c ON c.application_id = t.application_id
    JOIN people_organisation o ON o.id = c.organisation_id
    WHERE t.token_checksum = %(token)s AND t.expires > %(now)s AND c.is_active
), thing AS (
    SELECT r.id, r.name, r.title, r."table", r.provider_id, r.is_open_to_public, r.is_secret, r.shelf,
        concat(r.xmin, '.', r.cmin, r.ctid) AS mark
    FROM datasets_resource r WHERE r.name = %(resource)s
), held AS (
    SELECT g.*, concat(g.xmin, '.', g.cmin, g.ctid) AS mark FROM grants_grant g, program, thing
    WHERE g.resource_id = thing.id AND g.grantee_id = program.organisation_id
      AND (g.client_id IS NULL OR g.client_id = program.id) AND g.state = 'active'
      AND g.starts_at <= %(now)s AND g.ends_at > %(now)s
    ORDER BY g.client_id LIMIT 1
)"""
MARK = """concat(program.mark, '/', thing.mark, '/', held.mark, '/', (
    SELECT string_agg(concat(i.xmin, '.', i.cmin, i.ctid), ' ' ORDER BY i.id)
    FROM datasets_item i WHERE i.resource_id = thing.id
))"""
"""Of the versions of the rows that say who may have what: PostgreSQL gives no two versions the same xmin, cmin and ctid."""
COUNT = """
    INSERT INTO grants_spent AS spent (grant_id, day, day_requests, day_rows, minute, minute_requests)
    SELECT {grant}, %(day)s, 1, 0, %(minute)s, 1 FROM {held}
    ON CONFLICT (grant_id) DO UPDATE SET
        day_requests = CASE WHEN spent.day = excluded.day THEN spent.day_requests + 1 ELSE 1 END,
        day_rows = CASE WHEN spent.day = excluded.day THEN spent.day_rows ELSE 0 END,
        day = excluded.day,
        minute_requests = CASE WHEN spent.minute = excluded.minute THEN spent.minute_requests + 1 ELSE 1 END,
        minute = excluded.minute
    RETURNING day_requests, day_rows, minute_requests
"""
ENTER = f"""
WITH {WHO_AND_WHAT}, counted AS ({COUNT.format(grant="id", held="held")})
SELECT
    (SELECT jsonb_build_array(id, organisation_id, organisation, who) FROM program),
    (SELECT to_jsonb(thing) FROM thing),
    (SELECT jsonb_agg(jsonb_build_object('name', i.name, 'title', i.title, 'type', i.type, 'grade', i.grade,
        'mask', i.mask, 'holds', i.holds, 'is_key', i.is_key) ORDER BY i.position)
     FROM datasets_item i, thing WHERE i.resource_id = thing.id),
    (SELECT to_jsonb(held) FROM held),
    (SELECT jsonb_build_array(day_requests, day_rows, minute_requests) FROM counted),
    (SELECT to_jsonb({MARK}) FROM program, thing, held)
"""  # noqa: S608 - a statement of ours
FRESH = f"""{WHO_AND_WHAT}, fresh AS MATERIALIZED (SELECT held.id FROM program, thing, held WHERE {MARK} = %(mark)s), counted AS (
    {COUNT.format(grant="id", held="fresh")}
)"""  # noqa: S608 - a statement of ours
"""`counted` is empty where anything changed."""
AGAIN = f"WITH {FRESH} SELECT day_requests, day_rows, minute_requests FROM counted"  # noqa: S608 - a statement of ours
SPEND = """
UPDATE grants_spent SET day_rows = day_rows + %(rows)s
WHERE grant_id = %(grant)s AND day = %(day)s AND day_rows + %(rows)s <= %(most)s RETURNING day_rows
"""


@dataclass(frozen=True)
class Quota:
    """What is left. None does not limit; `resets_in_s` is until the narrowest of the exceeded ones begins anew."""

    per_minute: int | None = None
    minute_left: int | None = None
    per_day: int | None = None
    day_left: int | None = None
    rows_per_day: int | None = None
    rows_left: int | None = None
    minute_ends_in_s: int = 60
    day_ends_in_s: int = 86400


@dataclass(frozen=True)
class Entered:
    """Who was let in to what."""

    viewer: Viewer
    rule: Rule
    resource: Any
    keys: tuple[str, ...]
    quota: Quota
    known: Remembered


def enter(request: HttpRequest, resource: str) -> Entered:
    """Raises Refused: `token_wanted`, `token_invalid` (401), `no_grant` (403), `no_resource` (404), `quota` (429)."""
    token, now = bearer(request), clock.now()
    kept = checksum(token)
    values = said_at_the_door(kept, resource, now)
    known = recall(kept, resource)
    counted = None if known is None else prepared.one(AGAIN, values | {"mark": known.mark})
    if known is None or counted is None:
        known, counted = _looked_up(token, values)
        remember(kept, known)
    return entered_again(request, known, counted, now)


def entered_again(request: HttpRequest, known: Remembered, counted: Sequence[int] | None, now: datetime) -> Entered:
    """Of what is known, with what is left of the quotas. Raises Refused `quota`."""
    viewer = known.viewer.at(client_address(request) or "")
    thing = SimpleNamespace(**vars(known.resource))
    return Entered(viewer, known.rule, thing, known.keys, _quota(known.held, counted, now), known)


def _looked_up(token: str, values: dict[str, Any]) -> tuple[Remembered, list[int] | None]:
    # Django keeps its connections from reading JSON by themselves.
    row = (None if each is None else orjson.loads(each) for each in prepared.one(ENTER, values))
    program, thing, items, held, counted, mark = row
    viewer, resource = ANYBODY, values["resource"]
    if token:
        if program is None:
            raise Refused("token_invalid", "令牌无效、已过期或应用已停用", status=401)
        viewer = Viewer(program[1], program[2], program[3], client_id=program[0])
    if thing is None or (thing["is_secret"] and held is None):
        raise Refused(
            "no_resource", f"目录中没有资源 {resource}", field="resource", value=resource, status=404
        )
    found, columns = (
        SimpleNamespace(pk=thing["id"], **thing),
        [SimpleNamespace(**item) for item in items or ()],
    )
    rule = _rule(found, columns, held)
    if rule is None:
        if not token:
            raise Refused("token_wanted", "请用应用凭证取得令牌后再访问", status=401)
        raise Refused(
            "no_grant", f"没有“{found.title}”的有效授权", field="resource", value=resource, status=403
        )
    keys = tuple(item.name for item in columns if item.is_key)
    return Remembered(viewer, rule, found, keys, held, mark or ""), counted


def checksum(token: str) -> str:
    """A token as it is kept."""
    return hashlib.sha256(token.encode()).hexdigest()


def said_at_the_door(token: str, resource: str, now: datetime) -> dict[str, Any]:
    """The values of WHO_AND_WHAT and COUNT; `token` is its checksum."""
    minute = now.replace(second=0, microsecond=0)
    return {"token": token, "resource": resource, "now": now, "day": now.date(), "minute": minute}


def _rule(resource: Any, items: list[Any], held: dict[str, Any] | None) -> Rule | None:
    if resource.shelf != Shelf.PUBLISHED:
        return None
    if held is not None:
        grant: Any = SimpleNamespace(pk=held["id"], **held)
        return rules.rule_of(grant, resource, items)
    return rules.open_rule(resource, items)


def bearer(request: HttpRequest) -> str:
    """The token of the request; empty when it has none."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def _quota(held: Mapping[str, Any] | None, counted: Sequence[int] | None, now: datetime) -> Quota:
    """`counted` are requests and rows of the day, then requests of the minute.

    Raises Refused `quota` when one is used up; `value` is when to come again, in seconds.
    """
    if held is None or counted is None:
        return Quota()
    requests, rows, in_minute = counted
    to_minute = 60 - now.second
    to_day = 86400 - (now.hour * 60 + now.minute) * 60 - now.second
    quota = Quota(
        held["requests_per_minute"], _left(held["requests_per_minute"], in_minute), held["requests_per_day"],
        _left(held["requests_per_day"], requests), held["rows_per_day"], _left(held["rows_per_day"], rows), to_minute,
        to_day,
    )  # fmt: skip
    if quota.minute_left is not None and quota.minute_left < 0:
        raise Refused("quota", "已超过每分钟次数", field="requests_per_minute", value=to_minute, status=429)
    if quota.day_left is not None and quota.day_left < 0:
        raise Refused("quota", "已超过每日次数", field="requests_per_day", value=to_day, status=429)
    if quota.rows_left is not None and quota.rows_left <= 0:
        raise Refused("quota", "已超过每日行数", field="rows_per_day", value=to_day, status=429)
    return quota


def _left(most: int | None, used: int) -> int | None:
    return None if most is None else most - used


def spend_rows(entered: Entered, rows: int) -> None:
    """Counts rows that are about to be given out. Raises Refused `quota` when fewer are left."""
    most = entered.quota.rows_per_day
    if most is None:
        return
    values = {"rows": rows, "grant": entered.rule.grant_id, "day": clock.today(), "most": most}
    if prepared.one(SPEND, values) is None:
        raise Refused(
            "quota", "已超过每日行数", field="rows_per_day", value=entered.quota.day_ends_in_s, status=429
        )
